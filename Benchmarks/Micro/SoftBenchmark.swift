import ArgumentParser
import JSONText
import MaskModel
import MaskRaster
import PNGCodec

/// Times vector masks to images with soft edges, and to PNG.
struct SoftBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soft", abstract: "Draw masks with soft edges and write them as PNG, in memory.")

    @OptionGroup var input: MaskFile

    @Option(help: "The minimum duration of each measurement, in seconds.")
    var seconds = 0.2

    @Option(parsing: .upToNextOption, help: "The widths of feathered edges, in canvas px.")
    var feathers = [4.0, 16]

    func run() throws {
        let masks = try input.masks()
        let size = try input.imageSize()
        try measure("antialias", AntialiasingRasterizer(), .none, masks, size)
        for distance in feathers {
            guard let feather = FeatherDistance(distance: distance) else {
                throw ValidationError("--feathers \(distance); expected \(FeatherDistance.distances)")
            }
            try measure("feather-\(distance)", FeatherRasterizer(feather), .up, masks, size)
        }
    }

    /// Draws band by band and writes each band immediately, as the program does.
    private func measure(
        _ way: String, _ rasterizer: consuming some ImageRasterizer<GrayImage> & ~Copyable,
        _ filter: GrayPNGEncoder.Filter,
        _ masks: [VectorMask], _ size: PixelSize
    ) throws {
        var rasterizer = rasterizer
        var raster = GrayImage(size: .smallest)
        var encoder = GrayPNGEncoder(filter: filter)
        var bytes: [UInt8] = []
        for isEncoded in [false, true] {
            var byteCount = 0
            let passes = try Passes(seconds: seconds) {
                byteCount = 0
                for mask in masks {
                    bytes.removeAll(keepingCapacity: true)
                    encoder.begin(size)
                    for rows in ImageBands(of: size) {
                        try rasterizer.rasterize(mask, at: size, rows: rows, into: &raster)
                        guard isEncoded else { continue }
                        encoder.append(raster)
                        encoder.takeBytes(into: &bytes)
                    }
                    if isEncoded { encoder.finish(into: &bytes) }
                    byteCount += bytes.count
                }
            }
            printLine { json in
                json.member("way", way + (isEncoded ? "-png" : ""))
                json.member("masks", masks.count * passes.count)
                json.member("seconds", passes.seconds, decimals: 9)
                json.member("per_second", Double(masks.count * passes.count) / passes.cpuSeconds, decimals: 0)
                json.member("bytes", Double(byteCount) / Double(masks.count), decimals: 1)
            }
        }
    }
}
