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
