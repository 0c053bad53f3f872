public import MaskModel

/// The reason that a bitmap is not traced.
public enum TracingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The image has more than `MaskTracer.maximumSide` px on a side.
    case tooLarge(PixelSize)
    /// The boundary of the hole has more than `MaskTracer.maximumCornerCount` corners.
    case tooManyCorners(Int)

    /// One line: what was found, and the maximum.
    public var description: String {
        switch self {
        case .tooLarge(let size): "an image of \(size) px; expected at most \(MaskTracer.maximumSide) px per side"
        case .tooManyCorners(let count):
            "the hole has \(count) corners, like noise; expected at most \(MaskTracer.maximumCornerCount)"
        }
    }
}
