import FileAccess
import QuickDraw
import StrokeBank
import SystemPackage

extension StrokePool {
    /// Reads the drawings of a source, in up to `jobs` tasks with a file each.
    init(
        source: FilePath, settings: PoolSettings, seed: UInt64, jobs: Int, progress: WorkProgress
    ) async throws(DataError) {
        let paths = try DrawingFiles(source).paths
        let files = ResultList<FileStrokes>(count: paths.count)
        progress.begin(total: paths.count)
        try await forEachConcurrently(paths.count, jobs: jobs) { (number) throws(DataError) in
            files.set(number, try FileStrokes(paths[number], settings: settings, seed: seed))
            progress.advance()
        }
        try self.init(files.all, of: source, settings: settings)
    }

    /// Reads the drawings of a source, one file after the other.
    init(source: FilePath, settings: PoolSettings, seed: UInt64) throws(DataError) {
        var files: [FileStrokes] = []
        for path in try DrawingFiles(source).paths {
            files.append(try FileStrokes(path, settings: settings, seed: seed))
        }
        try self.init(files, of: source, settings: settings)
    }

    private init(_ files: [FileStrokes], of source: FilePath, settings: PoolSettings) throws(DataError) {
        self.init(files, drawingLimit: settings.drawingsPerFile)
        try settings.filter.check(words: findings.filterCounts.words, of: source.string)
    }
}

extension FileStrokes {
    /// Reads the strokes of one file that `settings` choose.
    fileprivate init(_ path: FilePath, settings: PoolSettings, seed: UInt64) throws(DataError) {
        try self.init(
            path, drawingLimit: settings.drawingsPerFile, strokesPerDrawing: settings.strokesPerDrawing, seed: seed,
            filter: settings.filter, skipsDamaged: settings.skipsDamaged)
    }
}
