import FileAccess
import QuickDraw
import StrokeBank
import SystemPackage

/// Reads all drawings of many files in several tasks; large files are divided into chunks.
struct ParallelDrawingReader: Sendable {
    /// The files, in order.
    let paths: [FilePath]
    /// The requested files and folders, for error messages.
    private let sources: [FilePath]
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
        var paths: [FilePath] = []
        for source in sources { paths += try DrawingFiles(source).paths }
        self.paths = paths
        self.sources = sources
        self.jobs = jobs
    }

    private struct ChunkedFile: Sendable {
        /// The word of all drawings in the file, if it is known.
        var word: String?
        /// Empty if the filter excludes that word.
        var chunks: [FileChunk] = []
    }

    /// Passes every drawing that the filter accepts to `body`, and then calls `finish`, for each chunk.
    ///
    /// - Parameters:
    ///   - makeWorker: creates the state that a task reuses from one chunk to the next.
    ///   - body: receives the worker, a drawing, and the position of its chunk; the drawings of a chunk are in order.
    ///   - finish: receives the worker after the last drawing of a chunk.
    /// - Returns: what was not read; it does not depend on the number of tasks.
    /// - Throws: `DataError` if drawings cannot be read, or if the filter names words that the files do not contain.
    func run<Worker>(
        progress: WorkProgress, makeWorker: @escaping @Sendable () -> Worker,
        _ body: @escaping @Sendable (inout Worker, borrowing Drawing, Position) throws(DataError) -> Void,
        finish: @escaping @Sendable (inout Worker, Position) throws(DataError) -> Void
    ) async throws(DataError) -> SourceFindings where Worker: ~Copyable {
        let files = try await chunkedFiles()
        var findings = SourceFindings()
        for file in files {
            guard let word = file.word, file.chunks.isEmpty else { continue }
            findings.filterCounts.exclude(word)
        }
        if files.allSatisfy({ $0.word != nil }) { try check(words: Set(files.compactMap(\.word))) }
        let chunks = files.enumerated().flatMap { file, found in
            found.chunks.enumerated().map { (position: Position(file: file, chunk: $0), chunk: $1) }
        }
        progress.begin(total: chunks.count)
        let (filter, skipsDamaged) = (filter, skipsDamaged)
        let results = ResultList<(tally: FilterCounts, file: Int, damage: CorruptFile?)>(count: chunks.count)
        try await forEachConcurrently(chunks.count, jobs: jobs, makeWorker: makeWorker) {
            (worker, number) throws(DataError) in
            let (position, chunk) = chunks[number]
            var pass = DrawingFilterPass(filter)
            let damage = try chunk.forEachDrawing(skipsDamaged: skipsDamaged) {
                (drawing) throws(DataError) in
                guard pass.accepts(drawing) else { return }
                pass.removeStrokes(from: &drawing)
                try body(&worker, drawing, position)
            }
            try finish(&worker, position)
            results.set(number, (pass.counts, position.file, damage))
            progress.advance()
        }
        for result in results.all { findings.filterCounts += result.tally }
        try check(words: findings.filterCounts.words)
        findings.corruptFiles = try damagedFiles(results.all.map { ($0.file, $0.damage) })
        return findings
    }

    /// Divides the files into chunks, in order. Files whose word the filter excludes have no chunks.
    private func chunkedFiles() async throws(DataError) -> [ChunkedFile] {
        let files = ResultList<ChunkedFile>(count: paths.count)
        let (paths, filter) = (paths, filter)
        try await forEachConcurrently(paths.count, jobs: jobs) { (number) throws(DataError) in
            var file = ChunkedFile()
            if filter.hasWords { file.word = try paths[number].soleDrawingWord() }
            if file.word.map({ filter.accepts(word: $0) }) ?? true {
                file.chunks = try FileChunk.chunks(of: paths[number], length: Self.chunkLength)
            }
            files.set(number, file)
        }
        return files.all
    }

    private func check(words: Set<String>) throws(DataError) {
        try filter.check(words: words, of: sources.map(\.string).joined(separator: ", "))
    }

    /// Combines the damage in the chunks of each file, with its first location in the file.
    private func damagedFiles(_ chunks: [(file: Int, damage: CorruptFile?)]) throws(DataError) -> [CorruptFile] {
        var damaged: [CorruptFile] = []
        var files: [Int] = []
        for (file, damage) in chunks {
            guard let damage else { continue }
            if files.last == file {
                damaged[damaged.count - 1].count += damage.count
            } else {
                damaged.append(damage)
                files.append(file)
            }
        }
        return try damaged.map { (file) throws(DataError) in try file.located() }
    }
}
