/// A position in the plane, in px of its coordinate frame; x increases to the right, y downwards.
@frozen
public struct Point: Hashable, Sendable {
    /// The horizontal coordinate, in px to the right of the origin.
    public var x: Double
    /// The vertical coordinate, in px below the origin.
    public var y: Double

    /// Creates the point (`x`, `y`).
    @inlinable
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether both coordinates are finite.
    @inlinable
    public var isFinite: Bool { x.isFinite && y.isFinite }

    /// Returns the vector from `start` to `end`.
    @inlinable
    public static func - (end: Point, start: Point) -> Vector {
        Vector(dx: end.x - start.x, dy: end.y - start.y)
    }

    /// Returns the point `start` moved by `step`.
    @inlinable
    public static func + (start: Point, step: Vector) -> Point {
        Point(x: start.x + step.dx, y: start.y + step.dy)
    }
}
