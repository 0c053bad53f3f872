import FileAccess
import Synchronization
import SystemPackage

/// Writes the completion records of one process: after the files that they vouch for are on the disk, not before.
///
/// Flushing takes as long for one shard as for many, so shards wait for it together, up to some bytes.
final class CompletionRecorder: Sendable {
    fileprivate struct State {
        var waiting: [ShardCompletion] = []
        var byteCount = 0
    }

    private let workspace: ExportWorkspace
    private let run: ShardRun
    private let isFlushing: Bool
    private let state = Mutex(State())
    /// The bytes that wait at most, with which a power failure costs less than a second of work.
    private static let byteLimit = 32 << 20

    /// - Parameter isFlushing: false to leave it to the system when data reaches the disk.
    init(workspace: ExportWorkspace, run: ShardRun, isFlushing: Bool) {
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

    private func record(_ completions: [ShardCompletion]) throws(DataError) {
        guard !completions.isEmpty else { return }
        if isFlushing {
            let names = completions.flatMap { $0.files.map(\.path) }
            let files = names.map { run.paths.root.pushing(FilePath($0)) }
            let folders = Set(files.map { $0.removingLastComponent() }).union([run.paths.root, workspace.runs])
            try run.paths.root.flush(files + folders)
        }
        var outputs: [(temporary: FilePath, final: FilePath)] = []
        for completion in completions {
            let final = workspace.record(completion.shard)
            let temporary = workspace.records.appending(".\(completion.shard).\(run.name)")
            _ = try temporary.writeNewFile(completion.bytes)
            outputs.append((temporary, final))
        }
        if isFlushing { try workspace.records.flush(outputs.map(\.temporary)) }
        // Whichever run records a shard last is the one whose files are used: each run's files are complete.
        for output in outputs { try output.temporary.renameReplacingFolder(at: output.final) }
        if isFlushing { try workspace.records.flush() }
    }
}

extension CompletionRecorder.State {
    fileprivate mutating func takeAll() -> [ShardCompletion] {
        defer { self = CompletionRecorder.State() }
        return waiting
    }
}
