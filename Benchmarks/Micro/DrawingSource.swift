import StrokeBank
import MaskGeneration
import ArgumentParser
import FileAccess
import MaskModel
import QuickDraw
import SystemPackage

/// Options for Quick, Draw! files, and for how much of them the pool contains.
struct DrawingSource: ParsableArguments {
    @Argument(help: "A Quick, Draw! file, or a folder of them.")
    var source: String

    @Option(help: "The number of drawings per category, from the start of each file.")
    var drawingsPerFile = 1000

    @Option(help: "The number of random strokes per drawing.")
    var strokesPerDrawing = 1

    func paths() throws -> [FilePath] {
        try DrawingFileList(FilePath(source)).paths
    }

    func parts() throws -> [SampledFileStrokes] {
        try paths().map {
            try SampledFileStrokes($0, drawingLimit: drawingsPerFile, strokesPerDrawing: strokesPerDrawing, seed: 0)
        }
    }

    /// Returns a composer of train masks of the strokes of all drawings.
    func composer() throws -> (Composer<StrokePool>, strokeCount: Int) {
        let pool = StrokePool(try parts(), drawingLimit: drawingsPerFile)
        guard let composer = Composer(spec: .standard, seed: 0, split: .train, strokes: pool) else {
            throw ValidationError("\(source): no strokes; expected at least 1")
        }
        return (composer, pool.strokeCount)
    }
}
