import MaskModel

/// The shards of one split: its masks are divided into files of `masksPerTar`, and the masks of each file into ranges of
/// `shardSize`.
///
/// So a shard never extends from one file into the next.
struct ShardSequence: Sendable {
    /// The maximum number of masks of a shard. The files do not depend on it.
    static let shardSize = 250

    private let split: Split
    private let maskCount: Int
    private let masksPerFile: Int

    init(_ settings: ExportSettings, of split: Split) {
        self.split = split
        maskCount = settings.count(of: split)
        masksPerFile = max(1, min(settings.masksPerTar ?? maskCount, maskCount))
    }

    /// The number of shards.
    var count: Int {
        let (files, rest) = maskCount.quotientAndRemainder(dividingBy: masksPerFile)
        return files * Self.shardCount(masksPerFile) + Self.shardCount(rest)
    }

    /// Shard `number`, from 0.
    subscript(number: Int) -> ExportPlan.Shard {
        let (file, index) = number.quotientAndRemainder(dividingBy: Self.shardCount(masksPerFile))
        let fileStart = file * masksPerFile
        let fileEnd = fileStart + min(masksPerFile, maskCount - fileStart)
        let start = fileStart + index * Self.shardSize
        let end = start + min(Self.shardSize, fileEnd - start)
        return ExportPlan.Shard(
            split: split, file: file, masks: start..<end, isFirstOfFile: index == 0, isLastOfFile: end == fileEnd)
    }

    private static func shardCount(_ masks: Int) -> Int {
        masks / Self.shardSize + (masks % Self.shardSize > 0 ? 1 : 0)
    }
}
