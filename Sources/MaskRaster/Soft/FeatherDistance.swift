import MaskModel

/// The width of a feathered edge outside the hole.
public struct FeatherDistance: Hashable, Sendable {
    /// The valid distances, in canvas px: the range of stroke widths.
    public static let distances = BrushStroke.minimumWidth...BrushStroke.limit

    /// The distance from the hole at which the level reaches 0, in canvas px; within `distances`.
    public let distance: Double

    /// Creates an edge width; nil if `distance` is not within `distances`.
    public init?(distance: Double) {
        guard Self.distances.contains(distance) else { return nil }
        self.distance = distance
    }
}
