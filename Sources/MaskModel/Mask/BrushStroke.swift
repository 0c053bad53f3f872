public import PlaneGeometry

/// A path with a width and round joins: the set of points within half the width of the path.
///
/// An end is round, or flat: then the stroke ends in a straight line through the end, perpendicular to the path. A filled
/// stroke is the area inside its path, by the even-odd rule, with all points within half the width of the closed path.
///
/// Coordinates and width are in canvas px, rounded by the initializer to multiples of 0.01.
public struct BrushStroke: Hashable, Sendable {
    /// The maximum width and the maximum magnitude of a coordinate, in px: ten times the longest side of a canvas.
    public static let limit = 10_000_000.0
    /// The minimum width, in px.
    public static let minimumWidth = 0.01

    /// The path: at least one point, none equal to its predecessor. A single point is a dot.
    ///
    /// A filled path is closed; its first point is not repeated at the end.
    public let path: Polyline
    /// The full width (not the radius), in canvas px.
    public let width: Double
    /// The stroke of a drawing that the path comes from, if it is known.
    public let origin: StrokeOrigin?
    /// Whether the area inside the path belongs to the stroke; then the width may be 0.
    public let isFilled: Bool
    /// The form of the first end; round for a dot and a filled path.
    public let startCap: StrokeCap
    /// The form of the last end; round for a dot and a filled path.
    public let endCap: StrokeCap

    /// Whether the stroke is neither filled nor has a flat end.
    @inlinable
    public var isPlain: Bool { !isFilled && startCap == .round && endCap == .round }

    /// The path that half the width is measured from: a filled path returns to its start.
    public var outline: Polyline {
        isFilled && path.points.count > 1 ? Polyline(path.points + path.points.prefix(1)) : path
    }

    /// Creates a stroke with coordinates and width rounded to 0.01 px and repeated points dropped.
    ///
    /// - Parameters:
    ///   - path: The path, in canvas px; a filled one is closed, whether its first point is repeated or not.
    ///   - width: The full width, in canvas px: at least 0.01, or 0 for a filled path.
    ///   - origin: The stroke of a drawing that the path comes from.
    ///   - isFilled: Whether the area inside the path belongs to the stroke.
    ///   - startCap: The form of the first end, if the path is not filled.
    ///   - endCap: The form of the last end, if the path is not filled.
    /// - Throws: `BrushStrokeError` if the path has no point, or a value is NaN or out of range.
    /// - Complexity: O(*n*)
    public init(
        path: Polyline, width: Double, origin: StrokeOrigin? = nil, isFilled: Bool = false,
        startCap: StrokeCap = .round, endCap: StrokeCap = .round
    ) throws(BrushStrokeError) {
        guard !path.points.isEmpty else { throw .noPoints }
        let roundedWidth = width.roundedToHundredths
        guard roundedWidth >= (isFilled ? 0 : Self.minimumWidth), roundedWidth <= Self.limit else {
            throw .width(width)
        }
        for point in path.points {
            guard point.x.magnitude <= Self.limit else { throw .coordinate(point.x) }
            guard point.y.magnitude <= Self.limit else { throw .coordinate(point.y) }
        }
        var rounded = Polyline(path.points.map(\.roundedToHundredths)).withoutRepeatedPoints()
        if isFilled {
            while rounded.points.count > 1, rounded.points.first == rounded.points.last { rounded.points.removeLast() }
        }
        self.init(
            rounded: rounded, width: roundedWidth, origin: origin, isFilled: isFilled, startCap: startCap,
            endCap: endCap)
    }

    /// Creates a stroke from values that are already in range, rounded, and without repeated points.
    package init(
        rounded path: Polyline, width: Double, origin: StrokeOrigin?, isFilled: Bool = false,
        startCap: StrokeCap = .round, endCap: StrokeCap = .round
    ) {
        self.path = path
        self.width = width
        self.origin = origin
        self.isFilled = isFilled
        // A dot has no direction, and a closed path has no end.
        let hasCaps = !isFilled && path.points.count > 1
        self.startCap = hasCaps ? startCap : .round
        self.endCap = hasCaps ? endCap : .round
    }
}
