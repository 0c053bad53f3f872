import PlaneGeometry

/// A segment of a stroke, prepared for distances to many points.
struct StrokeSegment {
    /// Where on a segment the nearest point of its outline belongs.
    enum Side: Int32 {
        /// At the side or at a round end.
        case path
        /// At a flat end.
        case start, end
    }

    let start: Point
    let step: Vector
    /// 1 / the square of the length; 0 for a dot.
    let inverseSquare: Double
    let length: Double
    let radius: Double
    let hasButtStart: Bool
    let hasButtEnd: Bool
    let hasButt: Bool

    init(from start: Point, to end: Point, radius: Double, hasButtStart: Bool, hasButtEnd: Bool) {
        self.start = start
        step = end - start
        let square = step.squaredLength
        length = step.length
        inverseSquare = square > 1e-12 ? 1 / square : 0
        self.radius = radius
        self.hasButtStart = hasButtStart && square > 1e-12
        self.hasButtEnd = hasButtEnd && square > 1e-12
        hasButt = self.hasButtStart || self.hasButtEnd
    }

    /// The signed distance of a point to the outline of a segment with round ends, negative inside, and the share of the
    /// segment before the nearest point.
    @inline(__always)
    func roundDistance(to point: Point) -> (distance: Double, share: Double) {
        let (ux, uy) = (point.x - start.x, point.y - start.y)
        var share = (ux * step.dx + uy * step.dy) * inverseSquare
        share = share < 0 ? 0 : share > 1 ? 1 : share
        let (ex, ey) = (ux - share * step.dx, uy - share * step.dy)
        return ((ex * ex + ey * ey).squareRoot() - radius, share)
    }

    /// The same for a segment with a flat end, and where the nearest point belongs. The share may exceed 0 to 1.
    func buttDistance(to point: Point) -> (distance: Double, share: Double, side: Side) {
        let offset = point - start
        let share = offset.dot(step) * inverseSquare
        if share < 0 && !hasButtStart || share > 1 && !hasButtEnd {
            let (distance, share) = roundDistance(to: point)
            return (distance, share, .path)
        }
        let lateral = (offset.cross(step)).magnitude / length - radius
        var result = (distance: lateral, share: share, side: Side.path)
        if hasButtStart, -share * length > result.distance { result = (-share * length, 0, .start) }
        if hasButtEnd, (share - 1) * length > result.distance { result = ((share - 1) * length, 1, .end) }
        return result
    }
}
