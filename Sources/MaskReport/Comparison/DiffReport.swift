public import FileAccess
public import MaskDataset
public import MaskRaster
import SystemPackage

/// A report on a comparison of masks: all counts, and the pairs that differ most as images.
public struct DiffReport: Sendable {
    /// The maximum number of pairs that are shown.
    static let pairLimit = 300
    /// The maximum size in bytes of all their images; the first one is always shown.
    static let imageLimit = 3_000_000

    let comparison: MaskComparison
    let report: MaskComparison.Report
    /// The pairs that are shown, in the order of the report.
    let pairs: [PairFigure]

    /// Loads the pairs that are shown again.
    ///
    /// - Parameters:
    ///   - comparison: The comparison that was run.
    ///   - report: the result of `comparison`.
    ///   - makeRasterizer: creates a rasterizer for each task, of the same kind as in the comparison.
    /// - Throws: `DataError` if a file has changed.
    /// - Complexity: O(*n* log *n*) in all pairs, O(pixels) in those that are shown
    public init<Rasterizer: BinaryRasterizer & SendableMetatype & ~Copyable>(
        of comparison: MaskComparison, _ report: MaskComparison.Report,
        makeRasterizer: @escaping @Sendable () -> Rasterizer
    ) async throws(DataError) {
        self.comparison = comparison
        self.report = report
        let indices = PairSelection(report.pairs, limit: Self.pairLimit).indices
        let images = OrderedResults<OverlayImage>(count: indices.count)
        try await comparison.forEachPair(indices, makeRasterizer: makeRasterizer) { number, candidate, reference in
            images.set(number, OverlayImage(candidate, reference))
        }
        var byteCount = 0
        pairs = zip(indices, images.all)
            .prefix { _, image in
                defer { byteCount += image.png.count }
                return byteCount == 0 || byteCount + image.png.count <= Self.imageLimit
            }
            .sorted { $0.0 < $1.0 }
            .compactMap { PairFigure(report.pairs[$0], $1) }
    }
}
