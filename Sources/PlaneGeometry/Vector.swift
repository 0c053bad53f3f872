/// A displacement in a plane, in px: what lies between two points, and has no place of its own.
@frozen
public struct Vector: Hashable, Sendable {
    /// How far to the right, in px; negative to the left.
    public var dx: Double
    /// How far downwards, in px; negative upwards.
    public var dy: Double

    /// A vector of (`dx`, `dy`).
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

    /// The vector `factor` times as long; a negative factor turns it round.
    @inlinable
    public static func * (vector: Vector, factor: Double) -> Vector {
        Vector(dx: vector.dx * factor, dy: vector.dy * factor)
    }
}
