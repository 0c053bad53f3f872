import CZlib
import MaskModel
import MaskRaster
import PNGCodec

extension ReaderFuzzer {
    /// An image to be mutated, how it is read, and what it shows.
    struct Image {
        let bytes: [UInt8]
        let reader: PNGReader
        let bitmap: Bitmap
    }

    /// Images of the program's own, and of every depth and color type, interlaced or not.
    mutating func images() throws -> [Image] {
        var images: [Image] = []
        for bitDepth in [MaskPNGEncoder.BitDepth.one, .eight] {
            for holeColor in [HoleColor.white, .black] {
                let size = PixelSize(width: 1 + mutator.below(70), height: 1 + mutator.below(40)) ?? .smallest
                var bitmap = Bitmap(size: size)
                for row in 0..<size.height {
                    let start = mutator.below(size.width)
                    bitmap.fill(columns: start...(start + mutator.below(size.width - start)), row: row)
                }
                let bytes = MaskPNGEncoder.encode(SpanMask(bitmap), bitDepth: bitDepth, holeColor: holeColor)
                images.append(Image(bytes: bytes, reader: PNGReader(holeColor: holeColor), bitmap: bitmap))
            }
        }
        for (color, depths) in [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
            as [UInt8: [UInt8]]
        {
            for depth in depths {
                for isInterlaced in [false, true] {
                    let bytes = foreignPNG(color: color, depth: depth, isInterlaced: isInterlaced)
                    let reader = PNGReader(threshold: 128, channel: [.luminance, .red][mutator.below(2)])
                    images.append(Image(bytes: bytes, reader: reader, bitmap: try reader.raster(from: bytes)))
                }
            }
        }
        return images
    }

    /// All of a PNG is checksummed: what is read is what was written.
    mutating func fuzz(_ image: Image) throws {
        var bytes = image.bytes
        mutator.mutate(&bytes)
        report.byteCount += bytes.count
        do {
            guard try image.reader.raster(from: bytes) == image.bitmap else {
                throw FuzzFinding(problem: "another image", file: bytes)
            }
            report.readCount += 1
        } catch let finding as FuzzFinding {
            throw finding
        } catch {
            report.refusedCount += 1
        }
    }

    /// With valid checksums, anything may be read, but nothing may crash or hang.
    mutating func fuzzSealed(_ image: Image) throws {
        var bytes = image.bytes
        mutator.mutate(&bytes, from: 8)
        Self.sealChunks(of: &bytes)
        report.byteCount += bytes.count
        var reader = image.reader
        reader.channel = [nil, .alpha, .luminance, .red][mutator.below(4)]
        do throws(PNGError) {
            _ = try reader.raster(from: bytes)
            report.readCount += 1
        } catch {
            report.refusedCount += 1
        }
    }

    private static func sealChunks(of bytes: inout [UInt8]) {
        var place = 8
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - place - 12 else { return }
            let checksum = checksum(of: bytes[place + 4..<place + 8 + length])
            for index in 0..<4 {
                bytes[place + 8 + length + index] = UInt8(truncatingIfNeeded: checksum >> UInt32(24 - 8 * index))
            }
            place += 12 + length
        }
    }

    private static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        UInt32(
            truncatingIfNeeded: unsafe bytes.withUnsafeBufferPointer {
                unsafe crc32(0, $0.baseAddress, UInt32($0.count))
            })
    }

    /// A PNG of random samples, with any filters.
    private mutating func foreignPNG(color: UInt8, depth: UInt8, isInterlaced: Bool) -> [UInt8] {
        let (width, height) = (1 + mutator.below(20), 1 + mutator.below(20))
        let bits = Int(depth) * [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][color, default: 1]
        // The first column and row of each pass, and the steps between them.
        let passes =
            isInterlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)]
        var rows: [UInt8] = []
        for (x, y, stepX, stepY) in passes where x < width && y < height {
            let count = (width - x + stepX - 1) / stepX
            for _ in 0..<(height - y + stepY - 1) / stepY {
                rows.append(UInt8(mutator.below(5)))
                for _ in 0..<(count * bits + 7) / 8 { rows.append(mutator.byte()) }
            }
        }
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        Self.appendChunk(
            "IHDR", [0, 0, 0, UInt8(width), 0, 0, 0, UInt8(height), depth, color, 0, 0, isInterlaced ? 1 : 0],
            to: &bytes)
        if color == 3 {
            Self.appendChunk("PLTE", (0..<3 << Int(depth)).map { _ in mutator.byte() }, to: &bytes)
            Self.appendChunk("tRNS", [0, 128, 255][..<min(3, 1 << Int(depth))].map { $0 }, to: &bytes)
        }
        Self.appendChunk("IDAT", compressed(rows, as: .zlib), to: &bytes)
        Self.appendChunk("IEND", [], to: &bytes)
        return bytes
    }

    private static func appendChunk(_ type: String, _ data: [UInt8], to bytes: inout [UInt8]) {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: data.count >> shift)) }
        let chunk = Array(type.utf8) + data
        bytes += chunk
        let checksum = checksum(of: chunk[...])
        for shift: UInt32 in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: checksum >> shift)) }
    }
}
