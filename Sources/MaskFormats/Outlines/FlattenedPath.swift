import MaskModel
import PlaneGeometry

/// A subpath whose curves are replaced by chords, with the directions that the curves have at their points.
struct FlattenedPath {
    struct Vertex {
        let point: Point
        /// The direction in which the path arrives, of length 1.
        var incoming: Vector
        /// The direction in which the path leaves, of length 1.
        var outgoing: Vector
        /// Whether the path changes its direction here, so that there is a line join.
        var isCorner: Bool { incoming.dot(outgoing) < 1 - 1e-9 }
    }

    /// In path order; the first point of a closed path is not repeated at its end. Without a direction, none.
    private(set) var vertices: [Vertex] = []
    /// The first point.
    let start: Point
    let isClosed: Bool

    /// How finely curves are replaced by chords.
    struct Precision {
        /// The maximum distance of the curve from its chords, in px.
        ///
        /// With the rounding of the points to 0.01 px, which moves them by up to 0.00708 px, it remains below 0.01 px.
        static let tolerance = 0.0028
        /// The maximum number of points of a document.
        static let pointLimit = 4_000_000

        /// The number of points that the document may still have.
        var remainingPoints = pointLimit
    }

    /// Replaces the curves of a subpath that is in px of the canvas.
    ///
    /// - Parameters:
    ///   - subpath: The subpath.
    ///   - halfWidth: The distance from the path at which the chords of a parallel curve must be as close, too.
    ///   - precision: Loses the points that are added.
    /// - Throws: `MaskFormatError` if a coordinate is out of range, or there would be too many points.
    init(_ subpath: SVGSubpath, halfWidth: Double, precision: inout Precision) throws(MaskFormatError) {
        start = subpath.start
        isClosed = subpath.isClosed
        try Self.check(start)
        var segments = subpath.segments
        let end = segments.last?.end ?? start
        if isClosed, (end - start).length > OutlineSegment.negligibleLength { segments.append(.line(end, start)) }
        for segment in segments {
            for point in segment.hull { try Self.check(point) }
            if !segment.isPoint { try append(segment, halfWidth: halfWidth, precision: &precision) }
        }
        if isClosed, vertices.count > 1 {
            let last = vertices.removeLast()
            vertices[0].incoming = last.incoming
        }
    }

    private static func check(_ point: Point) throws(MaskFormatError) {
        for value in [point.x, point.y] {
            guard value.isFinite else {
                throw MaskFormatError("a coordinate is infinite; expected -10000000 to 10000000")
            }
            guard value.magnitude <= BrushStroke.limit else {
                throw MaskFormatError("\(BrushStrokeError.coordinate(value))")
            }
        }
    }

    private mutating func append(
        _ segment: OutlineSegment, halfWidth: Double, precision: inout Precision
    ) throws(MaskFormatError) {
        let count = max(segment.stepCount(tolerance: Precision.tolerance), 1)
        guard count <= Double(precision.remainingPoints) else { throw Self.tooManyPoints }
        let direction = segment.direction(at: 0) ?? (segment.end - segment.start).normalized ?? Vector(dx: 1, dy: 0)
        if vertices.isEmpty {
            vertices.append(Vertex(point: segment.start, incoming: direction, outgoing: direction))
        } else {
            vertices[vertices.count - 1].outgoing = direction
        }
        let steps = Int(count)
        for step in 0..<steps {
            try append(
                segment, from: Double(step) / count, to: Double(step + 1) / count, halfWidth: halfWidth, depth: 0,
                precision: &precision)
        }
    }

    /// Appends the end of a part of a segment, and points before it while the direction changes too much.
    private mutating func append(
        _ segment: OutlineSegment, from: Double, to: Double, halfWidth: Double, depth: Int,
        precision: inout Precision
    ) throws(MaskFormatError) {
        guard let last = vertices.last else { return }
        let end = segment.point(at: to)
        let direction = segment.direction(at: to) ?? (end - last.point).normalized ?? last.outgoing
        // Two directions with the angle φ between them: the parallel curve is within h(1 − cos φ/2) of its chord.
        let cosine = max((1 + last.outgoing.dot(direction)) / 2, 0).squareRoot()
        if halfWidth * (1 - cosine) > Precision.tolerance, depth < 8 {
            let middle = (from + to) / 2
            for part in [(from, middle), (middle, to)] {
                try append(
                    segment, from: part.0, to: part.1, halfWidth: halfWidth, depth: depth + 1, precision: &precision)
            }
            return
        }
        guard precision.remainingPoints > 0 else { throw Self.tooManyPoints }
        precision.remainingPoints -= 1
        vertices.append(Vertex(point: end, incoming: direction, outgoing: direction))
    }

    static let tooManyPoints = MaskFormatError(
        "the curves have more than \(Precision.pointLimit) points; expected fewer or smaller ones")

    /// The points; those of a closed path with the first one again at the end.
    var points: [Point] {
        guard !vertices.isEmpty else { return [start] }
        return vertices.map(\.point) + (isClosed ? [vertices[0].point] : [])
    }
}
