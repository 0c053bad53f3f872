public import PlaneGeometry

/// A mask as a drawing: a canvas, and the brush strokes whose union is the hole.
///
/// This is the product; SVG, JSON and rasters are writings of it.
public struct VectorMask: Hashable, Sendable {
    /// The rectangle in px that the mask covers; brush strokes may reach beyond it.
    public var canvas: PixelSize
    /// The brush strokes; the hole is the same in any order of them.
    public var strokes: [BrushStroke]

    /// A mask of `strokes` on `canvas`; a stroke need not touch it.
    public init(canvas: PixelSize, strokes: [BrushStroke]) {
        self.canvas = canvas
        self.strokes = strokes
    }
}

/// A path with a width, round at its ends and joins: the points within half the width of the path.
///
/// Coordinates and width are multiples of 0.01 px of the canvas; the initialiser rounds them.
public struct BrushStroke: Hashable, Sendable {
    /// The largest width, and the largest coordinate in magnitude, in px: ten times the longest canvas.
    public static let limit = 10_000_000.0
    /// The smallest width, in px.
    public static let minimumWidth = 0.01

    /// The path, at least one point; no point repeats the one before it. A single point is a dot.
    public let path: Polyline
    /// The full width, in px of the canvas.
    public let width: Double
    /// The drawing that the path came from, if it came from one.
    public let origin: StrokeOrigin?

    /// Rounds the coordinates and the width to 0.01 px and drops repeated points.
    ///
    /// - Throws: `BrushStrokeFault` if the path has no point, or a value is not finite or out of range.
    public init(path: Polyline, width: Double, origin: StrokeOrigin? = nil) throws(BrushStrokeFault) {
        guard !path.points.isEmpty else { throw .noPoints }
        let roundedWidth = width.roundedToHundredths
        guard roundedWidth >= Self.minimumWidth, roundedWidth <= Self.limit else { throw .width(width) }
        for point in path.points {
            guard point.x.magnitude <= Self.limit else { throw .coordinate(point.x) }
            guard point.y.magnitude <= Self.limit else { throw .coordinate(point.y) }
        }
        self.init(inRange: path, width: width, origin: origin)
    }

    /// For a path of at least one point whose values are known to be in range.
    init(inRange path: Polyline, width: Double, origin: StrokeOrigin?) {
        self.path = Polyline(path.points.map(\.roundedToHundredths)).withoutRepeatedPoints()
        self.width = width.roundedToHundredths
        self.origin = origin
    }
}

/// Why a path and a width make no brush stroke.
public enum BrushStrokeFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path has no point.
    case noPoints
    /// The width in px as it was given, NaN included.
    case width(Double)
    /// The first coordinate in px that is out of range, NaN included.
    case coordinate(Double)

    /// One line: what was found and what was wanted.
    public var description: String {
        switch self {
        case .noPoints: "no points; wanted at least 1"
        case .width(let width): "a width of \(width) px; wanted 0.01 to 10000000"
        case .coordinate(let value): "a coordinate of \(value) px; wanted -10000000 to 10000000"
        }
    }
}

/// Where in Quick, Draw! a stroke came from.
public struct StrokeOrigin: Hashable, Sendable {
    /// The drawing's category, as the record spells it: `The Eiffel Tower`.
    public let word: String
    /// The drawing's key.
    public let keyID: UInt64
    /// Which of the drawing's strokes, from 0.
    public let stroke: Int
    /// The map from the drawing's box of 256 × 256 onto the canvas, where that differs from stroke to stroke.
    public var transform: AffineTransform?

    /// Stroke `stroke`, from 0, of the drawing `keyID` of category `word`; nothing is checked.
    public init(word: String, keyID: UInt64, stroke: Int, transform: AffineTransform? = nil) {
        self.word = word
        self.keyID = keyID
        self.stroke = stroke
        self.transform = transform
    }
}
