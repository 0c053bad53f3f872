import QuickDraw
public import StrokeBank

/// Which drawings and strokes of a source go into the stroke pool.
public struct PoolSettings: Hashable, Sendable {
    /// The maximum number of drawings per category, taken from the start of each file and from all files together; at
    /// least 1.
    public var drawingsPerFile = 1000
    /// The number of strokes chosen at random from each drawing, all if it has fewer; at least 1.
    public var strokesPerDrawing = 1
    /// The drawings and strokes to choose from.
    public var filter = DrawingFilter()
    /// Whether corrupt drawings are counted and skipped; a stroke bank has none.
    public var skipsDamaged = false

    /// The first 1000 drawings of each file, one stroke of each.
    public init() {}
}
