/// The share of hole that a mask is to have.
public enum HoleRatioGoal: Hashable, Sendable {
    /// Whatever comes of the strokes, but not 0.
    case any
    /// Above the lower end and up to the upper one, by the exact rule at the canvas's size.
    case within(ClosedRange<Double>)
}
