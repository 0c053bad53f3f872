import FileAccess
import QuickDraw
import StrokeBank
import SystemPackage

extension StrokePool {
    /// Reads the drawings of a source, in up to `jobs` tasks with a file each.
    init(
        source: FilePath, settings: PoolSettings, seed: UInt64, jobs: Int, progress: WorkProgress
    ) async throws(DataError) {
        let files = try DrawingFileList(source).files
        let strokes = OrderedResults<FileStrokes>(count: files.count)
        progress.begin(total: files.count)
        try await forEachConcurrently(files.count, jobs: jobs) { (number) throws(DataError) in
            strokes.set(number, try FileStrokes(files[number], settings: settings, seed: seed))
            progress.advance()
        }
        try self.init(strokes.all, of: source, settings: settings)
    }

    /// Reads the drawings of a source, one file after the other.
    init(source: FilePath, settings: PoolSettings, seed: UInt64) throws(DataError) {
        var strokes: [FileStrokes] = []
        for file in try DrawingFileList(source).files {
            strokes.append(try FileStrokes(file, settings: settings, seed: seed))
        }
        try self.init(strokes, of: source, settings: settings)
    }

    private init(_ files: [FileStrokes], of source: FilePath, settings: PoolSettings) throws(DataError) {
        self.init(files, drawingLimit: settings.drawingsPerFile)
        try settings.filter.check(words: findings.filterCounts.words, of: source.string)
    }
}

extension FileStrokes {
    /// Reads the strokes of one file that `settings` choose.
    fileprivate init(_ file: DrawingFile, settings: PoolSettings, seed: UInt64) throws(DataError) {
        try self.init(
            file, drawingLimit: settings.drawingsPerFile, strokesPerDrawing: settings.strokesPerDrawing, seed: seed,
            filter: settings.filter, skipsDamaged: settings.skipsDamaged)
    }
}
