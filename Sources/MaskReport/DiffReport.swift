public import FileAccess
public import MaskDataset
import MaskDiff
public import MaskRaster
import SystemPackage

/// What a report says about a comparison of masks: all counts, and the pairs that differ most as images.
public struct DiffReport: Sendable {
    /// How many pairs are shown, at most.
    static let pairLimit = 300
    /// How many bytes their images have together, at most; a first one is shown in any case.
    static let imageLimit = 3_000_000

    let comparison: MaskComparison
    let report: MaskComparison.Report
    /// The pairs that are shown, in the order of the report.
    let pairs: [ImagedPair]

    /// Reads or draws the pairs that are shown once more.
    ///
    /// - Parameters:
    ///   - report: what `comparison` found.
    ///   - makeRasterizer: makes a rasterizer for each task, of the kind that the comparison had.
    /// - Throws: `DataError` if a file was changed since.
    /// - Complexity: O(*n* log *n*) in all pairs, O(pixels) in those that are shown
    public init<Rasterizer: MaskRasterizer & SendableMetatype & ~Copyable>(
        of comparison: MaskComparison, _ report: MaskComparison.Report,
        makeRasterizer: @escaping @Sendable () -> Rasterizer
    ) async throws(DataError) {
        self.comparison = comparison
        self.report = report
        let numbers = PairChoice(report.pairs, limit: Self.pairLimit).numbers
        let images = ResultList<PairImage>(count: numbers.count)
        try await comparison.forEachPair(numbers, makeRasterizer: makeRasterizer) { place, candidate, reference in
            images.set(place, PairImage(candidate, reference))
        }
        var byteCount = 0
        pairs = zip(numbers, images.all)
            .prefix { _, image in
                defer { byteCount += image.png.count }
                return byteCount == 0 || byteCount + image.png.count <= Self.imageLimit
            }
            .sorted { $0.0 < $1.0 }
            .compactMap { ImagedPair(report.pairs[$0], $1) }
    }
}

/// A pair that was compared, with its image.
struct ImagedPair: Hashable, Sendable {
    let name: String
    let comparison: BitmapComparison
    let isSame: Bool
    let image: PairImage

    /// Nil if the pair was not compared.
    init?(_ pair: MaskComparison.Report.Pair, _ image: PairImage) {
        guard case .compared(let comparison, let isSame) = pair.outcome else { return nil }
        name = pair.name
        self.comparison = comparison
        self.isSame = isSame
        self.image = image
    }
}

/// Which pairs of a comparison to show: by turns the next worst by each of the metrics.
struct PairChoice: Hashable, Sendable {
    /// Places in the report's pairs, the worst first.
    let numbers: [Int]

    /// What grows as a pair gets worse. Dice orders pairs as IoU does.
    private static let badness: [@Sendable (BitmapComparison) -> Double] = [
        { Double($0.differingCount) }, { -$0.iou }, { -$0.boundaryIoU }, { $0.hausdorff95 ?? .infinity },
        { $0.holeRatioDifference.magnitude }, { Double($0.onlyCandidateCount) }, { Double($0.onlyReferenceCount) },
    ]

    /// - Parameter limit: how many to show, at most.
    /// - Complexity: O(*n* log *n*)
    init(_ pairs: [MaskComparison.Report.Pair], limit: Int) {
        var compared: [(number: Int, comparison: BitmapComparison)] = []
        for (number, pair) in pairs.enumerated() {
            if case .compared(let comparison, _) = pair.outcome { compared.append((number, comparison)) }
        }
        let rankings = Self.badness.map { badness in
            compared.map { (badness: -badness($0.comparison), number: $0.number) }.sorted { $0 < $1 }
        }
        var chosen: [Int] = []
        var known: Set<Int> = []
        for rank in compared.indices where chosen.count < limit {
            for ranking in rankings where chosen.count < limit {
                let number = ranking[rank].number
                if known.insert(number).inserted { chosen.append(number) }
            }
        }
        numbers = chosen
    }
}
