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

    /// How much of a large file is read by itself, in bytes.
    private static let pieceLength = 8 << 20
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

    /// Makes the bank, which gets its name when it is complete.
    ///
    /// - Parameters:
    ///   - reading: counts pieces of the source's files.
    ///   - writing: counts pieces of the bank.
    /// - Throws: `DatasetError` if drawings cannot be read, there are none, or the bank cannot be written.
    public func run(reading: WorkProgress, writing: WorkProgress) async throws(DatasetError) -> BankSummary {
        var paths: [FilePath] = []
        do throws(QuickDrawError) {
            for source in sources { paths += try DrawingFiles(source).paths }
        } catch {
            throw .source(error)
        }
        let draft = try DatasetError.wrapping { () throws(FileError) in try BankDraft(for: output) }
        try await read(paths, into: draft, progress: reading)
        let merge = BankMerge(draft, keyLimit: max(Self.keyLimit / jobs, 1 << 16))
        try await forEachConcurrently(merge.categoryCount, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DatasetError) in
            try DatasetError.wrapping { () throws(FileError) in try merge.findRepeats(inCategory: number) }
        }
        return try await write(merge, progress: writing)
    }

    /// Cuts the files into pieces, in order, of which many can be read at once.
    private func pieces(of paths: [FilePath]) async throws(DatasetError) -> [(file: Int, part: Int, DrawingPiece)] {
        let found = ResultList<[DrawingPiece]>(count: paths.count)
        try await forEachConcurrently(paths.count, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DatasetError) in
            do throws(QuickDrawError) {
                found.set(number, try DrawingPiece.pieces(of: paths[number], length: Self.pieceLength))
            } catch {
                throw .source(error)
            }
        }
        return found.all.enumerated().flatMap { file, pieces in
            pieces.enumerated().map { part, piece in (file, part, piece) }
        }
    }

    private func read(_ paths: [FilePath], into draft: BankDraft, progress: WorkProgress) async throws(DatasetError) {
        let pieces = try await pieces(of: paths)
        progress.begin(total: pieces.count)
        try await forEachConcurrently(pieces.count, jobs: jobs, makeWorker: { BankChunks() }) {
            (chunks, number) throws(DatasetError) in
            let (file, piece, drawings) = pieces[number]
            // A piece can come in several parts.
            var part = piece << 32
            do throws(QuickDrawError) {
                try drawings.forEachDrawing { (drawing) throws(QuickDrawError) in
                    chunks.add(drawing)
                    guard chunks.byteCount >= Self.partLength else { return }
                    try draft.take(&chunks, file: file, part: part)
                    part += 1
                }
                try draft.take(&chunks, file: file, part: part)
            } catch {
                throw .source(error)
            }
            progress.advance()
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
