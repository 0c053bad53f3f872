import StrokeBank
import ArgumentParser
import FileAccess
import JSONText
import QuickDraw

/// Times reading NDJSON into the stroke pool: all drawings of all files, sequentially.
struct PoolBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool", abstract: "Read all drawings of Quick, Draw! files into the stroke pool, in one thread.")

    @OptionGroup var source: DrawingSource

    @Option(help: "The minimum duration of the measurement, in seconds.")
    var seconds = 0.5

    func run() throws {
        let paths = try source.paths()
        let byteCount = try paths.reduce(0) { $0 + (try $1.fileSize()) }
        var drawingCount = 0
        let passes = try Passes(seconds: seconds) {
            drawingCount = 0
            for path in paths {
                let part = try SampledFileStrokes(
                    path, drawingLimit: .max, strokesPerDrawing: source.strokesPerDrawing, seed: 0)
                drawingCount += part.drawingCount
            }
        }
        printLine { json in
            json.member("bytes", byteCount * passes.count)
            json.member("seconds", passes.seconds, decimals: 9)
            json.member("cpu_seconds", passes.cpuSeconds, decimals: 9)
            json.member("drawings", drawingCount)
        }
    }
}
