import MaskRaster
import Testing

@testable import MaskReport

struct BitmapReductionTests {
    @Test func `a block is hole if half of it is`() throws {
        let raster = try #require(Bitmap(asciiArt: "##..#\n..#..\n####."))
        let reduced = raster.reduced(toSide: 3)
        #expect(reduced.asciiArt == "#.#\n##.")
    }

    @Test func `a small bitmap is returned unchanged`() throws {
        let raster = try #require(Bitmap(asciiArt: "#.."))
        #expect(raster.reduced(toSide: 3) == raster)
    }
}
