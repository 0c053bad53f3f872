import PlaneGeometry

/// A subpath of an SVG shape.
struct SVGSubpath: Hashable {
    /// The first point.
    var start: Point
    /// In path order; without segments, a closed subpath is a point.
    var segments: [OutlineSegment] = []
    var isClosed = false

    /// The subpath of straight lines through points, of which there is at least one.
    init?(through points: [Point], isClosed: Bool) {
        guard let start = points.first else { return nil }
        self.start = start
        segments = zip(points, points.dropFirst()).map { .line($0, $1) }
        self.isClosed = isClosed
    }

    init(start: Point) {
        self.start = start
    }

    /// Whether all of the subpath is a single point.
    var isPoint: Bool { segments.allSatisfy { $0.hull.allSatisfy { $0 == start } } }

    /// The ends of the segments.
    var points: [Point] { [start] + segments.map(\.end) }

    func applying(_ transform: AffineTransform) -> SVGSubpath {
        var subpath = self
        subpath.start = transform.applied(to: start)
        subpath.segments = segments.map { $0.applying(transform) }
        return subpath
    }
}
