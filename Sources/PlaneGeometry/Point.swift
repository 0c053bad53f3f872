/// A position in a plane, in px of the frame that it belongs to; x grows to the right, y downwards.
@frozen
public struct Point: Hashable, Sendable {
    /// How far to the right of the frame's origin, in px.
    public var x: Double
    /// How far below the frame's origin, in px.
    public var y: Double

    /// A point at (`x`, `y`).
    @inlinable
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether neither coordinate is infinite or NaN.
    @inlinable
    public var isFinite: Bool { x.isFinite && y.isFinite }

    /// The vector that leads from `start` to `end`.
    @inlinable
    public static func - (end: Point, start: Point) -> Vector {
        Vector(dx: end.x - start.x, dy: end.y - start.y)
    }

    /// Where `step` leads from `start`.
    @inlinable
    public static func + (start: Point, step: Vector) -> Point {
        Point(x: start.x + step.dx, y: start.y + step.dy)
    }
}

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
