import SystemPackage

/// The part of a plan that is not in the dataset: how it is cut into shards, and what its processes must agree on.
struct PlanOptions: Hashable, Sendable {
    /// The number of masks of a shard, at least 1; with tar files, a multiple of their masks.
    let masksPerShard: Int
    /// The rasterizer and its version: `cairo 1.16.0`.
    let renderer: String
    /// The dataset's folder, as the user named it; lists of paths start with it.
    var output: FilePath
    /// The bank from which workers take the strokes; nil if they have to be told the source.
    var bank: Bank?

    /// A stroke bank.
    struct Bank: Hashable, Sendable {
        /// An absolute path, or one relative to the plan's folder.
        let path: FilePath
        /// The fingerprint of the strokes that the plan's settings choose from it.
        let fingerprint: String
    }

    /// - Parameter masksPerShard: nil for the usual number. With tar files, it is rounded up to whole files.
    init(_ settings: ExportSettings, masksPerShard: Int?, renderer: String, output: FilePath, bank: Bank? = nil) {
        let size = max(1, masksPerShard ?? MaskRanges.usualSize)
        let masksPerFile = settings.shardTars?.masksPerTar ?? 1
        let (tars, rest) = size.quotientAndRemainder(dividingBy: masksPerFile)
        let (rounded, overflow) = (tars + (rest > 0 ? 1 : 0)).multipliedReportingOverflow(by: masksPerFile)
        self.masksPerShard = overflow ? size : rounded
        self.renderer = renderer
        self.output = output
        self.bank = bank
    }
}
