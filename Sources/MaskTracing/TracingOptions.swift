/// How a mask is traced.
public struct TracingOptions: Hashable, Sendable {
    /// What matters more: few and smooth strokes, or every pixel.
    public enum Fidelity: String, CaseIterable, Sendable {
        /// Pixels next to the boundary hardly matter: for images that were scaled or drawn by another renderer.
        case clean
        /// Every wrong pixel matters.
        case pixels
    }

    /// What a mask may consist of.
    public enum Shapes: String, CaseIterable, Sendable {
        /// Brush strokes only.
        case strokes
        /// For each connected hole, strokes if they explain it well, its outline otherwise.
        case mixed
        /// Outlines only.
        case polygons
    }

    /// The ends of strokes.
    public enum Caps: String, CaseIterable, Sendable {
        /// For each end, the form that explains more pixels.
        case auto
        /// Round ends only.
        case round
        /// Flat ends only, except for dots.
        case butt
    }

    /// Default: `clean`.
    public var fidelity = Fidelity.clean
    /// Default: `mixed`.
    public var shapes = Shapes.mixed
    /// Default: `auto`.
    public var caps = Caps.auto

    /// Creates options with the defaults.
    public init() {}
}
