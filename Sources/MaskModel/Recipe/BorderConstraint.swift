/// The constraint on holes near the edge of the canvas.
public enum BorderConstraint: Hashable, Sendable {
    /// No constraint.
    case any
    /// At least one pixel in the outermost rows and columns is hole, at the size of the canvas.
    case touching
    /// Holes keep at least `margin` canvas px from the edge; nil is 50 px for 512, in proportion to the shorter side.
    case free(margin: Double?)
}
