import Synchronization

/// The progress of a long operation, as a count of its steps. Any thread may read it while others advance it.
public final class WorkProgress: Sendable {
    private let doneCount = Atomic(0)
    private let totalCount = Atomic(0)

    /// An operation that has not started: 0 of 0.
    public init() {}

    /// The number of steps that are done.
    public var done: Int { doneCount.load(ordering: .relaxed) }
    /// The number of all steps; 0 while it is unknown.
    public var total: Int { totalCount.load(ordering: .relaxed) }

    package func begin(total: Int) {
        doneCount.store(0, ordering: .relaxed)
        totalCount.store(total, ordering: .relaxed)
    }

    /// Marks an operation of `total` steps as done.
    func finish(total: Int) {
        begin(total: total)
        advance(by: total)
    }

    package func advance(by count: Int = 1) {
        doneCount.wrappingAdd(count, ordering: .relaxed)
    }
}
