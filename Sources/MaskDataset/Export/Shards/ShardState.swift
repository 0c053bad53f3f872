import FileAccess
import SystemPackage

/// What a workspace contains of a shard.
enum ShardState: Sendable {
    /// There is no completion record.
    case missing
    /// The record or a file is not as it was written.
    case damaged(DataError)
    case complete(ShardCompletion)
}

extension ExportWorkspace {
    /// How closely the files of a shard are compared with its record.
    enum Scrutiny {
        /// Nothing.
        case trusting
        /// Sizes; and the contents of files that were changed after the record was written.
        case quick
        /// All contents.
        case full
    }

    /// Examines a shard.
    ///
    /// - Throws: `DataError` if that is impossible, and not only if the shard is damaged.
    /// - Complexity: O(files) for a quick look, O(bytes) for a full one.
    func state(of shard: ShardList.Shard, plan: String, _ scrutiny: Scrutiny) throws(DataError) -> ShardState {
        let path = record(shard.number)
        guard let recorded = try path.status() else { return .missing }
        guard recorded.kind == .file else { return .damaged(DataError(path, "is not a file; expected a record")) }
        let completion: ShardCompletion
        do throws(DataError) {
            completion = try ShardCompletion(try path.readFile(), at: path)
        } catch {
            return .damaged(error)
        }
        guard completion.plan == plan, completion.shard == shard.number, completion.totals.masks == shard.masks.count
        else { return .damaged(DataError(path, "is the record of another shard; expected shard \(shard.number)")) }
        if scrutiny == .trusting { return .complete(completion) }
        // The files are in the folder of the run, or where the merge moved them.
        let folders = [run(completion.run), merged.root]
        for file in completion.files {
            if let error = problem(of: file, in: folders, recordedAt: recorded.changeTime, scrutiny) {
                return .damaged(error)
            }
        }
        return .complete(completion)
    }

    /// Why a file is not the one that was recorded; nil if it is.
    private func problem(
        of file: ShardCompletion.File, in folders: [FilePath], recordedAt time: FileStatus.Time, _ scrutiny: Scrutiny
    ) -> DataError? {
        let name = FilePath(file.path)
        for folder in folders {
            let path = folder.pushing(name)
            do throws(DataError) {
                if scrutiny == .quick {
                    guard let found = try path.status() else { continue }
                    if found.kind == .file, found.size == file.size, found.changeTime <= time { return nil }
                }
                guard let (size, digest) = try path.sizeAndDigestIfPresent() else { continue }
                guard size == file.size else { return DataError(path, "has \(size) bytes; expected \(file.size)") }
                return digest == file.digest
                    ? nil : DataError(path, "has the SHA-256 \(digest); expected \(file.digest), as its record states")
            } catch {
                return error
            }
        }
        return DataError(
            folders.first?.pushing(name) ?? name, "no such file; expected \(file.size) bytes")
    }
}
