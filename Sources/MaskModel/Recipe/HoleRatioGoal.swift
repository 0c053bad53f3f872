/// The constraint on the hole ratio of a mask.
public enum HoleRatioGoal: Hashable, Sendable {
    /// Any ratio above 0.
    case any
    /// Above the lower bound and up to the upper bound, by the exact rule at the size of the canvas.
    case within(ClosedRange<Double>)
}
