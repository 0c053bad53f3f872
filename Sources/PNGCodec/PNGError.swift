/// Why bytes are no mask.
public enum PNGError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not a PNG, or a broken one: libpng's words.
    case damaged(String)
    /// A side is longer than `PNGReader.maximumSide` px.
    case tooLarge(width: Int, height: Int)
    /// The first pixel, row by row from (0, 0), that is neither, where no threshold is set.
    case notBlackAndWhite(x: Int, y: Int, brightness: UInt8)

    /// The first pixel that is not opaque, where alpha and the image on black show different masks, and no channel is set.
    case ambiguousAlpha(x: Int, y: Int, alpha: UInt8)
    /// Alpha is to be read, but the image has none.
    case noAlpha

    /// One line: what was found and what was wanted.
    public var description: String {
        switch self {
        case .damaged(let message): "not a whole PNG: \(message)"
        case .tooLarge(let width, let height):
            "an image of \(width)×\(height) px; expected at most \(PNGReader.maximumSide) px a side"
        case .notBlackAndWhite(let x, let y, let brightness):
            "pixel (\(x), \(y)) has brightness \(brightness); expected 0 or 255 only, or a threshold"
        case .ambiguousAlpha(let x, let y, let alpha):
            "pixel (\(x), \(y)) has alpha \(alpha); expected opaque pixels, or a channel (alpha, red, luminance)"
        case .noAlpha: "has no alpha; expected an image with alpha, or another channel"
        }
    }
}
