import PlaneGeometry

/// A segment from its upper to its lower end.
///
/// The ends are in the order of `Capsule`, so that distances are rounded like those of `PathDistances`.
struct DownwardSegment {
    private let start: Point
    private let step: Vector
    /// `step` divided by its squared length; zero for a dot.
    private let projection: Vector

    init(_ segment: ActiveSegmentTable.Segment) {
        let isDown = segment.start.y <= segment.end.y
        start = isDown ? segment.start : segment.end
        step = (isDown ? segment.end : segment.start) - start
        projection = step.squaredLength > 0 ? step * (1 / step.squaredLength) : step
    }

    /// The squared distance of a point from the segment.
    @inline(__always)
    func squaredDistance(to point: Point) -> Double {
        let (x, y) = (point.x - start.x, point.y - start.y)
        let along = min(max(x * projection.dx + y * projection.dy, 0), 1)
        let (dx, dy) = (x - along * step.dx, y - along * step.dy)
        return dx * dx + dy * dy
    }

    /// The range of x of the part of the segment between two values of y; nil if there is none.
    @inline(__always)
    func columns(from minY: Double, to maxY: Double) -> (min: Double, max: Double)? {
        guard start.y <= maxY, start.y + step.dy >= minY else { return nil }
        guard step.dy > 0 else { return (min(start.x, start.x + step.dx), max(start.x, start.x + step.dx)) }
        let first = start.x + step.dx * (max(minY - start.y, 0) / step.dy)
        let last = start.x + step.dx * (min(maxY - start.y, step.dy) / step.dy)
        return (min(first, last), max(first, last))
    }
}
