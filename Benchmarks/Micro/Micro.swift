// Times each step of the way of a mask, on one core, on the same masks. Run it in release:
//     swift run -c release micro-benchmarks DRAWINGS

import CairoRasterizer
import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import QuickDraw
import SystemPackage

@main
struct Micro {
    static let maskCount = 1000
    static let rounds = 5

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: micro-benchmarks DRAWINGS, a folder of .ndjson files")
            return
        }
        let files = try DrawingFiles(FilePath(CommandLine.arguments[1]))
        var parts: [PoolPart] = []
        let readSeconds = ContinuousClock().measure {
            parts = files.paths.compactMap {
                try? PoolPart($0, drawingLimit: 1000, strokesPerDrawing: 1, seed: 0)
            }
        }
        let bytes = try files.paths.reduce(0) { $0 + (try $1.fileSize()) }
        report("pool out of ndjson", readSeconds / .microseconds(1) / Double(bytes) * 1e6, "µs a MB")
        let pool = StrokePool(parts, drawingLimit: 1000)
        guard let composer = Composer(spec: .standard, seed: 0, split: .train, strokes: pool) else {
            print("no categories in \(CommandLine.arguments[1])")
            return
        }
        let masks = (0..<maskCount).map { composer.composition(index: $0).mask }
        time("compose") { blackHole(composer.composition(index: $0).mask.strokes.count) }

        var json = JSONWriter()
        time("JSON text") {
            json.removeAll()
            MaskRecord(mask: masks[$0], id: "00000_train").write(to: &json)
        }
        var svg: [UInt8] = []
        time("SVG text") {
            svg.removeAll(keepingCapacity: true)
            MaskRecord(mask: masks[$0], id: "00000_train").appendSVG(holeColor: .white, to: &svg)
        }
        for side in [512, 2048] {
            guard let size = PixelSize(width: side, height: side) else { continue }
            var raster = Raster(size: size)
            var exact = ExactRasterizer()
            try time("exact raster, \(side)") {
                try exact.rasterize(masks[$0], at: size, rows: 0..<side, into: &raster)
            }
            var cairo = CairoRasterizer()
            try time("cairo raster, \(side)") {
                try cairo.rasterize(masks[$0], at: size, rows: 0..<side, into: &raster)
            }
            let rasters = try masks.prefix(200).map { try exact.raster(of: $0, at: size) }
            for depth in MaskPNGEncoder.BitDepth.allCases {
                var total = 0
                var encoder = MaskPNGEncoder(bitDepth: depth)
                var bytes: [UInt8] = []
                time("PNG, \(depth.rawValue)-bit, \(side)") {
                    bytes.removeAll(keepingCapacity: true)
                    encoder.encode(rasters[$0 % 200], into: &bytes)
                    total += bytes.count
                }
                print("    \(total / maskCount / rounds) bytes a mask")
            }
        }
    }

    /// Runs `body` for every mask, several times, and prints the median time for one mask.
    static func time(_ name: String, _ body: (Int) throws -> Void) rethrows {
        var times: [Double] = []
        for _ in 0..<rounds {
            let clock = ContinuousClock()
            let start = clock.now
            for index in 0..<maskCount { try body(index) }
            times.append((clock.now - start) / .microseconds(1) / Double(maskCount))
        }
        times.sort()
        report(name, times[rounds / 2], "µs")
    }

    static func report(_ name: String, _ value: Double, _ unit: String) {
        let padding = String(repeating: " ", count: max(1, 24 - name.count))
        print("\(name)\(padding)\(DecimalText.string(value, decimals: 2)) \(unit)")
    }

    @inline(never)
    static func blackHole(_ value: Int) {}
}
