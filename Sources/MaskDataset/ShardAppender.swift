import FileAccess
import Synchronization
import SystemPackage

/// Appends what shards add to the files of a dataset in the shards' order, whatever order they are made in.
///
/// There is no task for it: whoever completes the shard whose turn it is writes that one and those that wait behind it.
/// A worker that is too far ahead of the turn waits; so memory is bounded, by two shards for each worker. The holder of
/// the lowest number never waits, so that there is always one who goes on.
final class ShardAppender: Sendable {
    private let plan: ExportPlan
    private let staging: DatasetPaths
    /// How far ahead of the turn a shard may be begun.
    private let window: Int
    private let state: Mutex<State>
    private let files: Mutex<Files>

    fileprivate struct State {
        /// The number of the shard whose turn it is: all before it are complete.
        var turn: Int
        /// Whether somebody appends the shard whose turn it is.
        var isAppending = false
        /// Made, and waiting for their turn.
        var pieces: [Int: Piece] = [:]
        /// Memory to use again.
        var spareBytes: [[UInt8]] = []
        /// Workers that wait until it is the turn of a number.
        var waiting: [Waiting] = []
        /// The lowest number that cannot be made or appended; none from it on will have its turn.
        var stop = Int.max
    }

    fileprivate struct Waiting {
        let number: Int
        let turn: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    /// Where it is appended. Only the one who has the turn comes here.
    private struct Files: ~Copyable {
        var log: GrowingFile
        var current: GrowingFile?
        /// The size of the current file, in bytes.
        var size: Int
    }

    /// What a shard adds: bytes to its file, and a record to the log.
    struct Piece: Sendable {
        /// The shard's.
        let number: Int
        var record = ShardCompletion()
        var bytes: [UInt8]
    }

    /// Goes on where `log` ends, for up to `jobs` workers.
    init(plan: ExportPlan, staging: DatasetPaths, after log: ShardLog, jobs: Int) throws(DataError) {
        self.plan = plan
        self.staging = staging
        window = 2 * max(jobs, 1)
        state = Mutex(State(turn: log.shardCount))
        files = Mutex(
            Files(log: try GrowingFile(staging.shardLog, keeping: log.size), current: nil, size: log.fileSize))
    }

    /// An empty piece for shard `number`, once it is not too far ahead; nil if it is of no use any more.
    func begin(_ number: Int) async -> Piece? {
        guard await wait(number, untilTurnOf: number - window + 1) else { return nil }
        return Piece(number: number, bytes: state.withLock { $0.spareBytes.popLast() } ?? [])
    }

    /// Waits for the turn of the piece's shard, appends the bytes that it has so far, and takes them away.
    ///
    /// - Returns: false if the shard is of no use any more.
    func append(_ piece: inout Piece) async throws(DataError) -> Bool {
        guard await wait(piece.number, untilTurnOf: piece.number) else { return false }
        try files.withLock { (files) throws(DataError) in try write(&piece, to: &files) }
        return true
    }

    /// Takes over the rest of a shard, which is complete once it is appended.
    func complete(_ piece: consuming Piece) throws(DataError) {
        var next = state.withLock { state in
            state.pieces[piece.number] = piece
            return state.takePiece()
        }
        // Taken out, so that its bytes have one owner and their memory stays.
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

    /// Gives up shard `number` and all after it; those before it can still be completed.
    func stop(at number: Int) {
        let given = state.withLock { state in
            state.stop = min(state.stop, number)
            let given = state.waiting.filter { $0.number >= state.stop }
            state.waiting.removeAll { $0.number >= state.stop }
            return given
        }
        for worker in given { worker.continuation.resume(returning: false) }
    }

    /// Closes the files.
    func finish() throws(DataError) {
        try files.withLock { (files) throws(DataError) in try files.current.take()?.close() }
    }

    /// Writes the bytes of a piece, which is left without them, at the end of the shard's file.
    private func write(_ piece: inout Piece, to files: inout Files) throws(DataError) {
        piece.record.fileBytes += piece.bytes.count
        if !piece.bytes.isEmpty, let path = plan.file(of: plan.shards[piece.number], in: staging) {
            if files.current == nil { files.current = try GrowingFile(path, keeping: files.size) }
            try files.current?.append(piece.bytes)
        }
        piece.bytes.removeAll(keepingCapacity: true)
    }

    /// Waits until it is the turn of `turn`; false if shard `number` is of no use any more.
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
    /// The piece whose turn it is, for the caller to append; nil if it is not there, or somebody is at it.
    mutating func takePiece() -> ShardAppender.Piece? {
        guard !isAppending, let piece = pieces.removeValue(forKey: turn) else { return nil }
        isAppending = true
        return piece
    }

    /// The workers that need not wait any longer.
    mutating func takeReady() -> [ShardAppender.Waiting] {
        let ready = waiting.filter { $0.turn <= turn }
        waiting.removeAll { $0.turn <= turn }
        return ready
    }
}
