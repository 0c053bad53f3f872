public import StrokeBank

/// A drawing of Quick, Draw!'s raw form: as the screen had it, before it was moved, scaled and thinned out.
///
/// When each point was drawn is not kept.
public struct RawDrawing: Hashable, Sendable {
    /// The category that was asked for: `The Eiffel Tower`.
    public var word = ""
    /// The drawing's key, a number of its own among all drawings.
    public var keyID: UInt64 = 0
    /// Where it was drawn.
    public var country = CountryCode.unknown
    /// When it was drawn, in whole seconds since 1970 in UTC; 0 if that is not known.
    public var timestamp: UInt32 = 0
    /// Whether the game guessed the word; false if that is not known.
    public var isRecognized = false
    /// The x of every point of every stroke, in px of the screen it was drawn on; also below 0.
    public private(set) var xs: [Double] = []
    /// The y of every point of every stroke, downwards.
    public private(set) var ys: [Double] = []
    /// For each stroke, where its points end.
    public private(set) var strokeEnds: [Int] = []

    /// How far from 0 a coordinate may be: far more than any screen has, and far less than what computing spoils.
    public static let coordinateLimit = 1e9

    /// A drawing without strokes, to be filled.
    public init() {}

    /// How many strokes there are; points that no `endStroke` followed are none.
    public var strokeCount: Int { strokeEnds.count }

    /// Where the points of stroke `index` are in `xs` and `ys`.
    public func points(ofStroke index: Int) -> Range<Int> {
        (index > 0 ? strokeEnds[index - 1] : 0)..<strokeEnds[index]
    }

    /// Adds a point to the stroke that the next `endStroke` ends; x and y are within `coordinateLimit`.
    public mutating func append(x: Double, y: Double) {
        precondition(x.magnitude <= Self.coordinateLimit && y.magnitude <= Self.coordinateLimit)
        xs.append(x)
        ys.append(y)
    }

    /// Makes the points appended since the last stroke a stroke.
    public mutating func endStroke() {
        strokeEnds.append(xs.count)
    }

    /// Forgets all strokes and keeps the memory.
    public mutating func removeStrokes() {
        xs.removeAll(keepingCapacity: true)
        ys.removeAll(keepingCapacity: true)
        strokeEnds.removeAll(keepingCapacity: true)
    }
}
