import MaskModel
import MaskRaster
import MaskSamples
import Testing

@Suite struct BinaryRasterizerTests {
    @Test func `a raster of a band has the rows of the band`() throws {
        let mask = try VectorMask(.px(4, 5), through: (-9, 2.5), (9, 2.5), width: 2)
        var raster = SpanMask(size: .px(64, 64))
        var rasterizer = ExactRasterizer()
        try rasterizer.rasterize(mask, at: .px(4, 5), rows: 0..<3, into: &raster)
        #expect(raster.asciiArt == "....\n####\n####")
    }

    @Test func `the previous content of the raster is replaced`() throws {
        let mask = VectorMask(canvas: .px(5, 2), strokes: [])
        var raster = try #require(SpanMask(asciiArt: "#####\n#####"))
        var rasterizer = ExactRasterizer()
        try rasterizer.rasterize(mask, at: .px(5, 2), rows: 0..<2, into: &raster)
        #expect(raster.asciiArt == ".....\n.....")
    }

    @Test(
        arguments: [
            (3..<9, "rows 3..<9 of an image of 4×5 px; expected some of its rows"),
            (-1..<2, "rows -1..<2 of an image of 4×5 px; expected some of its rows"),
            (2..<2, "rows 2..<2 of an image of 4×5 px; expected some of its rows"),
        ])
    func `rows outside the image are an error`(rows: Range<Int>, message: String) {
        let mask = VectorMask(canvas: .px(4, 5), strokes: [])
        var raster = SpanMask(size: .px(1, 1))
        var rasterizer = ExactRasterizer()
        let failure = #expect(throws: RasterizerError.self) {
            try rasterizer.rasterize(mask, at: .px(4, 5), rows: rows, into: &raster)
        }
        #expect(failure?.description == message)
    }

    @Test(arguments: 0..<10)
    func `the hole count of an image is that of its raster`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 40), widths: 1...9, margin: 5))
        var rasterizer = ExactRasterizer()
        var memory = SpanMask(size: .px(1, 1))
        let count = try rasterizer.holeCount(of: mask, at: .px(140, 80), using: &memory)
        let raster = try rasterizer.raster(of: mask, at: .px(140, 80))
        #expect(count == raster.holeCount)
    }

    @Test func `the hole count of an image includes all of its bands`() throws {
        // Two bands of at most 67 rows: of the 33 rows of the second one, the first 32 are hole.
        let size = PixelSize.px(1_000_000, 100)
        let mask = try VectorMask(size, through: (0, 49), (1_000_000, 49), width: 100)
        var rasterizer = ExactRasterizer()
        var memory = SpanMask(size: .px(1, 1))
        let count = try rasterizer.holeCount(of: mask, at: size, using: &memory)
        #expect(count == 99_000_000)
    }
}
