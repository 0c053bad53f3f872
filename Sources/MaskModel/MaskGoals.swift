// What a spec can ask of a mask beyond its strokes.

/// The share of hole that a mask is to have.
public enum HoleRatioGoal: Hashable, Sendable {
    /// Whatever comes of the strokes, but not 0.
    case any
    /// Above the lower end and up to the upper one, by the exact rule at the canvas's size.
    case within(ClosedRange<Double>)
}

/// Where on the canvas holes may lie.
public enum Border: Hashable, Sendable {
    /// Anywhere.
    case any
    /// Anywhere, but at least one pixel at the canvas's edge is hole, at the canvas's size.
    case touching
    /// At least `margin` px of the canvas from its edge; nil for 50 px on 512, in proportion to the shorter side.
    case free(margin: Double?)
}

/// Where strokes are put.
public enum StrokePlacement: String, Hashable, Sendable, CaseIterable {
    /// Where they are in their drawing, whose box covers the canvas.
    case drawn
    /// Their middle anywhere on the canvas, all places equally likely.
    case uniform
}
