/// A split of a dataset.
public enum Split: String, Hashable, Sendable, CaseIterable {
    /// Masks of the train categories.
    case train
    /// Masks of the test categories.
    case test
}
