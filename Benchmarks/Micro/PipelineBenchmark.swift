import MaskGeneration
import ArgumentParser
import CairoRasterizer
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec

/// Times the whole pipeline of a mask: composition, JSON text, raster, and PNG. An export does the same on each core and
/// also writes files; so its maximum rate is the number of cores times this rate.
struct PipelineBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline", abstract: "Generate masks as JSON text and 8-bit PNG, in memory.")

    enum Backend: String, ExpressibleByArgument {
        case cairo, exact
        /// Composition and JSON text only.
        case none
    }

    @OptionGroup var source: DrawingSource

    @Option(help: "The rasterizer: cairo, exact, or none for JSON only.")
    var backend = Backend.exact

    @Option(help: "The minimum duration of the measurement, in seconds.")
    var seconds = 1.0

    @Option(help: "The number of masks per pass.")
    var masks = 10_000

    func run() throws {
        let start = ContinuousClock.now
        let (composer, strokeCount) = try source.composer()
        let reading = (ContinuousClock.now - start) / .seconds(1)
        let passes =
            switch backend {
            case .cairo: try measure(composer, CairoRasterizer())
            case .exact, .none: try measure(composer, ExactRasterizer())
            }
        printLine { json in
            json.member("backend", backend.rawValue)
            json.member("strokes", strokeCount)
            json.member("reading", reading, decimals: 9)
            json.member("masks", masks * passes.count)
            json.member("seconds", passes.seconds, decimals: 9)
            json.member("cpu_seconds", passes.cpuSeconds, decimals: 9)
        }
    }

    private func measure<Rasterizer: BinaryRasterizer & ~Copyable>(
        _ composer: Composer<some StrokeSource>, _ rasterizer: consuming Rasterizer
    ) throws -> Passes {
        var rasterizer = rasterizer
        var raster = SpanMask(size: .standard)
        var encoder = MaskPNGEncoder()
        var json = JSONWriter()
        var bytes: [UInt8] = []
        return try Passes(seconds: seconds, warmingUp: false) {
            for index in 0..<masks {
                let composition = try composer.composition(index: index)
                var holeRatio = 0.0
                if backend != .none {
                    try rasterizer.rasterize(composition.mask, at: .standard, rows: 0..<512, into: &raster)
                    holeRatio = raster.holeRatio
                    bytes.removeAll(keepingCapacity: true)
                    encoder.encode(raster, into: &bytes)
                }
                json.removeAll()
                MaskRecord(
                    mask: composition.mask, id: "00000_train", split: .train, index: index,
                    upscale: composition.upscale, holeRatio: holeRatio
                ).write(to: &json)
                json.endLine()
            }
        }
    }
}
