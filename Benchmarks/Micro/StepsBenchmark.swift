import ArgumentParser
import CairoRasterizer
import JSONText
import MaskFormats
import MaskGeneration
import MaskModel
import MaskRaster
import PNGCodec

/// Times each step from strokes to encoded masks separately, at 512×512.
struct StepsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steps", abstract: "Time each step from strokes to encoded masks separately, at 512×512.")

    @OptionGroup var source: DrawingSource

    @Option(help: "The number of masks.")
    var masks = 1000

    @Option(help: "The minimum duration of each measurement, in seconds.")
    var seconds = 0.2

    @Option(help: "Measure only steps whose names start with this text.")
    var only = ""

    func run() throws {
        let (composer, _) = try source.composer()
        let size = PixelSize.standard
        var count = 0
        time("compose") { count += composer.composition(index: $0).mask.strokes.count }
        let drawn = (0..<masks).map { composer.composition(index: $0).mask }
        var json = JSONWriter()
        time("JSON text") {
            json.removeAll()
            MaskRecord(mask: drawn[$0], id: "00000_train").write(to: &json)
        }
        var svg: [UInt8] = []
        time("SVG text") {
            svg.removeAll(keepingCapacity: true)
            MaskRecord(mask: drawn[$0], id: "00000_train").appendSVG(holeColor: .white, to: &svg)
        }
        var raster = SpanMask(size: size)
        var exact = ExactRasterizer()
        try time("exact raster") {
            try exact.rasterize(drawn[$0], at: size, rows: 0..<size.height, into: &raster)
        }
        var cairo = CairoRasterizer()
        try time("cairo raster") {
            try cairo.rasterize(drawn[$0], at: size, rows: 0..<size.height, into: &raster)
        }
        let images = try drawn.map { try exact.raster(of: $0, at: size) }
        for depth in MaskPNGEncoder.BitDepth.allCases {
            var encoder = MaskPNGEncoder(bitDepth: depth)
            var bytes: [UInt8] = []
            time("PNG, \(depth.rawValue)-bit") {
                bytes.removeAll(keepingCapacity: true)
                encoder.encode(images[$0], into: &bytes)
            }
        }
        // So that the compiler cannot remove the composition.
        precondition(count > 0 || !only.isEmpty)
    }

    /// Runs `body` for every mask and prints the mean time per mask.
    private func time(_ step: String, _ body: (Int) throws -> Void) rethrows {
        guard step.hasPrefix(only) else { return }
        let passes = try Passes(seconds: seconds) { for index in 0..<masks { try body(index) } }
        printLine { json in
            json.member("step", step)
            json.member("microseconds", passes.seconds / Double(passes.count * masks) * 1e6, decimals: 3)
            json.member("cpu_microseconds", passes.cpuSeconds / Double(passes.count * masks) * 1e6, decimals: 3)
        }
    }
}
