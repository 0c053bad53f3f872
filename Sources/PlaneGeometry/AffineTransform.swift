/// A map of the plane that keeps lines straight: x′ = a·x + c·y + tx, y′ = b·x + d·y + ty.
///
/// The letters are those of SVG's `matrix(a b c d e f)`, with e = tx and f = ty.
@frozen
public struct AffineTransform: Hashable, Sendable {
    /// How much x′ grows with x.
    public var a: Double
    /// How much y′ grows with x.
    public var b: Double
    /// How much x′ grows with y.
    public var c: Double
    /// How much y′ grows with y.
    public var d: Double
    /// Where the origin goes, in px to the right.
    public var tx: Double
    /// Where the origin goes, in px downwards.
    public var ty: Double

    /// The map with these entries, which may also flatten the plane; nothing is checked.
    @inlinable
    public init(a: Double, b: Double, c: Double, d: Double, tx: Double, ty: Double) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
        self.tx = tx
        self.ty = ty
    }

    /// The map that moves nothing.
    public static let identity = AffineTransform(a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0)

    /// Moves every point by the same step, in px.
    public static func translation(dx: Double, dy: Double) -> AffineTransform {
        AffineTransform(a: 1, b: 0, c: 0, d: 1, tx: dx, ty: dy)
    }

    /// Scales about the origin.
    public static func scaling(x: Double, y: Double) -> AffineTransform {
        AffineTransform(a: x, b: 0, c: 0, d: y, tx: 0, ty: 0)
    }

    /// Scales by one factor about `center`, which stays where it is.
    public static func scaling(by factor: Double, about center: Point) -> AffineTransform {
        AffineTransform(
            a: factor, b: 0, c: 0, d: factor,
            tx: center.x - factor * center.x, ty: center.y - factor * center.y)
    }

    /// Turns about the origin; a positive angle turns the x axis towards the y axis (clockwise on a screen).
    ///
    /// - Parameters:
    ///   - sine: the sine of the angle.
    ///   - cosine: the cosine of the angle. The pair comes from the caller, so that this room needs no libm.
    public static func rotation(sine: Double, cosine: Double) -> AffineTransform {
        AffineTransform(a: cosine, b: sine, c: -sine, d: cosine, tx: 0, ty: 0)
    }

    /// The map that does this one first and `next` after it.
    public func followed(by next: AffineTransform) -> AffineTransform {
        AffineTransform(
            a: next.a * a + next.c * b,
            b: next.b * a + next.d * b,
            c: next.a * c + next.c * d,
            d: next.b * c + next.d * d,
            tx: next.a * tx + next.c * ty + next.tx,
            ty: next.b * tx + next.d * ty + next.ty)
    }

    /// Where the map sends `point`.
    @inlinable
    public func applied(to point: Point) -> Point {
        Point(x: a * point.x + c * point.y + tx, y: b * point.x + d * point.y + ty)
    }

    /// The factor by which every length grows; nil if it depends on the direction (a stretch or a skew), is 0 or is
    /// not finite. A mirror's is 1.
    ///
    /// The two axes may differ by 1 part in 10⁶, which is what editors leave after rounding a matrix.
    public var uniformScale: Double? {
        let first = Vector(dx: a, dy: b)
        let second = Vector(dx: c, dy: d)
        let scale = first.length
        let slack = 1e-6 * scale
        guard scale > 0, scale.isFinite else { return nil }
        guard (second.length - scale).magnitude <= slack else { return nil }
        guard (a * c + b * d).magnitude <= slack * scale else { return nil }
        return scale
    }

    /// Whether no entry is infinite or NaN.
    public var isFinite: Bool {
        a.isFinite && b.isFinite && c.isFinite && d.isFinite && tx.isFinite && ty.isFinite
    }
}
