/// A run of hole pixels in one row: the columns `start ..< end`, at least one.
@frozen
public struct PixelSpan: Hashable, Sendable {
    /// The first column, from 0 at the left.
    public var start: Int32
    /// The column after the last one.
    public var end: Int32

    /// Creates the span of the columns `start ..< end`; `start` must be less than `end`.
    @inlinable
    public init(start: Int32, end: Int32) {
        self.start = start
        self.end = end
    }

    /// The number of pixels.
    @inlinable
    public var count: Int { Int(end &- start) }
}
