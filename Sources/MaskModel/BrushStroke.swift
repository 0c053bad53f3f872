public import PlaneGeometry

/// A path with a width, round at its ends and joins: the points within half the width of the path.
///
/// Coordinates and width are multiples of 0.01 px of the canvas; the initializer rounds them.
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
    /// - Throws: `BrushStrokeError` if the path has no point, or a value is not finite or out of range.
    public init(path: Polyline, width: Double, origin: StrokeOrigin? = nil) throws(BrushStrokeError) {
        guard !path.points.isEmpty else { throw .noPoints }
        let roundedWidth = width.roundedToHundredths
        guard roundedWidth >= Self.minimumWidth, roundedWidth <= Self.limit else { throw .width(width) }
        for point in path.points {
            guard point.x.magnitude <= Self.limit else { throw .coordinate(point.x) }
            guard point.y.magnitude <= Self.limit else { throw .coordinate(point.y) }
        }
        self.init(
            rounded: Polyline(path.points.map(\.roundedToHundredths)).withoutRepeatedPoints(), width: roundedWidth,
            origin: origin)
    }

    /// A stroke of values that are in range, rounded, and without repeated points already.
    package init(rounded path: Polyline, width: Double, origin: StrokeOrigin?) {
        self.path = path
        self.width = width
        self.origin = origin
    }
}
