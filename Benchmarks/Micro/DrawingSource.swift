import StrokeBank
import MaskGeneration
import ArgumentParser
import FileAccess
import MaskModel
import QuickDraw
import SystemPackage

/// Quick, Draw! files, and how much of them to take into the pool.
struct DrawingSource: ParsableArguments {
    @Argument(help: "A Quick, Draw! file, or a folder of them.")
    var source: String

    @Option(help: "How many drawings to take of a category, from the start of each file.")
    var drawingsPerFile = 1000

    @Option(help: "How many strokes to take of each drawing, at random.")
    var strokesPerDrawing = 1

    func paths() throws -> [FilePath] {
        try DrawingFiles(FilePath(source)).paths
    }

    func parts() throws -> [FileStrokes] {
        try paths().map {
            try FileStrokes($0, drawingLimit: drawingsPerFile, strokesPerDrawing: strokesPerDrawing, seed: 0)
        }
    }

    /// What makes training masks of all the drawings' strokes.
    func composer() throws -> (Composer<StrokePool>, strokeCount: Int) {
        let pool = StrokePool(try parts(), drawingLimit: drawingsPerFile)
        guard let composer = Composer(spec: .standard, seed: 0, split: .train, strokes: pool) else {
            throw ValidationError("\(source): no strokes; expected some")
        }
        return (composer, pool.strokeCount)
    }
}
