public import PNGCodec

/// Why bytes are no mask in a JPEG.
public enum JPEGError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not a JPEG, or a broken one: libjpeg's words.
    case damaged(String)
    /// The colors are inks of print (CMYK).
    case inks
    /// The image was read, but its pixels or its size are not those of a mask.
    case pixels(PNGError)

    /// One line: what was found and what was expected.
    public var description: String {
        switch self {
        case .damaged(let message): "not a whole JPEG: \(message)"
        case .inks: "the colors are inks of print (CMYK); expected gray or RGB"
        case .pixels(let error): "\(error)"
        }
    }
}
