public import StrokeBank
public import FileAccess
import QuickDraw
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
    /// - Throws: `DataError` if drawings cannot be read, there are none, or the bank cannot be written.
    public func run(reading: WorkProgress, writing: WorkProgress) async throws(DataError) -> Summary {
        var source = try ParallelDrawingReader(sources: sources, jobs: jobs)
        source.filter = filter
        source.skipsDamaged = skipsDamaged
        let draft = try BankSpool(for: output)
        let findings = try await read(source, into: draft, progress: reading)
        let merge = BankWriter(draft, keyLimit: max(Self.keyLimit / jobs, 1 << 16))
        try await forEachConcurrently(merge.categoryCount, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DataError) in
            try merge.findRepeats(inCategory: number)
        }
        return Summary(bank: try await write(merge, progress: writing), findings: findings)
    }

    /// Drawings on their way into the draft, and how many parts of the piece went there before.
    private struct Worker: ~Copyable {
        var chunks = BankBuffer()
        var partCount = 0

        mutating func hand(to draft: BankSpool, _ place: ParallelDrawingReader.Place) throws(DataError) {
            try draft.take(&chunks, file: place.file, part: place.piece << 32 + partCount)
            partCount += 1
        }
    }

    private func read(
        _ reading: ParallelDrawingReader, into draft: BankSpool, progress: WorkProgress
    ) async throws(DataError) -> SourceFindings {
        try await reading.run(progress: progress, makeWorker: { Worker() }) {
            (worker, drawing, place) throws(DataError) in
            worker.chunks.add(drawing)
            if worker.chunks.byteCount >= Self.partLength { try worker.hand(to: draft, place) }
        } finish: { (worker, place) throws(DataError) in
            try worker.hand(to: draft, place)
            worker.partCount = 0
        }
    }

    private func write(_ merge: BankWriter, progress: WorkProgress) async throws(DataError) -> BankSummary {
        let file = try OutputFile(output)
        try merge.begin()
        let bank = BankOutput(file, for: merge)
        progress.begin(total: merge.unitCount)
        try await forEachConcurrently(merge.unitCount, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DataError) in
            try merge.copy(number, to: bank)
            progress.advance()
        }
        let summary = try merge.finish(bank)
        try file.commit()
        return summary
    }
}
