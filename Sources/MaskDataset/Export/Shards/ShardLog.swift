import Archives
import FileAccess
import JSONText
import MaskModel
import SystemPackage

/// The progress of an unfinished export: the completion records in its log, as far as the files agree with them.
///
/// A shard's record is a line of the log, written after all bytes of the shard. Shards are appended in order, so the
/// complete ones are those below some number.
struct ShardLog: Hashable, Sendable {
    /// The number of complete shards, which are the first ones.
    private(set) var shardCount = 0
    /// The sums of their records.
    private(set) var totals: [Split: ShardCompletion] = [:]
    /// The size of their records in the log, in bytes.
    private(set) var size = 0
    /// The size of the file that the next shard appends to, in bytes; 0 if the next shard starts a file.
    private(set) var fileSize = 0
    /// The number of bytes that each of them appends to its file.
    private(set) var fileBytes: [Int] = []

    /// The number of masks in the complete shards.
    var maskCount: Int { totals.values.reduce(0) { $0 + $1.masks } }

    /// Reads the log of the export of `plan` in `staging`; without a log, no shard is complete.
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
            // An incomplete line, or one that is not a record of this shard, ends the log.
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
