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
        let strokes = OrderedResults<SampledFileStrokes>(count: files.count)
        progress.begin(total: files.count)
        try await forEachConcurrently(files.count, jobs: jobs) { (number) throws(DataError) in
            strokes.set(number, try SampledFileStrokes(files[number], settings: settings, seed: seed))
            progress.advance()
        }
        try self.init(strokes.all, of: source, settings: settings)
    }

    /// Reads the drawings of a source, one file after the other.
    init(source: FilePath, settings: PoolSettings, seed: UInt64) throws(DataError) {
        var strokes: [SampledFileStrokes] = []
        for file in try DrawingFileList(source).files {
            strokes.append(try SampledFileStrokes(file, settings: settings, seed: seed))
        }
        try self.init(strokes, of: source, settings: settings)
    }

    private init(_ files: [SampledFileStrokes], of source: FilePath, settings: PoolSettings) throws(DataError) {
        self.init(files, drawingLimit: settings.drawingsPerFile)
        if files.allSatisfy({ $0.drawingCount == 0 }), skippedContents.filterCounts == FilterCounts() {
            throw .noDrawings(source, skippedContents.corruptFiles)
        }
        try settings.filter.check(words: skippedContents.filterCounts.words, of: source.string)
    }
}

extension SampledFileStrokes {
    /// Reads the strokes of one file that `settings` choose.
    fileprivate init(_ file: DrawingFile, settings: PoolSettings, seed: UInt64) throws(DataError) {
        try self.init(
            file, drawingLimit: settings.drawingsPerFile, strokesPerDrawing: settings.strokesPerDrawing, seed: seed,
            filter: settings.filter, skipsDamaged: settings.skipsDamaged)
    }
}
