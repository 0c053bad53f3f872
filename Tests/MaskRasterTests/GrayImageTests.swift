import MaskModel
import MaskRaster
import MaskSamples
import Testing

extension GrayImage {
    /// The levels of each row, so that a failing test shows the image as numbers.
    var rowsOfLevels: [[UInt8]] {
        stride(from: 0, to: levels.count, by: size.width).map { Array(levels[$0..<$0 + size.width]) }
    }
}

@Suite struct GrayImageTests {
    @Test func `a new image has no hole`() {
        let raster = GrayImage(size: .px(2, 3))
        #expect(raster.rowsOfLevels == [[0, 0], [0, 0], [0, 0]])
    }

    @Test func `levels are in row-major order`() throws {
        let raster = try #require(GrayImage(size: .px(3, 2), levels: [1, 2, 3, 4, 5, 6]))
        #expect(raster[0, 0] == 1)
        #expect(raster[2, 0] == 3)
        #expect(raster[0, 1] == 4)
    }

    @Test func `the level outside the image is 0`() throws {
        let raster = try #require(GrayImage(size: .px(1, 1), levels: [9]))
        #expect([raster[-1, 0], raster[1, 0], raster[0, -1], raster[0, 1]] == [0, 0, 0, 0])
    }

    @Test func `a number of levels other than that of the pixels is nil`() {
        #expect(GrayImage(size: .px(2, 2), levels: [1, 2, 3]) == nil)
        #expect(GrayImage(size: .px(2, 2), levels: [1, 2, 3, 4, 5]) == nil)
    }
}
