import Synchronization

/// Collects the figures of masks from several tasks, in blocks and in any order.
final class MaskFiguresCollector: Sendable {
    /// The figures of all masks.
    struct Result: Sendable {
        /// In the order of the collection.
        var figures: [MaskFigures]
        var totals = ReportTotals()
    }

    private let state: Mutex<Result>

    init(count: Int) {
        let empty = MaskFigures(holeRatio: 0, strokeCount: 0, split: nil)
        state = Mutex(Result(figures: [MaskFigures](repeating: empty, count: count)))
    }

    /// Adds a block of masks that starts at index `start` of the collection.
    func add(_ figures: [MaskFigures], from start: Int, _ totals: ReportTotals) {
        state.withLock { state in
            state.figures.replaceSubrange(start..<start + figures.count, with: figures)
            state.totals.add(totals)
        }
    }

    var result: Result { state.withLock { $0 } }
}
