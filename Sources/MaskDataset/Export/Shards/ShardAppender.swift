import FileAccess
import Synchronization
import SystemPackage

/// Appends the output of shards to the files of a dataset in the order of the shards, in whichever order they complete.
///
/// There is no dedicated task: the worker that completes the next shard appends it and those that are waiting behind it.
/// A worker that is too far ahead waits, so memory is bounded by two shards per worker. The worker with the lowest number
/// never waits, so there is always one that continues.
final class ShardAppender: Sendable {
    private let plan: ExportPlan
    private let staging: DatasetPaths
    /// The maximum distance between the next shard to append and one that is started.
    private let window: Int
    private let state: Mutex<State>
    private let files: Mutex<Files>

    fileprivate struct State {
        /// The number of the next shard to append; all before it are complete.
        var turn: Int
        /// Whether a worker is appending that shard.
        var isAppending = false
        /// Shards that are generated and waiting for their turn.
        var pieces: [Int: Piece] = [:]
        /// Memory to reuse.
        var spareBytes: [[UInt8]] = []
        /// Workers that wait for the turn of a shard.
        var waiting: [Waiting] = []
        /// The lowest number of a shard that failed; neither it nor any later shard is appended.
        var stop = Int.max
    }

    fileprivate struct Waiting {
        let number: Int
        let turn: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    /// The open files, which only the worker of the next shard uses.
    private struct Files: ~Copyable {
        var log: AppendableFile
        var current: AppendableFile?
        /// The size of the current file, in bytes.
        var size: Int
    }

    /// The output of a shard: bytes for its file, and a record for the log.
    struct Piece: Sendable {
        /// The number of the shard.
        let number: Int
        var record = ShardCompletion()
        var bytes: [UInt8]
    }

    /// Continues at the end of `log`, for up to `jobs` workers.
    init(plan: ExportPlan, staging: DatasetPaths, after log: ShardLog, jobs: Int) throws(DataError) {
        self.plan = plan
        self.staging = staging
        window = 2 * max(jobs, 1)
        state = Mutex(State(turn: log.shardCount))
        files = Mutex(
            Files(log: try AppendableFile(staging.shardLog, keeping: log.size), current: nil, size: log.fileSize))
    }

    /// Returns empty output for shard `number`, once it is not too far ahead; nil if an earlier shard failed.
    func begin(_ number: Int) async -> Piece? {
        guard await wait(number, untilTurnOf: number - window + 1) else { return nil }
        return Piece(number: number, bytes: state.withLock { $0.spareBytes.popLast() } ?? [])
    }

    /// Waits for the turn of a shard, appends the bytes it has so far, and removes them from its output.
    ///
    /// - Returns: false if an earlier shard failed.
    func append(_ piece: inout Piece) async throws(DataError) -> Bool {
        guard await wait(piece.number, untilTurnOf: piece.number) else { return false }
        try files.withLock { (files) throws(DataError) in try write(&piece, to: &files) }
        return true
    }

    /// Accepts the rest of a shard, which is complete once it is appended.
    func complete(_ piece: consuming Piece) throws(DataError) {
        var next = state.withLock { state in
            state.pieces[piece.number] = piece
            return state.takePiece()
        }
        // Taken out of the optional, so that the bytes have one owner and are not copied.
        while var piece = next.take() {
            do throws(DataError) {
                try files.withLock { (files) throws(DataError) in
                    try write(&piece, to: &files)
                    try files.log.append(piece.record.json)
                    if plan.shards[piece.number].isLastOfFile {
                        try files.current.take()?.close()
                        files.size = 0
                    }
                }
            } catch {
                stop(at: piece.number)
                throw error
            }
            let ready: [Waiting]
            (next, ready) = state.withLock { state in
                state.turn += 1
                state.isAppending = false
                state.spareBytes.append(piece.bytes)
                return (state.takePiece(), state.takeReady())
            }
            for worker in ready { worker.continuation.resume(returning: true) }
        }
    }

    /// Abandons shard `number` and all later ones; earlier ones can still be completed.
    func stop(at number: Int) {
        let abandoned = state.withLock { state in
            state.stop = min(state.stop, number)
            let abandoned = state.waiting.filter { $0.number >= state.stop }
            state.waiting.removeAll { $0.number >= state.stop }
            return abandoned
        }
        for worker in abandoned { worker.continuation.resume(returning: false) }
    }

    /// Closes the files.
    func finish() throws(DataError) {
        try files.withLock { (files) throws(DataError) in try files.current.take()?.close() }
    }

    /// Moves the bytes of a shard to the end of its file.
    private func write(_ piece: inout Piece, to files: inout Files) throws(DataError) {
        piece.record.fileBytes += piece.bytes.count
        if !piece.bytes.isEmpty, let path = plan.file(of: plan.shards[piece.number], in: staging) {
            if files.current == nil { files.current = try AppendableFile(path, keeping: files.size) }
            try files.current?.append(piece.bytes)
        }
        piece.bytes.removeAll(keepingCapacity: true)
    }

    /// Waits until shard `turn` is next; returns false if shard `number` or an earlier one failed.
    private func wait(_ number: Int, untilTurnOf turn: Int) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                if number >= state.stop { return false }
                if turn <= state.turn { return true }
                state.waiting.append(Waiting(number: number, turn: turn, continuation: continuation))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }
}

extension ShardAppender.State {
    /// The output of the next shard, which the caller must append; nil if it is not available, or being appended.
    mutating func takePiece() -> ShardAppender.Piece? {
        guard !isAppending, let piece = pieces.removeValue(forKey: turn) else { return nil }
        isAppending = true
        return piece
    }

    /// Removes and returns the workers that need not wait any longer.
    mutating func takeReady() -> [ShardAppender.Waiting] {
        let ready = waiting.filter { $0.turn <= turn }
        waiting.removeAll { $0.turn <= turn }
        return ready
    }
}
