import MaskModel
import MaskRaster
import MaskSamples
import Testing

extension GrayImage {
    /// The levels row by row: numbers that a failing test shows as an image.
    var rowsOfLevels: [[UInt8]] {
        stride(from: 0, to: levels.count, by: size.width).map { Array(levels[$0..<$0 + size.width]) }
    }
}

@Suite struct SoftRasterTests {
    @Test func `a new raster has no hole`() {
        let raster = GrayImage(size: .px(2, 3))
        #expect(raster.rowsOfLevels == [[0, 0], [0, 0], [0, 0]])
    }

    @Test func `levels come row by row`() throws {
        let raster = try #require(GrayImage(size: .px(3, 2), levels: [1, 2, 3, 4, 5, 6]))
        #expect(raster[0, 0] == 1)
        #expect(raster[2, 0] == 3)
        #expect(raster[0, 1] == 4)
    }

    @Test func `outside the raster the level is 0`() throws {
        let raster = try #require(GrayImage(size: .px(1, 1), levels: [9]))
        #expect([raster[-1, 0], raster[1, 0], raster[0, -1], raster[0, 1]] == [0, 0, 0, 0])
    }

    @Test func `there are as many levels as pixels`() {
        #expect(GrayImage(size: .px(2, 2), levels: [1, 2, 3]) == nil)
        #expect(GrayImage(size: .px(2, 2), levels: [1, 2, 3, 4, 5]) == nil)
    }
}
