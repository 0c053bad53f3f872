/// Which half of a dataset a mask belongs to.
public enum Split: String, Hashable, Sendable, CaseIterable {
    case train
    case test
}
