import MaskModel

/// What the levels of a soft image say.
public enum SoftEdge: Hashable, Sendable {
    /// The share of a pixel that is hole: `CoverageRasterizer`.
    case coverage
    /// How near a pixel is to the hole: `FeatherRasterizer`.
    case feather(Feather)
}

/// How far outside the hole a soft edge reaches.
public struct Feather: Hashable, Sendable {
    /// The distances that are possible, in px: those of widths.
    public static let distances = BrushStroke.minimumWidth...BrushStroke.limit

    /// px of the canvas, one of `distances`.
    public let distance: Double

    /// Gives nil if `distance` is none of `distances`.
    public init?(distance: Double) {
        guard Self.distances.contains(distance) else { return nil }
        self.distance = distance
    }
}
