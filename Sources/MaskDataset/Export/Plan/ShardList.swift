import MaskModel

/// The shards of a plan, train before test; computed on demand, because there can be many.
struct ShardList: Hashable, Sendable {
    private let train: MaskRanges
    private let test: MaskRanges

    init(_ settings: ExportSettings, _ options: PlanOptions) {
        train = MaskRanges(settings, of: .train, size: options.masksPerShard)
        test = MaskRanges(settings, of: .test, size: options.masksPerShard)
    }

    /// A contiguous range of masks of one split that are generated, completed, and verified as a whole. With tar files,
    /// it consists of whole files.
    struct Shard: Hashable, Sendable {
        let number: Int
        let split: Split
        let masks: Range<Int>
    }

    /// The number of shards.
    var count: Int { train.count + test.count }

    /// The numbers of the shards of one split.
    func numbers(of split: Split) -> Range<Int> {
        split == .train ? 0..<train.count : train.count..<count
    }

    /// Shard `number`, from 0.
    subscript(number: Int) -> Shard {
        number < train.count
            ? Shard(number: number, split: .train, masks: train[number])
            : Shard(number: number, split: .test, masks: test[number - train.count])
    }
}
