import FileAccess
public import QuickDraw
public import SystemPackage

/// Makes a stroke bank of drawings: reads all of them, on all cores and in bounded memory, and writes one file.
///
/// The same drawings in the same order give the same bytes.
public struct BankIndex: Sendable {
    /// Quick, Draw! files, and folders of them, in the order that decides which of a key's drawings counts.
    public let sources: [FilePath]
    /// The bank.
    public let output: FilePath
    /// How many tasks work at once, 1 or more; the bank does not depend on it.
    public let jobs: Int
    /// Which drawings and strokes come into the bank; all by default.
    public var filter = DrawingFilter()
    /// Whether records that are damaged are counted and passed over.
    public var skipsDamaged = false

    /// How much is kept in memory, in bytes of a bank, before it is put aside.
    private static let partLength = 2 << 20
    /// How many keys all tasks together hold in memory: 24 bytes each, at most 32.
    private static let keyLimit = 4 << 20

    /// A bank of the drawings at `sources` to be made at `output`; `run` does it.
    public init(sources: [FilePath], output: FilePath, jobs: Int) {
        self.sources = sources
        self.output = output
        self.jobs = jobs
    }

    /// What came of it.
    public struct Summary: Hashable, Sendable {
        /// What came into the bank.
        public let bank: BankSummary
        /// What the sources had that did not.
        public let findings: SourceFindings
    }

    /// Makes the bank, which gets its name when it is complete.
    ///
    /// - Parameters:
    ///   - reading: counts pieces of the source's files.
    ///   - writing: counts pieces of the bank.
    /// - Throws: `DatasetError` if drawings cannot be read, there are none, or the bank cannot be written.
    public func run(reading: WorkProgress, writing: WorkProgress) async throws(DatasetError) -> Summary {
        var source = try PieceReading(sources: sources, jobs: jobs)
        source.filter = filter
        source.skipsDamaged = skipsDamaged
        let draft = try DatasetError.wrapping { () throws(FileError) in try BankDraft(for: output) }
        let findings = try await read(source, into: draft, progress: reading)
        let merge = BankMerge(draft, keyLimit: max(Self.keyLimit / jobs, 1 << 16))
        try await forEachConcurrently(merge.categoryCount, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DatasetError) in
            try DatasetError.wrapping { () throws(FileError) in try merge.findRepeats(inCategory: number) }
        }
        return Summary(bank: try await write(merge, progress: writing), findings: findings)
    }

    /// Drawings on their way into the draft, and how many parts of the piece went there before.
    private struct Worker: ~Copyable {
        var chunks = BankChunks()
        var partCount = 0

        mutating func hand(to draft: BankDraft, _ place: PieceReading.Place) throws(QuickDrawError) {
            try draft.take(&chunks, file: place.file, part: place.piece << 32 + partCount)
            partCount += 1
        }
    }

    private func read(
        _ reading: PieceReading, into draft: BankDraft, progress: WorkProgress
    ) async throws(DatasetError) -> SourceFindings {
        try await reading.run(progress: progress, makeWorker: { Worker() }) {
            (worker, drawing, place) throws(QuickDrawError) in
            worker.chunks.add(drawing)
            if worker.chunks.byteCount >= Self.partLength { try worker.hand(to: draft, place) }
        } finish: { (worker, place) throws(QuickDrawError) in
            try worker.hand(to: draft, place)
            worker.partCount = 0
        }
    }

    private func write(_ merge: BankMerge, progress: WorkProgress) async throws(DatasetError) -> BankSummary {
        let file = try DatasetError.wrapping { () throws(FileError) in try OutputFile(output) }
        try DatasetError.wrapping { () throws(FileError) in try merge.begin() }
        let bank = BankOutput(file, for: merge)
        progress.begin(total: merge.unitCount)
        try await forEachConcurrently(merge.unitCount, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DatasetError) in
            try DatasetError.wrapping { () throws(FileError) in try merge.copy(number, to: bank) }
            progress.advance()
        }
        let summary = try DatasetError.wrapping { () throws(FileError) in try merge.finish(bank) }
        do throws(FileError) {
            try file.commit()
        } catch {
            throw .file(error)
        }
        return summary
    }
}
