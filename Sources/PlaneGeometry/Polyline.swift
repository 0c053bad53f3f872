/// A path of straight segments through points, in px. A path of a single point is a dot.
public struct Polyline: Hashable, Sendable {
    /// The vertices in path order; an empty array is an empty path.
    public var points: [Point]

    /// Creates the path through `points`, in their order.
    public init(_ points: [Point]) {
        self.points = points
    }

    /// The total length of the segments, in px; 0 for a dot.
    ///
    /// - Complexity: O(*n*)
    public var length: Double {
        zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
    }

    /// The bounding box of the points, in px; without points, an empty rectangle from +∞ to −∞.
    ///
    /// - Complexity: O(*n*)
    public var bounds: Rectangle { Rectangle(around: points) }

    /// Returns the path transformed by `transform`.
    ///
    /// - Complexity: O(*n*)
    public func applying(_ transform: AffineTransform) -> Polyline {
        Polyline(points.map(transform.applied(to:)))
    }

    /// Returns the path without points that equal their predecessor; a path of equal points becomes a dot.
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
