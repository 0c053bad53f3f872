/// A path of straight segments through its points, in px. One point is a path too: a dot.
public struct Polyline: Hashable, Sendable {
    /// The ends of the segments, in the path's order; without any there is no path.
    public var points: [Point]

    /// A path through `points`, in their order.
    public init(_ points: [Point]) {
        self.points = points
    }

    /// The length of all segments together, in px; 0 for a dot.
    ///
    /// - Complexity: O(*n*)
    public var length: Double {
        zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    }

    /// The smallest rectangle around all points, in px; an empty one at infinity without any.
    ///
    /// - Complexity: O(*n*)
    public var bounds: Rectangle { Rectangle(around: points) }

    /// The path as `transform` moves it.
    ///
    /// - Complexity: O(*n*)
    public func applying(_ transform: AffineTransform) -> Polyline {
        Polyline(points.map(transform.applied(to:)))
    }

    /// The path without the points that repeat the one before them; a path of equal points becomes a dot.
    ///
    /// - Complexity: O(*n*)
    public func withoutRepeatedPoints() -> Polyline {
        var kept: [Point] = []
        kept.reserveCapacity(points.count)
        for point in points where point != kept.last {
            kept.append(point)
        }
        return Polyline(kept)
    }
}
