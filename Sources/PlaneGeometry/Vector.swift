/// A displacement in the plane, in px: the difference of two points.
@frozen
public struct Vector: Hashable, Sendable {
    /// The horizontal component, in px; positive to the right.
    public var dx: Double
    /// The vertical component, in px; positive downwards.
    public var dy: Double

    /// Creates the vector (`dx`, `dy`).
    @inlinable
    public init(dx: Double, dy: Double) {
        self.dx = dx
        self.dy = dy
    }

    /// The length, in px.
    @inlinable
    public var length: Double { squaredLength.squareRoot() }

    /// The square of the length, in px².
    @inlinable
    public var squaredLength: Double { dx * dx + dy * dy }

    /// Returns the vector multiplied by `factor`; a negative factor reverses it.
    @inlinable
    public static func * (vector: Vector, factor: Double) -> Vector {
        Vector(dx: vector.dx * factor, dy: vector.dy * factor)
    }
}
