import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import Testing
import ZlibReference

private typealias Color = IndexedImage.Color

private let blackAndWhite = [Color(red: 0, green: 0, blue: 0), Color(red: 255, green: 255, blue: 255)]

@Suite struct IndexedImageTests {
    @Test func `a new image is in the first color`() {
        let image = IndexedImage(size: .px(3, 2), palette: blackAndWhite)
        #expect(image.pixels == [0, 0, 0, 0, 0, 0])
    }

    @Test func `the file has a palette and the pixels' indices`() throws {
        let colors = [
            Color(red: 1, green: 2, blue: 3), Color(red: 40, green: 50, blue: 60), Color(red: 255, green: 0, blue: 9),
        ]
        var image = IndexedImage(size: .px(3, 2), palette: colors)
        image.pixels = [0, 1, 2, 2, 2, 0]
        let chunks = try #require(PNGChunk.all(of: image.encoded()))
        #expect(chunks.map(\.type) == ["IHDR", "PLTE", "IDAT", "IEND"])
        #expect(chunks.map(\.checksum) == chunks.map(\.expectedChecksum))
        #expect(chunks[0].data == [0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0])
        #expect(chunks[1].data == [1, 2, 3, 40, 50, 60, 255, 0, 9])
        #expect(inflated(chunks[2].data, count: 8) == [0, 0, 1, 2, 0, 2, 2, 0])
    }

    @Test(arguments: 0..<10)
    func `an image in black and white is read back by libpng`(seed: Int) throws {
        let raster = Bitmap.random(seed: seed, size: .px(13 + seed, 9), percent: seed * 11)
        var image = IndexedImage(size: raster.size, palette: blackAndWhite)
        for y in 0..<raster.size.height {
            for x in 0..<raster.size.width where raster[x, y] { image.pixels[y * raster.size.width + x] = 1 }
        }
        let read = try PNGReader().raster(from: image.encoded())
        #expect(read == raster)
    }

    @Test func `256 colors are told apart by their brightness`() throws {
        let grays = (0..<256).map { Color(red: UInt8($0), green: UInt8($0), blue: UInt8($0)) }
        var image = IndexedImage(size: .px(256, 1), palette: grays)
        image.pixels = (0..<256).map { UInt8(255 - $0) }
        let read = try PNGReader(threshold: 77).raster(from: image.encoded())
        let columns = (0..<256).filter { read[$0, 0] }
        #expect(columns == Array(0...178))
    }

    @Test func `an image of many runs is read back`() throws {
        let raster = Bitmap.random(seed: 30, size: .px(260, 260))
        var image = IndexedImage(size: raster.size, palette: blackAndWhite)
        for index in image.pixels.indices where raster[index % 260, index / 260] { image.pixels[index] = 1 }
        let read = try PNGReader().raster(from: image.encoded())
        #expect(read == raster)
    }
}
