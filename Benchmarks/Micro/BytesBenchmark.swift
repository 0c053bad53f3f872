import ArgumentParser
internal import CLibpngWriter
import JSONText
import MaskModel
import MaskRaster
import PNGCodec

/// Compares the sizes of our PNGs with those of libpng with default settings, for the same rasters.
struct BytesBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bytes", abstract: "Write the same rasters as PNG with our writer and with libpng.")

    struct LibpngError: Error, CustomStringConvertible {
        let description = "libpng failed to write a PNG"
    }

    @OptionGroup var input: MaskFile

    func run() throws {
        let masks = try input.masks()
        let size = try input.imageSize()
        var rasterizer = ExactRasterizer()
        var file = unsafe libpng_file()
        defer { unsafe libpng_file_free(&file) }
        for depth in MaskPNGEncoder.BitDepth.allCases {
            var (ours, libpng) = (0, 0)
            var (oursTime, libpngTime) = (Duration.zero, Duration.zero)
            let clock = ContinuousClock()
            var encoder = MaskPNGEncoder(bitDepth: depth)
            var bytes: [UInt8] = []
            for mask in masks {
                let raster = try rasterizer.raster(of: mask, at: size)
                bytes.removeAll(keepingCapacity: true)
                oursTime += clock.measure { encoder.encode(raster, into: &bytes) }
                ours += bytes.count
                let rows = Bitmap(raster).packedRows(depth)
                var status: CInt = 0
                libpngTime += clock.measure {
                    status = unsafe libpng_write(
                        &file, rows, UInt32(size.width), UInt32(size.height), CInt(depth.rawValue))
                }
                guard status == 0 else { throw LibpngError() }
                unsafe libpng += file.count
            }
            let count = Double(masks.count)
            printLine { json in
                json.member("bit_depth", depth.rawValue)
                json.member("masks", masks.count)
                json.member("ours", Double(ours) / count, decimals: 1)
                json.member("libpng", Double(libpng) / count, decimals: 1)
                json.member("ours_seconds", oursTime / .seconds(1) / count, decimals: 9)
                json.member("libpng_seconds", libpngTime / .seconds(1) / count, decimals: 9)
            }
        }
    }
}

extension Bitmap {
    /// Returns all rows in the pixel format of PNG before filtering, without padding between rows.
    fileprivate func packedRows(_ depth: MaskPNGEncoder.BitDepth) -> [UInt8] {
        var bytes: [UInt8] = []
        for y in 0..<size.height {
            let words = Array(words(ofRow: y))
            switch depth {
            case .eight:
                for x in 0..<size.width { bytes.append(words[x >> 6] >> UInt64(x & 63) & 1 == 1 ? 255 : 0) }
            case .one:
                // In PNG, the first pixel is the most significant bit of a byte.
                for index in 0..<(size.width + 7) / 8 {
                    let bits = UInt8(truncatingIfNeeded: words[index / 8] >> UInt64(index % 8 * 8))
                    bytes.append((0..<8).reduce(0) { $0 | (bits >> $1 & 1) << (7 - $1) })
                }
            }
        }
        return bytes
    }
}
