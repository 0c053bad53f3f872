import Synchronization

/// Figures of masks that come in blocks, from several tasks and in any order.
final class MaskGathering: Sendable {
    /// All that was added.
    struct Result: Sendable {
        /// In the order of the collection.
        var figures: [MaskFigures]
        var tally = MaskTally()
    }

    private let state: Mutex<Result>

    init(count: Int) {
        let empty = MaskFigures(holeRatio: 0, strokeCount: 0, split: nil)
        state = Mutex(Result(figures: [MaskFigures](repeating: empty, count: count)))
    }

    /// Adds masks that follow one another in the collection, from number `start` on.
    func add(_ figures: [MaskFigures], from start: Int, _ tally: MaskTally) {
        state.withLock { state in
            state.figures.replaceSubrange(start..<start + figures.count, with: figures)
            state.tally.add(tally)
        }
    }

    var result: Result { state.withLock { $0 } }
}
