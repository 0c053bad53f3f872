/// An axis-aligned rectangle, in px, including its edges.
@frozen
public struct Rectangle: Hashable, Sendable {
    /// The left edge, in px.
    public var minX: Double
    /// The top edge, in px.
    public var minY: Double
    /// The right edge, in px.
    public var maxX: Double
    /// The bottom edge, in px.
    public var maxY: Double

    /// Creates the rectangle between four edges; it is empty if a minimum is greater than its maximum.
    @inlinable
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// Creates the rectangle from the origin to (`width`, `height`).
    @inlinable
    public init(width: Double, height: Double) {
        self.init(minX: 0, minY: 0, maxX: width, maxY: height)
    }

    /// Creates the bounding box of `points`; without points, an empty rectangle from +∞ to −∞.
    ///
    /// - Complexity: O(*n*)
    @inlinable
    public init(around points: some Sequence<Point>) {
        self.init(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
        for point in points {
            minX = min(minX, point.x)
            minY = min(minY, point.y)
            maxX = max(maxX, point.x)
            maxY = max(maxY, point.y)
        }
    }

    /// The center point, in px.
    public var center: Point { Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }

    /// Returns the rectangle with every edge moved outwards by `margin` px; a negative margin moves them inwards.
    @inlinable
    public func grown(by margin: Double) -> Rectangle {
        Rectangle(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
    }

    /// Returns whether `point` is inside the rectangle or on an edge; false for NaN.
    @inlinable
    public func contains(_ point: Point) -> Bool {
        point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY
    }

    /// Returns the distance from the rectangle to `point`, in px; 0 inside.
    public func distance(to point: Point) -> Double {
        let dx = max(minX - point.x, 0, point.x - maxX)
        let dy = max(minY - point.y, 0, point.y - maxY)
        return Vector(dx: dx, dy: dy).length
    }
}
