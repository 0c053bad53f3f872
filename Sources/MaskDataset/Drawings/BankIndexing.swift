public import FileAccess
import QuickDraw
public import StrokeBank
public import SystemPackage

/// Builds a stroke bank: reads all drawings in parallel and in bounded memory, and writes one file.
///
/// The same drawings in the same order result in the same bytes.
public struct BankIndexing: Sendable {
    /// Quick, Draw! files, and folders of them; of drawings with the same key, the first in this order is kept.
    public let sources: [FilePath]
    /// The bank.
    public let output: FilePath
    /// The number of tasks, at least 1; the bank does not depend on it.
    public let jobs: Int
    /// The drawings and strokes that the bank contains; all by default.
    public var filter = DrawingFilter()
    /// Whether corrupt records are counted and skipped.
    public var skipsDamaged = false
    /// The license of the drawings, which the bank records; that of Quick, Draw! need not be specified.
    public var license = SourceLicense.unknown

    /// The size, in bytes of a bank, at which a task's drawings move from memory to the spool.
    private static let bufferSize = 2 << 20
    /// The maximum number of keys in the memory of all tasks together: 24 to 32 bytes each.
    private static let keyLimit = 4 << 20

    /// A bank at `output` of the drawings at `sources`; `run` builds it.
    public init(sources: [FilePath], output: FilePath, jobs: Int) {
        self.sources = sources
        self.output = output
        self.jobs = jobs
    }

    /// The result of building a bank.
    public struct Summary: Hashable, Sendable {
        /// What the bank contains.
        public let bank: BankSummary
        /// What the sources contain but the bank does not.
        public let skippedContents: SkippedContents
    }

    /// Builds the bank, which gets its name when it is complete.
    ///
    /// - Parameters:
    ///   - reading: counts the chunks of the source's files.
    ///   - writing: counts the segments of the bank.
    /// - Throws: `DataError` if drawings cannot be read, there are none, or the bank cannot be written.
    public func run(reading: WorkProgress, writing: WorkProgress) async throws(DataError) -> Summary {
        var reader = try ParallelDrawingReader(sources: sources, jobs: jobs)
        reader.filter = filter
        reader.skipsDamaged = skipsDamaged
        for path in Set(reader.files.map(\.container)) where try path.isSameFile(as: output) {
            throw DataError(output, "is one of the sources, \(path); expected another file")
        }
        let folder = output.removingLastComponent()
        try (folder.isEmpty ? "." : folder).removeAbandonedFiles(of: output.lastComponent?.string)
        let spool = try BankSpool(for: output)
        let skippedContents = try await read(reader, into: spool, progress: reading)
        let writer = BankWriter(spool, keyLimit: max(Self.keyLimit / jobs, 1 << 16))
        try await forEachConcurrently(writer.categoryCount, jobs: jobs) { (number) throws(DataError) in
            try writer.findDuplicates(inCategory: number)
        }
        return Summary(bank: try await write(writer, progress: writing), skippedContents: skippedContents)
    }

    /// Drawings on their way to the spool, and the number of times that the buffer was emptied in this chunk.
    private struct Worker: ~Copyable {
        var chunks = BankBuffer()
        var flushCount = 0

        mutating func flush(to spool: BankSpool, _ position: ParallelDrawingReader.Position) throws(DataError) {
            try spool.add(&chunks, file: position.file, part: position.chunk << 32 + flushCount)
            flushCount += 1
        }
    }

    private func read(
        _ reader: ParallelDrawingReader, into spool: BankSpool, progress: WorkProgress
    ) async throws(DataError) -> SkippedContents {
        try await reader.run(reader.chunks(), progress: progress, makeWorker: { Worker() }) {
            (worker, drawing, position) throws(DataError) in
            worker.chunks.add(drawing)
            if worker.chunks.byteCount >= Self.bufferSize { try worker.flush(to: spool, position) }
        } finish: { (worker, position) throws(DataError) in
            try worker.flush(to: spool, position)
            worker.flushCount = 0
        }
    }

    private func write(_ writer: BankWriter, progress: WorkProgress) async throws(DataError) -> BankSummary {
        let file = try OutputFile(output)
        try writer.begin()
        let bank = ChecksummedBankFile(file, for: writer)
        progress.begin(total: writer.runCount)
        try await forEachConcurrently(writer.runCount, jobs: jobs) { (number) throws(DataError) in
            try writer.copy(number, to: bank)
            progress.advance()
        }
        let summary = try writer.finish(bank, license: license)
        guard summary.strokeCount > 0 else {
            throw .noStrokes(sources.map(\.string).joined(separator: ", "), filter)
        }
        try file.commit()
        return summary
    }
}
