import Synchronization

/// How many bytes have come, of how many that have to. Any thread may read it while others work.
public final class TransferProgress: Sendable {
    private let doneCount = Atomic(0)
    private let totalCount = Atomic(0)

    /// Nothing to do yet.
    public init() {}

    /// Bytes that came over the network.
    public var done: Int { doneCount.load(ordering: .relaxed) }
    /// Bytes that are to come in all, as far as is known; what turns out to be here already is taken off.
    public var total: Int { totalCount.load(ordering: .relaxed) }

    func came(_ bytes: Int) {
        doneCount.wrappingAdd(bytes, ordering: .relaxed)
    }

    /// More are wanted, or fewer if the number is below 0.
    func want(_ bytes: Int) {
        totalCount.wrappingAdd(bytes, ordering: .relaxed)
    }
}
