import FileAccess
import QuickDraw
import StrokeBank
import SystemPackage

/// Reads all drawings of many files in several tasks; large files are divided into chunks.
struct ParallelDrawingReader: Sendable {
    /// The files, in order.
    let files: [DrawingFile]
    /// The requested files and folders, for error messages.
    private let sources: [FilePath]
    /// The numbers of the files of each source.
    private let filesOfSources: [Range<Int>]
    /// The number of tasks, at least 1.
    let jobs: Int
    /// The drawings and strokes to read.
    var filter = DrawingFilter()
    /// Whether corrupt records are counted and skipped.
    var skipsDamaged = false

    /// The size of a chunk in bytes.
    private static let chunkLength = 8 << 20

    /// The position of a chunk in the source.
    struct Position: Hashable, Sendable {
        let file: Int
        let chunk: Int
    }

    /// - Parameter sources: files and folders, in order.
    init(sources: [FilePath], jobs: Int) throws(DataError) {
        var files: [DrawingFile] = []
        var filesOfSources: [Range<Int>] = []
        for source in sources {
            let found = try DrawingFileList(source).files
            filesOfSources.append(files.count..<files.count + found.count)
            files += found
        }
        self.files = files
        self.sources = sources
        self.filesOfSources = filesOfSources
        self.jobs = jobs
    }

    /// Passes every drawing that the filter accepts to `body`, and then calls `finish`, for each chunk.
    ///
    /// - Parameters:
    ///   - files: The chunks of each file.
    ///   - makeWorker: creates the state that a task reuses from one chunk to the next.
    ///   - body: receives the worker, a drawing, and the position of its chunk; the drawings of a chunk are in order.
    ///   - finish: receives the worker after the last drawing of a chunk.
    /// - Returns: what was not read; it does not depend on the number of tasks.
    /// - Throws: `DataError` if drawings cannot be read, a source contains none, or the filter names words that the files
    ///   do not contain.
    func run<Worker>(
        _ files: [[FileChunk]], progress: WorkProgress, makeWorker: @escaping @Sendable () -> Worker,
        _ body: @escaping @Sendable (inout Worker, borrowing Drawing, Position) throws(DataError) -> Void,
        finish: @escaping @Sendable (inout Worker, Position) throws(DataError) -> Void
    ) async throws(DataError) -> SkippedContents where Worker: ~Copyable {
        let chunks = files.enumerated().flatMap { file, found in
            found.enumerated().map { (position: Position(file: file, chunk: $0), chunk: $1) }
        }
        progress.begin(total: chunks.count)
        let (filter, skipsDamaged) = (filter, skipsDamaged)
        let results = OrderedResults<(counts: FilterCounts, file: Int, found: FileChunk.Findings)>(count: chunks.count)
        try await forEachConcurrently(chunks.count, jobs: jobs, makeWorker: makeWorker) {
            (worker, number) throws(DataError) in
            let (position, chunk) = chunks[number]
            var pass = DrawingFilterPass(filter)
            let found = try chunk.forEachDrawing(skipsDamaged: skipsDamaged, filter: filter) {
                (drawing) throws(DataError) in
                guard pass.accepts(drawing) else { return }
                pass.removeStrokes(from: &drawing)
                try body(&worker, drawing, position)
            }
            try finish(&worker, position)
            var counts = pass.counts
            for word in found.rejectedWords { counts.exclude(word) }
            results.set(number, (counts, position.file, found))
            progress.advance()
        }
        var skippedContents = SkippedContents()
        for result in results.all { skippedContents.filterCounts += result.counts }
        skippedContents.corruptFiles = try damagedFiles(results.all.map { ($0.file, $0.found) })
        try checkSources(results.all.map { ($0.file, $0.found) }, skippedContents.corruptFiles)
        try check(words: skippedContents.filterCounts.words)
        return skippedContents
    }

    /// Divides the files into chunks, in order. As long as they are read, the files must not change.
    func chunks() async throws(DataError) -> [[FileChunk]] {
        let chunks = OrderedResults<[FileChunk]>(count: files.count)
        let files = files
        try await forEachConcurrently(files.count, jobs: jobs) { (number) throws(DataError) in
            chunks.set(number, try FileChunk.chunks(of: files[number], length: Self.chunkLength))
        }
        return chunks.all
    }

    /// Checks that there is a drawing in each source, whether the filter accepts it or not.
    private func checkSources(
        _ chunks: [(file: Int, found: FileChunk.Findings)], _ corruptFiles: [CorruptFile]
    ) throws(DataError) {
        let filesWithDrawings = Set(chunks.lazy.filter { $0.found.hasDrawings }.map(\.file))
        for (source, numbers) in zip(sources, filesOfSources) where filesWithDrawings.isDisjoint(with: numbers) {
            let paths = Set(files[numbers].map(\.path))
            throw .noDrawings(source, corruptFiles.filter { paths.contains($0.path) })
        }
    }

    private func check(words: Set<String>) throws(DataError) {
        try filter.check(words: words, of: sources.map(\.string).joined(separator: ", "))
    }

    /// Combines the damage in the chunks of each file, with its first location in the file.
    ///
    /// - Throws: `DataError` if corrupt records that were passed over turn out to count.
    private func damagedFiles(_ chunks: [(file: Int, found: FileChunk.Findings)]) throws(DataError) -> [CorruptFile] {
        var found = [FileChunk.Findings](repeating: FileChunk.Findings(), count: files.count)
        for chunk in chunks {
            found[chunk.file].add(chunk.found)
        }
        var damaged: [CorruptFile] = []
        for (file, found) in zip(files, found) {
            var corruption = found.corruption
            if let first = found.passedOver.first, found.hasAcceptedWord || found.rejectedWords.isEmpty {
                guard skipsDamaged else { throw try FileChunk.firstError(in: file) ?? first }
                let count = found.passedOver.count + (corruption?.count ?? 0)
                corruption = CorruptFile(path: file.path, count: count, first: corruption?.first ?? first)
            }
            if let corruption { damaged.append(try corruption.located(in: file)) }
        }
        return damaged
    }
}
