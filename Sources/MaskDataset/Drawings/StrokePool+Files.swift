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
            let strokes = try FileStrokes(
                paths[number], drawingLimit: settings.drawingsPerFile,
                strokesPerDrawing: settings.strokesPerDrawing, seed: seed, filter: settings.filter,
                skipsDamaged: settings.skipsDamaged)
            files.set(number, strokes)
            progress.advance()
        }
        self.init(files.all, drawingLimit: settings.drawingsPerFile)
        try settings.filter.check(words: findings.filterCounts.words, of: source.string)
    }
}
