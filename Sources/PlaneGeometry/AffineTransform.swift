/// An affine transform of the plane: x′ = a·x + c·y + tx, y′ = b·x + d·y + ty.
///
/// The entries have the names of SVG's `matrix(a b c d e f)`, with e = tx and f = ty.
@frozen
public struct AffineTransform: Hashable, Sendable {
    /// The coefficient of x in x′.
    public var a: Double
    /// The coefficient of x in y′.
    public var b: Double
    /// The coefficient of y in x′.
    public var c: Double
    /// The coefficient of y in y′.
    public var d: Double
    /// The x coordinate of the transformed origin, in px.
    public var tx: Double
    /// The y coordinate of the transformed origin, in px.
    public var ty: Double

    /// Creates a transform from its entries without checking them; it may be singular.
    @inlinable
    public init(a: Double, b: Double, c: Double, d: Double, tx: Double, ty: Double) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
        self.tx = tx
        self.ty = ty
    }

    /// The transform that leaves every point unchanged.
    public static let identity = AffineTransform(a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0)

    /// Returns the translation of every point by (`dx`, `dy`), in px.
    public static func translation(dx: Double, dy: Double) -> AffineTransform {
        AffineTransform(a: 1, b: 0, c: 0, d: 1, tx: dx, ty: dy)
    }

    /// Returns the scaling about the origin, with one factor per axis.
    public static func scaling(x: Double, y: Double) -> AffineTransform {
        AffineTransform(a: x, b: 0, c: 0, d: y, tx: 0, ty: 0)
    }

    /// Returns the uniform scaling about `center`, the fixed point.
    public static func scaling(by factor: Double, about center: Point) -> AffineTransform {
        AffineTransform(
            a: factor, b: 0, c: 0, d: factor,
            tx: center.x - factor * center.x, ty: center.y - factor * center.y)
    }

    /// Returns the rotation about the origin; a positive angle rotates the x axis towards the y axis (clockwise on a
    /// screen).
    ///
    /// The caller computes sine and cosine, so that this module does not need libm.
    /// - Parameters:
    ///   - sine: The sine of the angle.
    ///   - cosine: The cosine of the angle.
    public static func rotation(sine: Double, cosine: Double) -> AffineTransform {
        AffineTransform(a: cosine, b: sine, c: -sine, d: cosine, tx: 0, ty: 0)
    }

    /// Returns the composition that applies this transform first and `next` second.
    public func followed(by next: AffineTransform) -> AffineTransform {
        AffineTransform(
            a: next.a * a + next.c * b,
            b: next.b * a + next.d * b,
            c: next.a * c + next.c * d,
            d: next.b * c + next.d * d,
            tx: next.a * tx + next.c * ty + next.tx,
            ty: next.b * tx + next.d * ty + next.ty)
    }

    /// Returns the transformed `point`.
    @inlinable
    public func applied(to point: Point) -> Point {
        Point(x: a * point.x + c * point.y + tx, y: b * point.x + d * point.y + ty)
    }

    /// The factor by which the transform scales every length; nil if it depends on the direction (a stretch or a skew),
    /// is 0, or is not finite. The factor of a reflection is 1.
    ///
    /// The factors of the two axes may differ by 1 part in 10⁶, since vector editors round the entries of a matrix.
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

    /// Whether all entries are finite.
    public var isFinite: Bool {
        a.isFinite && b.isFinite && c.isFinite && d.isFinite && tx.isFinite && ty.isFinite
    }
}
