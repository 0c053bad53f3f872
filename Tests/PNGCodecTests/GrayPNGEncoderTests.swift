import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import Testing
import ZlibReference

/// The pixels of a PNG of 8-bit gray, by zlib and the PNG specification's filters 0 and 2; nil if it is none.
private func pixels(of file: [UInt8], _ size: PixelSize) -> [UInt8]? {
    guard let chunks = PNGChunk.all(of: file), chunks.first?.type == "IHDR", chunks.last?.type == "IEND",
        chunks.allSatisfy({ $0.checksum == $0.expectedChecksum }),
        chunks[0].data == bigEndianBytes(size.width) + bigEndianBytes(size.height) + [8, 0, 0, 0, 0],
        chunks.dropFirst().dropLast().allSatisfy({ $0.type == "IDAT" }),
        let rows = inflated(chunks.filter { $0.type == "IDAT" }.flatMap(\.data), count: (size.width + 1) * size.height)
    else { return nil }
    var above = [UInt8](repeating: 0, count: size.width)
    var pixels: [UInt8] = []
    for start in stride(from: 0, to: rows.count, by: size.width + 1) {
        let row = rows[start + 1...start + size.width]
        switch rows[start] {
        case 0: above = Array(row)
        case 2: above = zip(row, above).map { $0 &+ $1 }
        default: return nil
        }
        pixels += above
    }
    return pixels
}

extension GrayImage {
    /// Levels that the seed alone determines: runs of black, white and any gray.
    fileprivate static func random(seed: Int, size: PixelSize) throws -> GrayImage {
        var random = RandomStream(seed: 0x50F7, use: .strokeChoice, index: UInt64(seed))
        var levels: [UInt8] = []
        while levels.count < size.area {
            let level = [0, 255, UInt8(random.uniform(below: 256))][random.uniform(below: 3)]
            let count = min(1 + random.uniform(below: [2, 9, 400][random.uniform(below: 3)]), size.area - levels.count)
            levels += repeatElement(level, count: count)
        }
        return try #require(GrayImage(size: size, levels: levels))
    }
}

private let sizes = [
    PixelSize.px(1, 1), .px(2, 1), .px(1, 50), .px(7, 3), .px(8, 2), .px(9, 2), .px(64, 3), .px(130, 14), .px(3000, 5),
    .px(33_000, 2),
]

@Suite struct GrayPNGEncoderTests {
    @Test(arguments: sizes, GrayPNGEncoder.Filter.allCases)
    func `levels are read back by zlib, whichever filter is chosen`(
        size: PixelSize, filter: GrayPNGEncoder.Filter
    ) throws {
        for seed in 0..<6 {
            let raster = try GrayImage.random(seed: seed, size: size)
            let file = GrayPNGEncoder.encode(raster, filter: filter)
            #expect(pixels(of: file, size) == raster.levels)
        }
    }

    @Test(arguments: GrayPNGEncoder.Filter.allCases)
    func `black holes are 255 less the level`(filter: GrayPNGEncoder.Filter) throws {
        let raster = try GrayImage.random(seed: 3, size: .px(40, 30))
        let file = GrayPNGEncoder.encode(raster, filter: filter, holeColor: .black)
        #expect(pixels(of: file, .px(40, 30)) == raster.levels.map { 255 - $0 })
    }

    @Test(arguments: GrayPNGEncoder.Filter.allCases)
    func `libpng reads an image at any threshold`(filter: GrayPNGEncoder.Filter) throws {
        let raster = try GrayImage.random(seed: 4, size: .px(40, 30))
        let file = GrayPNGEncoder.encode(raster, filter: filter)
        for threshold in [UInt8(1), 128, 255] {
            let read = try PNGReader(threshold: threshold).raster(from: file)
            for y in 0..<30 {
                for x in 0..<40 { #expect(read[x, y] == (raster[x, y] >= threshold)) }
            }
        }
    }

    @Test(arguments: GrayPNGEncoder.Filter.allCases)
    func `every level has room in an image of all of them`(filter: GrayPNGEncoder.Filter) throws {
        let levels = (0..<65_536).map { (place: Int) -> UInt8 in UInt8((place * 7 + place / 256 * 13) % 256) }
        let raster = try #require(GrayImage(size: .px(256, 256), levels: levels))
        let file = GrayPNGEncoder.encode(raster, filter: filter)
        #expect(pixels(of: file, .px(256, 256)) == levels)
    }

    @Test(arguments: GrayPNGEncoder.Filter.allCases)
    func `an image in bands is the image`(filter: GrayPNGEncoder.Filter) throws {
        let raster = try GrayImage.random(seed: 5, size: .px(300, 200))
        var encoder = GrayPNGEncoder(filter: filter)
        // What is left of another image does not matter.
        encoder.begin(.px(7, 7))
        encoder.append(try GrayImage.random(seed: 6, size: .px(7, 5)))
        var file: [UInt8] = []
        encoder.begin(raster.size)
        for start in stride(from: 0, to: 200, by: 30) {
            let levels = Array(raster.levels[start * 300..<min(start + 30, 200) * 300])
            encoder.append(try #require(GrayImage(size: .px(300, levels.count / 300), levels: levels)))
            encoder.takeBytes(into: &file)
        }
        encoder.finish(into: &file)
        #expect(pixels(of: file, raster.size) == raster.levels)
    }

    @Test func `rows that are not those of the image stop the program`() async {
        await #expect(processExitsWith: .failure) {
            var encoder = GrayPNGEncoder()
            encoder.append(GrayImage(size: .px(1, 1)))
        }
        for width in [3, 5, 100] {
            await #expect(processExitsWith: .failure) { [width = width as Int] in
                var encoder = GrayPNGEncoder()
                encoder.begin(.px(4, 2))
                encoder.append(GrayImage(size: .px(width, 2)))
            }
        }
        await #expect(processExitsWith: .failure) {
            var encoder = GrayPNGEncoder()
            encoder.begin(.px(4, 2))
            encoder.append(GrayImage(size: .px(4, 3)))
        }
    }
}
