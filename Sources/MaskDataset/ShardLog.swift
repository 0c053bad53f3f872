import Archives
import FileAccess
import JSONText
import MaskModel
import SystemPackage

/// How far an unfinished export is: what its log of completion records says, as far as the files bear it out.
///
/// A shard's record is a line of the log, written once all of the shard's bytes are. Shards are appended in order, so
/// the complete ones are those before some number.
struct ShardLog: Hashable, Sendable {
    /// How many shards are complete, from the first on.
    private(set) var shardCount = 0
    /// The sums of their records.
    private(set) var totals: [Split: ShardCompletion] = [:]
    /// The size of the log up to the last of them, in bytes.
    private(set) var size = 0
    /// The size of the file that the next shard goes on with, in bytes; 0 if the next shard begins a file.
    private(set) var fileSize = 0

    /// How many bytes each of them adds to its file.
    private(set) var fileBytes: [Int] = []

    /// How many masks the complete shards have.
    var maskCount: Int { totals.values.reduce(0) { $0 + $1.masks } }

    /// Reads the log of the export of `plan` in `staging`; without one no shard is complete.
    ///
    /// - Throws: `DataError` if the log or a file cannot be read.
    /// - Complexity: O(shards)
    init(of plan: ExportPlan, in staging: DatasetPaths) throws(DataError) {
        guard try staging.shardLog.kind() != nil else { return }
        let shards = plan.shards
        var reader = try LineReader(staging.shardLog)
        var parser = JSONParser()
        var foundSize = 0
        while shardCount < shards.count, try reader.advance() {
            let shard = shards[shardCount]
            // A line that was cut off counts for nothing, and neither does what is no record of this shard.
            guard reader.hasLineEnd, let record = reader.withLine({ ShardCompletion($0, with: &parser) }),
                record.masks == shard.masks.count
            else { return }
            if shard.isFirstOfFile, let path = plan.file(of: shard, in: staging) {
                foundSize = try path.kind() == .file ? try path.fileSize() : 0
            }
            guard record.fileBytes <= foundSize - fileSize else { return }
            fileSize = shard.isLastOfFile ? 0 : fileSize + record.fileBytes
            totals[shard.split] = (totals[shard.split] ?? ShardCompletion()) + record
            fileBytes.append(record.fileBytes)
            shardCount += 1
            size = reader.nextLineOffset
        }
    }
}

extension ExportPlan {
    /// The file that a shard's bytes are appended to: its tar, or the JSON Lines of its split; nil if it has none.
    func file(of shard: Shard, in layout: DatasetPaths) -> FilePath? {
        if settings.masksPerTar != nil { return layout.tarFile(shard.split, shard.file) }
        return settings.stagedFormats.contains(.json) ? layout.vectorFile(shard.split) : nil
    }
}
