import FileAccess
import StrokeBank
import QuickDraw
import Synchronization
import SystemPackage

/// Reads all drawings of many files, large ones in pieces, on all cores.
struct ParallelDrawingReader: Sendable {
    /// The files, in order.
    let paths: [FilePath]
    /// What was asked for, for errors.
    private let sources: [FilePath]
    /// How many tasks work at once, 1 or more.
    let jobs: Int
    /// Which drawings and strokes are taken.
    var filter = DrawingFilter()
    /// Whether records that are damaged are counted and passed over.
    var skipsDamaged = false

    /// How much of a large file is read by itself, in bytes.
    private static let pieceLength = 8 << 20

    /// Which part of the source something is.
    struct Place: Hashable, Sendable {
        let file: Int
        let piece: Int
    }

    /// The files at `sources`, in order, each of which is a file or a folder.
    init(sources: [FilePath], jobs: Int) throws(DataError) {
        var paths: [FilePath] = []
        for source in sources { paths += try DrawingFiles(source).paths }
        self.paths = paths
        self.sources = sources
        self.jobs = jobs
    }

    private struct ChunkedFile: Sendable {
        /// The word of all drawings of the file, if it is known.
        var word: String?
        /// Empty if the filter does not take that word.
        var pieces: [FileChunk] = []
    }

    /// Gives every drawing that is taken to `body`, and every end of a piece to `finish`.
    ///
    /// - Parameters:
    ///   - makeWorker: makes what a task keeps from one piece to the next.
    ///   - body: gets the worker and a drawing, those of a piece in order, and where the piece is.
    ///   - finish: gets the worker behind the last drawing of a piece.
    /// - Returns: what was not taken; it does not depend on the number of jobs.
    /// - Throws: `DataError` if drawings cannot be read, or the filter names words that the files have not.
    func run<Worker>(
        progress: WorkProgress, makeWorker: @escaping @Sendable () -> Worker,
        _ body: @escaping @Sendable (inout Worker, borrowing Drawing, Place) throws(DataError) -> Void,
        finish: @escaping @Sendable (inout Worker, Place) throws(DataError) -> Void
    ) async throws(DataError) -> SourceFindings where Worker: ~Copyable {
        let files = try await pieces()
        var tally = FilterCounts()
        for file in files {
            guard let word = file.word, file.pieces.isEmpty else { continue }
            tally.exclude(word)
        }
        if files.allSatisfy({ $0.word != nil }) { try check(words: Set(files.compactMap(\.word))) }
        let all = files.enumerated().flatMap { file, found in
            found.pieces.enumerated().map { (place: Place(file: file, piece: $0), piece: $1) }
        }
        progress.begin(total: all.count)
        let (filter, skipsDamaged) = (filter, skipsDamaged)
        let found = ResultList<(tally: FilterCounts, file: Int, damage: DamagedFile?)>(count: all.count)
        try await forEachConcurrently(all.count, jobs: jobs, makeWorker: makeWorker) {
            (worker, number) throws(DataError) in
            let (place, piece) = all[number]
            var sieve = DrawingFilterPass(filter)
            let damage = try piece.forEachDrawing(skipsDamaged: skipsDamaged) {
                (drawing) throws(DataError) in
                guard sieve.takes(drawing) else { return }
                sieve.leaveOutStrokes(of: &drawing)
                try body(&worker, drawing, place)
            }
            try finish(&worker, place)
            found.set(number, (sieve.tally, place.file, damage))
            progress.advance()
        }
        var findings = SourceFindings()
        findings.tally = tally
        for part in found.all { findings.tally += part.tally }
        try check(words: findings.tally.words)
        findings.damaged = try damagedFiles(found.all.map { ($0.file, $0.damage) })
        return findings
    }

    /// Cuts the files into pieces, in order, of which many can be read at once; files of words that are not taken have
    /// none.
    private func pieces() async throws(DataError) -> [ChunkedFile] {
        let found = ResultList<ChunkedFile>(count: paths.count)
        let (paths, filter) = (paths, filter)
        try await forEachConcurrently(paths.count, jobs: jobs, makeWorker: { true }) {
            (_, number) throws(DataError) in
            var file = ChunkedFile()
            if filter.hasWords { file.word = try paths[number].soleDrawingWord() }
            if file.word.map({ filter.takes(word: $0) }) ?? true {
                file.pieces = try FileChunk.pieces(of: paths[number], length: Self.pieceLength)
            }
            found.set(number, file)
        }
        return found.all
    }

    private func check(words: Set<String>) throws(DataError) {
        try filter.check(words: words, of: sources.map(\.string).joined(separator: ", "))
    }

    /// Puts what was found in pieces together by files, each with the first place in the file.
    private func damagedFiles(_ parts: [(file: Int, damage: DamagedFile?)]) throws(DataError) -> [DamagedFile] {
        var damaged: [DamagedFile] = []
        var files: [Int] = []
        for (file, damage) in parts {
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
