import PlaneGeometry

/// A straight or curved segment of an outline, from one point to another.
enum OutlineSegment: Hashable {
    case line(Point, Point)
    case quadratic(Point, Point, Point)
    case cubic(Point, Point, Point, Point)
    case arc(EllipticArc)

    var start: Point {
        switch self {
        case .line(let start, _), .quadratic(let start, _, _), .cubic(let start, _, _, _): start
        case .arc(let arc): arc.start
        }
    }

    var end: Point {
        switch self {
        case .line(_, let end), .quadratic(_, _, let end), .cubic(_, _, _, let end): end
        case .arc(let arc): arc.end
        }
    }

    /// Points whose convex hull contains the segment; for an arc, the corners of a box around the whole ellipse.
    var hull: [Point] {
        switch self {
        case .line(let p, let q): [p, q]
        case .quadratic(let p, let q, let r): [p, q, r]
        case .cubic(let p, let q, let r, let s): [p, q, r, s]
        case .arc(let arc):
            [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)].map { arc.center + arc.u * $0.0 + arc.v * $0.1 }
                + [arc.start, arc.end]
        }
    }

    /// Distances below this, in px, are taken for the rounding of relative coordinates: they have no direction.
    static let negligibleLength = 1e-6

    /// Whether the segment is a single point, which has no direction.
    var isPoint: Bool {
        hull.allSatisfy { ($0 - start).length <= Self.negligibleLength }
    }

    func applying(_ transform: AffineTransform) -> OutlineSegment {
        let map = transform.applied(to:)
        return switch self {
        case .line(let p, let q): .line(map(p), map(q))
        case .quadratic(let p, let q, let r): .quadratic(map(p), map(q), map(r))
        case .cubic(let p, let q, let r, let s): .cubic(map(p), map(q), map(r), map(s))
        case .arc(let arc): .arc(arc.applying(transform))
        }
    }

    /// The number of equal steps of the parameter after which no point of the segment is farther than `tolerance` from
    /// the chords.
    ///
    /// A Bézier curve of degree n is within n(n−1)/8 · max|second difference of its control points| of its chord (Wang);
    /// k steps divide that by k².
    func stepCount(tolerance: Double) -> Double {
        switch self {
        case .line: 1
        case .quadratic(let p, let q, let r): (bend(p, q, r) / 4 / tolerance).squareRoot().rounded(.up)
        case .cubic(let p, let q, let r, let s):
            (max(bend(p, q, r), bend(q, r, s)) * 0.75 / tolerance).squareRoot().rounded(.up)
        case .arc(let arc): arc.stepCount(tolerance: tolerance)
        }
    }

    private func bend(_ p: Point, _ q: Point, _ r: Point) -> Double {
        Vector(dx: p.x - 2 * q.x + r.x, dy: p.y - 2 * q.y + r.y).length
    }

    /// The point at a parameter from 0 to 1.
    func point(at t: Double) -> Point {
        if t <= 0 { return start }
        if t >= 1 { return end }
        let s = 1 - t
        switch self {
        case .line(let p, let q): return p + (q - p) * t
        case .quadratic(let p, let q, let r):
            return Point(
                x: s * s * p.x + 2 * s * t * q.x + t * t * r.x, y: s * s * p.y + 2 * s * t * q.y + t * t * r.y)
        case .cubic(let p, let q, let r, let e):
            let (a, b, c, d) = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
            return Point(
                x: a * p.x + b * q.x + c * r.x + d * e.x, y: a * p.y + b * q.y + c * r.y + d * e.y)
        case .arc(let arc): return arc.point(at: t)
        }
    }

    /// The direction of the segment at a parameter from 0 to 1, of length 1; nil if it has none, as at a cusp.
    func direction(at t: Double) -> Vector? {
        switch self {
        case .line(let p, let q): return (q - p).normalized
        case .quadratic(let p, let q, let r):
            // At an end where two control points coincide, the next one has the direction.
            if t <= 0 { return (q - p).normalized ?? (r - p).normalized }
            if t >= 1 { return (r - q).normalized ?? (r - p).normalized }
            return ((q - p) * (1 - t) + (r - q) * t).normalized
        case .cubic(let p, let q, let r, let e):
            if t <= 0 { return (q - p).normalized ?? (r - p).normalized ?? (e - p).normalized }
            if t >= 1 { return (e - r).normalized ?? (e - q).normalized ?? (e - p).normalized }
            let s = 1 - t
            return ((q - p) * (s * s) + (r - q) * (2 * s * t) + (e - r) * (t * t)).normalized
        case .arc(let arc): return arc.direction(at: t)
        }
    }
}

extension Vector {
    static func + (first: Vector, second: Vector) -> Vector {
        Vector(dx: first.dx + second.dx, dy: first.dy + second.dy)
    }

    /// The vector with the length 1; nil without a direction.
    var normalized: Vector? {
        let length = length
        return length > 0 && length.isFinite ? self * (1 / length) : nil
    }

    /// The vector turned by a right angle, from the x axis to the y axis.
    var turned: Vector { Vector(dx: -dy, dy: dx) }

    func dot(_ other: Vector) -> Double { dx * other.dx + dy * other.dy }

    /// Above 0 if `other` is on the side of `turned`.
    func cross(_ other: Vector) -> Double { dx * other.dy - dy * other.dx }
}

extension Point {
    /// Whether the coordinates are multiples of 0.01 px, so that a brush stroke has them as they are.
    var isRounded: Bool { (self - roundedToHundredths).squaredLength < 1e-20 }
}
