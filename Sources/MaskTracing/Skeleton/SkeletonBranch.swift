import PlaneGeometry

/// A part of a skeleton between junctions, along which a stroke of one width runs.
struct SkeletonBranch {
    /// What is at an end.
    enum End { case free, junction, border, none }

    /// The points, at pixel centers of the canvas, smoothed.
    var points: [Point]
    /// The distance to the boundary at each point, in px.
    var radii: [Double]
    let isClosed: Bool
    let ends: (start: End, end: End)
    /// The median width, in px.
    var width: Double
}

extension SkeletonBranch {
    /// The points without those that hardly change the path: where a first guess of the vertices is.
    func simplifiedPoints(tolerance: Double) -> [Point] {
        guard isClosed, points.count >= 4 else { return points.simplified(tolerance: tolerance) }
        let middle = points.count / 2
        let first = Array(points[...middle]).simplified(tolerance: tolerance)
        let second = (Array(points[middle...]) + [points[0]]).simplified(tolerance: tolerance)
        return Array(first + second.dropFirst().dropLast())
    }

    /// Smooths the points by a Gaussian with a standard deviation of 1.5 px; the ends of an open path stay.
    mutating func smoothPoints() {
        guard points.count >= 4 else { return }
        let weights = [1.0, 0.800737, 0.411112, 0.135335, 0.028566, 0.003866, 0.000335]
        let (old, count) = (points, points.count)
        for index in isClosed ? 0..<count : 1..<count - 1 {
            var (x, y, sum) = (0.0, 0.0, 0.0)
            for offset in -6...6 {
                var other = index + offset
                if isClosed { other = ((other % count) + count) % count } else { other = min(max(other, 0), count - 1) }
                let weight = weights[abs(offset)]
                x += weight * old[other].x
                y += weight * old[other].y
                sum += weight
            }
            points[index] = Point(x: x / sum, y: y / sum)
        }
    }
}

extension [Point] {
    /// The points without those within `tolerance` px of the path of the rest (Ramer–Douglas–Peucker).
    func simplified(tolerance: Double) -> [Point] {
        guard count > 2 else { return self }
        var isKept = [Bool](repeating: false, count: count)
        isKept[0] = true
        isKept[count - 1] = true
        var ranges = [(0, count - 1)]
        while let (first, last) = ranges.popLast() {
            guard last - first > 1 else { continue }
            var (farthest, largest) = (first, tolerance * tolerance)
            for index in first + 1..<last {
                let square = self[index].squaredDistance(toSegmentFrom: self[first], to: self[last])
                if square > largest { (farthest, largest) = (index, square) }
            }
            guard farthest > first else { continue }
            isKept[farthest] = true
            ranges.append((first, farthest))
            ranges.append((farthest, last))
        }
        return indices.filter { isKept[$0] }.map { self[$0] }
    }

    /// The length of the path, in px.
    var pathLength: Double { zip(self, dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length } }
}

extension Point {
    /// The square of the distance to a segment, in px².
    func squaredDistance(toSegmentFrom start: Point, to end: Point) -> Double {
        let along = end - start
        let offset = self - start
        let square = along.squaredLength
        let share = square > 0 ? min(max(offset.dot(along) / square, 0), 1) : 0
        return (offset - along * share).squaredLength
    }
}

extension Vector {
    /// The dot product.
    @inline(__always)
    func dot(_ other: Vector) -> Double { dx * other.dx + dy * other.dy }

    /// The cross product; positive if `other` is clockwise of this vector on the screen.
    @inline(__always)
    func cross(_ other: Vector) -> Double { dx * other.dy - dy * other.dx }

    @inline(__always)
    static func - (left: Vector, right: Vector) -> Vector { Vector(dx: left.dx - right.dx, dy: left.dy - right.dy) }

    @inline(__always)
    static func + (left: Vector, right: Vector) -> Vector { Vector(dx: left.dx + right.dx, dy: left.dy + right.dy) }

    /// The vector of length 1 in the same direction; (0, 0) for a vector without a direction.
    var normalized: Vector {
        let length = length
        return length > 1e-9 ? self * (1 / length) : Vector(dx: 0, dy: 0)
    }

    /// An angle to another direction that needs no trigonometry: exact for small ones, 2.5 for the opposite direction.
    ///
    /// Both are vectors of length 1. It is the first terms of 2 asin(*c* / 2) for the chord *c* between them.
    func turn(to other: Vector) -> Double {
        let chord = (self - other).length
        return chord * (1 + chord * chord / 24 * (1 + chord * chord * 0.1125))
    }
}
