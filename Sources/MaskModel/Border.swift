/// Where on the canvas holes may lie.
public enum Border: Hashable, Sendable {
    /// Anywhere.
    case any
    /// Anywhere, but at least one pixel at the canvas's edge is hole, at the canvas's size.
    case touching
    /// At least `margin` px of the canvas from its edge; nil for 50 px on 512, in proportion to the shorter side.
    case free(margin: Double?)
}
