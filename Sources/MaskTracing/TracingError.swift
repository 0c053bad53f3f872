public import MaskModel

/// The reason that a bitmap is not traced: its size.
public struct TracingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The size of the bitmap, in px.
    public let size: PixelSize

    /// One line: the size that was found, and the maximum.
    public var description: String {
        "an image of \(size) px; expected at most \(MaskTracer.maximumSide) px per side"
    }
}
