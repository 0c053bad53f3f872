import PlaneGeometry

/// A stroke while it is fitted to the pixels: a path of one width, without rounding.
struct FittedStroke {
    /// The vertices; the first is not repeated at the end of a closed path.
    var points: [Point]
    /// The width, in px.
    var width: Double
    var isClosed = false
    /// Whether the first and the last end are flat instead of round.
    var hasButtStart = false
    var hasButtEnd = false
    /// Whether it changed since it was last fitted.
    var isChanged = true

    var radius: Double { width / 2 }

    var segmentCount: Int { points.count == 1 || isClosed ? points.count : points.count - 1 }

    /// The path with the first point repeated at the end if it is closed.
    var path: [Point] { isClosed && points.count > 1 ? points + [points[0]] : points }

    var length: Double { path.pathLength }

    /// The vertices at the ends of a segment; equal for a dot.
    @inline(__always)
    func vertices(ofSegment segment: Int) -> (Int, Int) {
        points.count == 1 ? (0, 0) : (segment, segment + 1 == points.count ? 0 : segment + 1)
    }

    /// The point at an end.
    func end(_ isLast: Bool) -> Point { isLast ? points[points.count - 1] : points[0] }

    /// The direction out of the path at an end, from far enough back that a short last segment does not decide.
    func outwardDirection(atLast isLast: Bool) -> Vector {
        guard points.count > 1 else { return Vector(dx: 0, dy: 0) }
        let end = end(isLast)
        let needed = max(2, 0.5 * radius)
        var direction = Vector(dx: 0, dy: 0)
        for step in 1..<points.count {
            direction = end - (isLast ? points[points.count - 1 - step] : points[step])
            if direction.length >= needed { break }
        }
        return direction.normalized
    }

    /// The smallest rectangle around the stroke, grown by `margin` px.
    func bounds(margin: Double) -> Rectangle {
        let bounds = Polyline(points).bounds
        let reach = radius * (hasButtStart || hasButtEnd ? 1.5 : 1) + margin
        return Rectangle(
            minX: bounds.minX - reach, minY: bounds.minY - reach, maxX: bounds.maxX + reach, maxY: bounds.maxY + reach)
    }
}

extension Rectangle {
    /// Whether both rectangles have a point in common.
    func overlaps(_ other: Rectangle) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }

    /// The smallest rectangle around both.
    func union(_ other: Rectangle) -> Rectangle {
        Rectangle(
            minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX),
            maxY: max(maxY, other.maxY))
    }
}
