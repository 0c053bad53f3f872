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
        for file in completion.files {
            if let error = try problem(of: file, in: completion, recordedAt: recorded.changeTime, scrutiny) {
                return .damaged(error)
            }
        }
        return .complete(completion)
    }

    /// The present path of a file of a complete shard: in the folder of its run, or where the merge moved it.
    func location(of file: ShardCompletion.File, in completion: ShardCompletion) throws(DataError) -> FilePath? {
        for folder in [run(completion.run), merged.root] {
            let path = folder.pushing(FilePath(file.path))
            if try path.status() != nil { return path }
        }
        return nil
    }

    /// Why a file is not the one that was recorded; nil if it is.
    private func problem(
        of file: ShardCompletion.File, in completion: ShardCompletion, recordedAt time: FileStatus.Time,
        _ scrutiny: Scrutiny
    ) throws(DataError) -> DataError? {
        for folder in [run(completion.run), merged.root] {
            let path = folder.pushing(FilePath(file.path))
            guard let found = try path.status() else { continue }
            guard found.kind == .file else { return DataError(path, "is not a file; expected one") }
            guard found.size == file.size else {
                return DataError(path, "has \(found.size) bytes; expected \(file.size)")
            }
            if scrutiny == .quick, found.changeTime <= time { return nil }
            do throws(DataError) {
                return try path.sizeAndDigest().digest == file.digest
                    ? nil : DataError(path, "does not have the SHA-256 that its record states; expected \(file.digest)")
            } catch {
                return error
            }
        }
        return DataError(run(completion.run).pushing(FilePath(file.path)), "no such file; expected \(file.size) bytes")
    }
}
