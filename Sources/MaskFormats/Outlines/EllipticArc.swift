import PlaneGeometry

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An arc of an ellipse: center + u·cos t + v·sin t, for t from `angle` to `angle + sweep`.
struct EllipticArc: Hashable {
    var start: Point
    var end: Point
    var center: Point
    var u: Vector
    var v: Vector
    /// In radians.
    var angle: Double
    /// In radians; negative against the direction from u to v.
    var sweep: Double

    /// The arc of SVG's path command A; nil if it is a straight line.
    ///
    /// From the endpoints to the center as in SVG 2, B.2.4; radii that are too small grow until the ellipse fits.
    /// - Parameters:
    ///   - start: Where the arc begins.
    ///   - end: Where it ends.
    ///   - radii: The radii along the axes of the ellipse; the sign does not matter.
    ///   - rotation: The angle of the first axis, in degrees.
    ///   - isLarge: Whether the arc is longer than half the ellipse.
    ///   - isPositive: Whether the angle increases.
    init?(
        from start: Point, to end: Point, radii: (Double, Double), rotation: Double, isLarge: Bool, isPositive: Bool
    ) {
        var (rx, ry) = (radii.0.magnitude, radii.1.magnitude)
        guard rx > 0, ry > 0, start != end else { return nil }
        let phi = rotation.remainder(dividingBy: 360) * .pi / 180
        let (cosine, sine) = (cos(phi), sin(phi))
        let half = (start - end) * 0.5
        // On the unit circle of the ellipse's axes.
        var x = (cosine * half.dx + sine * half.dy) / rx
        var y = (cosine * half.dy - sine * half.dx) / ry
        let squared = x * x + y * y
        guard squared.isFinite, squared > 0 else { return nil }
        if squared > 1 {
            let factor = squared.squareRoot()
            (rx, ry, x, y) = (rx * factor, ry * factor, x / factor, y / factor)
        }
        let norm = min(squared, 1)
        let offset = max((1 - norm) / norm, 0).squareRoot() * (isLarge == isPositive ? -1 : 1)
        let (cx, cy) = (offset * y, -offset * x)
        u = Vector(dx: cosine * rx, dy: sine * rx)
        v = Vector(dx: -sine * ry, dy: cosine * ry)
        center = start + (end - start) * 0.5 + u * cx + v * cy
        angle = atan2(y - cy, x - cx)
        var sweep = atan2(-y - cy, -x - cx) - angle
        if isPositive, sweep < 0 { sweep += 2 * .pi }
        if !isPositive, sweep > 0 { sweep -= 2 * .pi }
        self.sweep = sweep
        (self.start, self.end) = (start, end)
    }

    /// The whole ellipse with axes along x and y, from its rightmost point on, as SVG draws `circle` and `ellipse`.
    init(center: Point, rx: Double, ry: Double) {
        self.center = center
        (u, v) = (Vector(dx: rx, dy: 0), Vector(dx: 0, dy: ry))
        (angle, sweep) = (0, 2 * .pi)
        start = Point(x: center.x + rx, y: center.y)
        end = start
    }

    func applying(_ transform: AffineTransform) -> EllipticArc {
        func map(_ vector: Vector) -> Vector {
            Vector(
                dx: transform.a * vector.dx + transform.c * vector.dy,
                dy: transform.b * vector.dx + transform.d * vector.dy)
        }
        var arc = self
        (arc.start, arc.end, arc.center) = (
            transform.applied(to: start), transform.applied(to: end), transform.applied(to: center)
        )
        (arc.u, arc.v) = (map(u), map(v))
        return arc
    }

    /// An arc of a circle of radius r with an angle δ is within r(1 − cos δ/2) ≤ rδ²/8 of its chord, and a linear map
    /// stretches that by no more than its longest semiaxis, which is at most √(|u|² + |v|²).
    func stepCount(tolerance: Double) -> Double {
        let radius = (u.squaredLength + v.squaredLength).squareRoot()
        let step = min((8 * tolerance / radius).squareRoot(), .pi / 4)
        return (sweep.magnitude / step).rounded(.up)
    }

    func point(at t: Double) -> Point {
        let angle = angle + sweep * t
        return center + u * cos(angle) + v * sin(angle)
    }

    func direction(at t: Double) -> Vector? {
        let angle = angle + sweep * t
        return (v * (cos(angle) * sweep) + u * (-sin(angle) * sweep)).normalized
    }
}
