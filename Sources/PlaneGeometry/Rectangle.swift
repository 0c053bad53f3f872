/// An axis-parallel rectangle, in px, its edges included.
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

    /// The rectangle between these edges; empty where a minimum is above its maximum.
    @inlinable
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// The rectangle from the origin to (`width`, `height`).
    @inlinable
    public init(width: Double, height: Double) {
        self.init(minX: 0, minY: 0, maxX: width, maxY: height)
    }

    /// The smallest rectangle around `points`; an empty one at infinity if there are none.
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

    /// The point halfway between the edges.
    public var center: Point { Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }

    /// The rectangle with every edge moved outwards by `margin` px, inwards if that is negative.
    @inlinable
    public func grown(by margin: Double) -> Rectangle {
        Rectangle(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
    }

    /// Whether `point` lies within the rectangle or on an edge of it; NaN does not.
    @inlinable
    public func contains(_ point: Point) -> Bool {
        point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY
    }

    /// The distance from the rectangle to `point`, in px; 0 inside.
    public func distance(to point: Point) -> Double {
        let dx = max(minX - point.x, 0, point.x - maxX)
        let dy = max(minY - point.y, 0, point.y - maxY)
        return Vector(dx: dx, dy: dy).length
    }
}
