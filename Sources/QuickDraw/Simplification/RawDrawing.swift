public import StrokeBank

/// A drawing in Quick, Draw!'s raw form: in screen coordinates, before it was translated, scaled, and simplified.
///
/// The times of points are not kept.
public struct RawDrawing: Hashable, Sendable {
    /// The category that the player was asked to draw: `The Eiffel Tower`.
    public var word = ""
    /// The drawing's key, unique among all drawings.
    public var keyID: UInt64 = 0
    /// The country in which it was drawn.
    public var country = CountryCode.unknown
    /// When it was drawn, in whole seconds since 1970 in UTC; 0 if unknown.
    public var timestamp: UInt32 = 0
    /// Whether the game recognized the word; false if unknown.
    public var isRecognized = false
    /// The x of every point of every stroke, in px of the screen; may be negative.
    public private(set) var xs: [Double] = []
    /// The y of every point of every stroke, pointing down.
    public private(set) var ys: [Double] = []
    /// For each stroke, the end of its points.
    public private(set) var strokeEnds: [Int] = []

    /// The maximum magnitude of a coordinate: far larger than any screen, and far below the limits of precision.
    public static let coordinateLimit = 1e9

    /// A drawing without strokes.
    public init() {}

    /// The number of strokes; points after the last `endStroke` do not count.
    public var strokeCount: Int { strokeEnds.count }

    /// The range of stroke `index` in `xs` and `ys`.
    public func points(ofStroke index: Int) -> Range<Int> {
        (index > 0 ? strokeEnds[index - 1] : 0)..<strokeEnds[index]
    }

    /// Adds a point to the current stroke; x and y are within `coordinateLimit`.
    public mutating func append(x: Double, y: Double) {
        precondition(x.magnitude <= Self.coordinateLimit && y.magnitude <= Self.coordinateLimit)
        xs.append(x)
        ys.append(y)
    }

    /// Ends the current stroke, which consists of the points appended since the previous one.
    public mutating func endStroke() {
        strokeEnds.append(xs.count)
    }

    /// Removes all strokes and keeps the memory.
    public mutating func removeStrokes() {
        xs.removeAll(keepingCapacity: true)
        ys.removeAll(keepingCapacity: true)
        strokeEnds.removeAll(keepingCapacity: true)
    }
}
