/// The positions of strokes on the canvas.
public enum StrokePlacement: String, Hashable, Sendable, CaseIterable {
    /// The position in the drawing, whose box is scaled to cover the canvas.
    case drawn
    /// A random position: the center of the stroke is uniform over the canvas.
    case uniform
}
