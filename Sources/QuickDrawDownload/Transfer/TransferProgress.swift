import Synchronization

/// The number of received and expected bytes; may be read by any thread at any time.
public final class TransferProgress: Sendable {
    private let doneCount = Atomic(0)
    private let totalCount = Atomic(0)

    /// No bytes.
    public init() {}

    /// The number of bytes received over the network.
    public var done: Int { doneCount.load(ordering: .relaxed) }
    /// The known number of bytes to receive in total, without those that exist locally.
    public var total: Int { totalCount.load(ordering: .relaxed) }

    func receive(_ bytes: Int) {
        doneCount.wrappingAdd(bytes, ordering: .relaxed)
    }

    /// Adds to the total, or subtracts from it if negative.
    func add(_ bytes: Int) {
        totalCount.wrappingAdd(bytes, ordering: .relaxed)
    }
}
