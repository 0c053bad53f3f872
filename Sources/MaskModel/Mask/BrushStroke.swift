public import PlaneGeometry

/// A path with a width and round caps and joins: the set of points within half the width of the path.
///
/// Coordinates and width are in canvas px, rounded by the initializer to multiples of 0.01.
public struct BrushStroke: Hashable, Sendable {
    /// The maximum width and the maximum magnitude of a coordinate, in px: ten times the longest side of a canvas.
    public static let limit = 10_000_000.0
    /// The minimum width, in px.
    public static let minimumWidth = 0.01

    /// The path: at least one point, none equal to its predecessor. A single point is a dot.
    public let path: Polyline
    /// The full width (not the radius), in canvas px.
    public let width: Double
    /// The stroke of a drawing that the path comes from, if it is known.
    public let origin: StrokeOrigin?

    /// Creates a stroke with coordinates and width rounded to 0.01 px and repeated points dropped.
    ///
    /// - Throws: `BrushStrokeError` if the path has no point, or a value is NaN or out of range.
    /// - Complexity: O(*n*)
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

    /// Creates a stroke from values that are already in range, rounded, and without repeated points.
    package init(rounded path: Polyline, width: Double, origin: StrokeOrigin?) {
        self.path = path
        self.width = width
        self.origin = origin
    }
}
