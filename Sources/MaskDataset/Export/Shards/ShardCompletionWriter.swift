import FileAccess
import Synchronization
import SystemPackage

/// Writes the completion records of one process: after the files that they vouch for are on the disk, not before.
///
/// Flushing takes as long for one shard as for many, so shards wait for it together, up to some bytes.
final class ShardCompletionWriter: Sendable {
    fileprivate struct State {
        var waiting: [ShardCompletion] = []
        var byteCount = 0
    }

    private let workspace: ExportWorkspace
    private let run: ShardRunFolder
    private let isFlushing: Bool
    private let state = Mutex(State())
    /// The bytes that wait at most, with which a power failure costs less than a second of work.
    private static let byteLimit = 32 << 20
    /// The number of files above which flushing the whole file system takes less time than flushing each.
    private static let fileLimit = 8

    /// - Parameter isFlushing: false to leave it to the system when data reaches the disk.
    init(workspace: ExportWorkspace, run: ShardRunFolder, isFlushing: Bool) {
        self.workspace = workspace
        self.run = run
        self.isFlushing = isFlushing
    }

    /// Accepts a shard whose files are written and closed, and records it now or later.
    func add(_ completion: ShardCompletion) throws(DataError) {
        let ready = state.withLock { state -> [ShardCompletion] in
            state.waiting.append(completion)
            state.byteCount += completion.files.reduce(0) { $0 + $1.size }
            return !isFlushing || state.byteCount >= Self.byteLimit ? state.takeAll() : []
        }
        try record(ready)
    }

    /// Records all shards that wait.
    func finish() throws(DataError) {
        try record(state.withLock { $0.takeAll() })
    }

    /// Waits until the files of the shards, and their names in the run's folders, are on the disk.
    private func flushFiles(of completions: [ShardCompletion]) throws(DataError) {
        if completions.reduce(0, { $0 + $1.files.count }) > Self.fileLimit {
            return try run.paths.root.flushFileSystem()
        }
        let names = completions.flatMap { $0.files.map(\.path) }
        let files = names.map { run.paths.root.pushing(FilePath($0)) }
        for path in files + folders(of: names) { try path.flush() }
    }

    /// The folders of files and all above them, up to that of all runs: each contains a new name.
    private func folders(of names: [String]) -> [FilePath] {
        let parents = Set(names.flatMap { name in name.indices.filter { name[$0] == "/" }.map { String(name[..<$0]) } })
        return parents.map { run.paths.root.pushing(FilePath($0)) } + [run.paths.root, workspace.runs]
    }

    private func record(_ completions: [ShardCompletion]) throws(DataError) {
        guard !completions.isEmpty else { return }
        if isFlushing {
            try flushFiles(of: completions)
        }
        var outputs: [(temporary: FilePath, final: FilePath)] = []
        for completion in completions {
            let final = workspace.record(completion.shard)
            let temporary = workspace.records.appending(".\(completion.shard).\(run.name)")
            _ = try temporary.writeNewFile(completion.bytes)
            outputs.append((temporary, final))
        }
        if isFlushing {
            if outputs.count > Self.fileLimit {
                try workspace.records.flushFileSystem()
            } else {
                for output in outputs { try output.temporary.flush() }
            }
        }
        // Whichever run records a shard last is the one whose files are used: each run's files are complete.
        for output in outputs { try output.temporary.renameReplacingFolder(at: output.final) }
        if isFlushing { try workspace.records.flush() }
    }
}

extension ShardCompletionWriter.State {
    fileprivate mutating func takeAll() -> [ShardCompletion] {
        defer { self = ShardCompletionWriter.State() }
        return waiting
    }
}
