import MaskDataset
import MaskDiff

/// The pairs of a comparison that a report shows: in turn, the next worst by each of the metrics.
struct PairSelection: Hashable, Sendable {
    /// Indices into the report's pairs, the worst first.
    let indices: [Int]

    /// Functions that increase as a pair gets worse. Dice is missing because it orders pairs as IoU does.
    private static let badness: [@Sendable (BitmapComparison) -> Double] = [
        { Double($0.differingCount) }, { -$0.iou }, { -$0.boundaryIoU }, { $0.hausdorff95 ?? .infinity },
        { $0.holeRatioDifference.magnitude }, { Double($0.onlyCandidateCount) }, { Double($0.onlyReferenceCount) },
    ]

    /// - Parameter limit: the maximum number of pairs.
    /// - Complexity: O(*n* log *n*)
    init(_ pairs: [MaskComparison.Report.Pair], limit: Int) {
        var compared: [(number: Int, comparison: BitmapComparison)] = []
        for (number, pair) in pairs.enumerated() {
            if case .compared(let comparison, _) = pair.outcome { compared.append((number, comparison)) }
        }
        let rankings = Self.badness.map { badness in
            compared.map { (badness: -badness($0.comparison), number: $0.number) }.sorted { $0 < $1 }
        }
        var selected: [Int] = []
        var known: Set<Int> = []
        for rank in compared.indices where selected.count < limit {
            for ranking in rankings where selected.count < limit {
                let number = ranking[rank].number
                if known.insert(number).inserted { selected.append(number) }
            }
        }
        indices = selected
    }
}
