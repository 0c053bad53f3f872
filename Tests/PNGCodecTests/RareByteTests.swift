import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import Testing
import ZlibReference

/// Thirteen counts that grow like Fibonacci's numbers: each is above the sum of `base` and all but the last. The rarest
/// symbols of a block with such counts have the longest codes that deflate has, 15 bits.
private func growingCounts(above base: Int) -> [Int] {
    var (counts, sum) = ([base], base)
    while counts.count < 13 {
        counts.append(sum + 1)
        sum += counts[counts.count - 2]
    }
    return counts
}

/// The data of a file, inflated by zlib.
private func inflatedData(_ file: [UInt8], count: Int) -> [UInt8]? {
    inflated((PNGChunk.all(of: file) ?? []).filter { $0.type == "IDAT" }.flatMap(\.data), count: count)
}

/// A file was corrupt, without an error, where the rarest byte was followed by three zeros: 60 bits in one write of 56.
@Suite struct RareByteTests {
    @Test(arguments: [1, 2, 3, 4, 258, 259, 260, 261], 2...5)
    func `a 1-bit row in which each byte is rarer than the next is read back`(
        zeros: Int, base: Int
    ) throws {
        // The filter byte of the row is the rarest.
        var bytes = [UInt8](repeating: 0, count: zeros)
        for (index, count) in growingCounts(above: base).enumerated() {
            bytes += [UInt8](repeating: UInt8(20 + index), count: count)
        }
        let holeColor: HoleColor = zeros % 2 == 0 ? .white : .black
        // A pixel of the row is white where a bit is 1, the first pixel in the highest bit.
        var raster = Bitmap(size: .px(8 * bytes.count, 1))
        for column in 0..<8 * bytes.count {
            let isWhite = bytes[column / 8] >> UInt8(7 - column % 8) & 1 == 1
            if isWhite == (holeColor == .white) { raster.fill(columns: column...column, row: 0) }
        }
        let file = MaskPNGEncoder.encode(raster, bitDepth: .one, holeColor: holeColor)
        #expect(inflatedData(file, count: bytes.count + 1) == [2] + bytes)
        #expect(try PNGReader(holeColor: holeColor).raster(from: file) == raster)
    }

    @Test(arguments: [3, 4, 5, 258, 259, 260, 261, 517], 3...6)
    func `a gray row in which each level is rarer than the next is read back`(
        repeats: Int, base: Int
    ) throws {
        let filter: GrayPNGEncoder.Filter = repeats % 2 == 0 ? .none : .up
        var levels = [UInt8](repeating: 7, count: repeats + 1)
        for (index, count) in growingCounts(above: base).enumerated() {
            // No two neighbors are equal.
            levels += (0..<count).map { UInt8(20 + 2 * index + $0 % 2) }
        }
        let image = try #require(GrayImage(size: .px(levels.count, 1), levels: levels))
        let file = GrayPNGEncoder.encode(image, filter: filter)
        #expect(inflatedData(file, count: levels.count + 1) == [filter.rawValue] + levels)
    }

    @Test(arguments: [3, 258, 259, 260, 513, 775], HoleColor.allCases)
    func `8-bit rows in which each length of a run is rarer than the next are read back`(
        length: Int, holeColor: HoleColor
    ) throws {
        var lengths = [length, length]
        // The shortest lengths of 13 symbols, and a byte more for the literal.
        let symbolLengths = [116, 100, 84, 68, 60, 52, 44, 36, 32, 28, 24, 20, 18]
        for (length, count) in zip(symbolLengths, growingCounts(above: 4)) {
            lengths += repeatElement(length, count: count)
        }
        var raster = Bitmap(size: .px(32_000, 3))
        var place = 0
        for (index, length) in lengths.enumerated() {
            let (row, column) = (place / 32_000, place % 32_000)
            if index % 2 == 1, column + length <= 32_000, row < 3 {
                raster.fill(columns: column...column + length - 1, row: row)
            }
            place += length
        }
        let file = MaskPNGEncoder.encode(raster, holeColor: holeColor)
        #expect(try PNGReader(holeColor: holeColor).raster(from: file) == raster)
    }
}
