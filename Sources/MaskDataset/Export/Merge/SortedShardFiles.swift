import FileAccess
import MaskModel

/// The files of one kind in the completion records of one split, in the order of the bytes of their paths.
///
/// The numbers in the paths have at least five digits, or six, so the path of 100000 precedes that of 10001. The files of
/// each number of digits are in order; these sequences are merged, so that only one record of each is in memory.
struct SortedShardFiles {
    private let plan: ExportPlan
    private let workspace: ExportWorkspace
    private let prefix: String
    private var sequences: [Sequence] = []

    /// The numbers with as many digits as `upcoming`.
    private struct Sequence {
        var shards: Range<Int>
        let pathLength: Int
        var files: ArraySlice<ShardCompletion.File> = []
    }

    /// - Parameters:
    ///   - prefix: the start of the paths: `train/`, `svg/test/`, `tar/train-`.
    ///   - ending: their end after the number and, except for tar files, the split.
    ///   - smallestDigits: the number of digits of 0.
    init(
        _ prefix: String, ending: String, digits smallestDigits: Int = DatasetPaths.digits, of split: Split,
        in plan: ExportPlan, _ workspace: ExportWorkspace
    ) {
        self.plan = plan
        self.workspace = workspace
        self.prefix = prefix
        let shards = plan.shards.numbers(of: split)
        let count = plan.settings.count(of: split)
        let masksPerFile = plan.settings.shardTars?.masksPerTar ?? 1
        var (digits, start) = (smallestDigits, 0)
        while start < count {
            let (end, overflow) = Self.power(digits).multipliedReportingOverflow(by: masksPerFile)
            let masks = start..<(overflow ? count : min(end, count))
            let size = plan.options.masksPerShard
            let range =
                shards.lowerBound + masks.lowerBound / size..<shards.lowerBound + (masks.upperBound - 1) / size + 1
            sequences.append(Sequence(shards: range, pathLength: prefix.utf8.count + digits + ending.utf8.count))
            (digits, start) = (digits + 1, masks.upperBound)
        }
    }

    private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in 10 * power } }

    /// The next file; nil after the last one.
    mutating func next() throws(DataError) -> ShardCompletion.File? {
        for index in sequences.indices where sequences[index].files.isEmpty { try fill(index) }
        let first = sequences.indices.filter { !sequences[$0].files.isEmpty }.min { first, second in
            sequences[first].files[sequences[first].files.startIndex].path.utf8.lexicographicallyPrecedes(
                sequences[second].files[sequences[second].files.startIndex].path.utf8)
        }
        return first.map { sequences[$0].files.removeFirst() }
    }

    /// Reads records until one has files of the sequence.
    private mutating func fill(_ index: Int) throws(DataError) {
        while sequences[index].files.isEmpty, let shard = sequences[index].shards.popFirst() {
            let path = workspace.record(shard)
            let completion = try ShardCompletion(try path.readFile(), at: path)
            let length = sequences[index].pathLength
            sequences[index].files =
                completion.files.filter { $0.path.utf8.count == length && $0.path.hasPrefix(prefix) }[...]
        }
    }
}
