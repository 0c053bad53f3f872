import FileAccess
import MaskModel
import SystemPackage

/// The positions of each shard's lines in the JSON Lines of an export, from the shards' completion records.
struct StagedLines: Hashable, Sendable {
    /// The offset of each shard of a split in bytes, and after the last one the size of the file.
    private var offsets: [Split: [Int]] = [:]

    /// - Parameter log: the records of all shards.
    init(_ log: ShardLog, of plan: ExportPlan) {
        for (shard, size) in zip(plan.shards, log.fileBytes) {
            var ends = offsets[shard.split] ?? [0]
            ends.append((ends.last ?? 0) + size)
            offsets[shard.split] = ends
        }
    }

    /// Returns the lines of one shard, with their line ends.
    func lines(of shard: Int, _ split: Split, in staging: DatasetPaths) throws(DataError) -> [ArraySlice<UInt8>] {
        guard let offsets = offsets[split], offsets.indices.contains(shard + 1) else { return [] }
        let size = offsets[shard + 1] - offsets[shard]
        let bytes = try staging.vectorFile(split).readBytes(at: offsets[shard], count: size)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            lines.append(bytes[start...end])
            start = end + 1
        }
        return lines
    }
}
