import ArgumentParser
import CairoRasterizer
import JSONText
import MaskModel
import MaskRaster
import PNGCodec

/// Times vector masks to rasters and to PNG with both backends, for the comparison with other programs.
struct MasksBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masks", abstract: "Draw masks and write them as PNG, in memory.")

    enum Way: String, CaseIterable, ExpressibleByArgument {
        case exact
        case exact8 = "exact-8"
        case exact1 = "exact-1"
        case cairo
        case cairo8 = "cairo-8"
        case cairo1 = "cairo-1"

        var bitDepth: MaskPNGEncoder.BitDepth? {
            switch self {
            case .exact, .cairo: nil
            case .exact8, .cairo8: .eight
            case .exact1, .cairo1: .one
            }
        }
    }

    @OptionGroup var input: MaskFile

    @Option(help: "The minimum duration of each measurement, in seconds.")
    var seconds = 0.2

    @Option(parsing: .upToNextOption, help: "The combinations of backend and PNG bit depth to measure.")
    var ways = Way.allCases

    func run() throws {
        let masks = try input.masks()
        let size = try input.imageSize()
        for way in ways {
            switch way {
            case .exact, .exact8, .exact1: try measure(way, ExactRasterizer(), masks, size)
            case .cairo, .cairo8, .cairo1: try measure(way, CairoRasterizer(), masks, size)
            }
        }
    }

    /// Draws band by band and writes each band immediately, as the program does.
    private func measure<Rasterizer: BinaryRasterizer & ~Copyable>(
        _ way: Way, _ rasterizer: consuming Rasterizer, _ masks: [VectorMask], _ size: PixelSize
    ) throws {
        var rasterizer = rasterizer
        var raster = SpanMask(size: .smallest)
        var encoder = MaskPNGEncoder(bitDepth: way.bitDepth ?? .eight)
        var bytes: [UInt8] = []
        var byteCount = 0
        let passes = try Passes(seconds: seconds) {
            byteCount = 0
            for mask in masks {
                bytes.removeAll(keepingCapacity: true)
                if way.bitDepth != nil { encoder.begin(size) }
                for rows in ImageBands(of: size) {
                    try rasterizer.rasterize(mask, at: size, rows: rows, into: &raster)
                    guard way.bitDepth != nil else { continue }
                    encoder.append(raster)
                    encoder.takeBytes(into: &bytes)
                }
                if way.bitDepth != nil { encoder.finish(into: &bytes) }
                byteCount += bytes.count
            }
        }
        printLine { json in
            json.member("way", way.rawValue)
            json.member("masks", masks.count * passes.count)
            json.member("seconds", passes.seconds, decimals: 9)
            json.member("bytes", Double(byteCount) / Double(masks.count), decimals: 1)
        }
    }
}
