import CairoRasterizer
import MaskModel
import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

private func raster(of mask: VectorMask, at size: PixelSize? = nil) throws -> SpanMask {
    var rasterizer = CairoRasterizer()
    return try rasterizer.raster(of: mask, at: size ?? mask.canvas)
}

private func exactRaster(of mask: VectorMask) throws -> SpanMask {
    var rasterizer = ExactRasterizer()
    return try rasterizer.raster(of: mask, at: mask.canvas)
}

@Suite struct CairoRasterizerTests {
    @Test func `a mask without strokes has no hole`() throws {
        let image = try raster(of: VectorMask(canvas: .px(4, 2), strokes: []))
        #expect(image.asciiArt == "....\n....")
    }

    @Test func `a round brush has round ends and joins`() throws {
        let image = try raster(of: VectorMask(.px(10, 8), through: (3.4, 3.4), (6.6, 3.4), (6.6, 20), width: 5))
        #expect(
            image.asciiArt == """
                ..........
                ..######..
                .########.
                .########.
                .########.
                ..#######.
                ....#####.
                ....#####.
                """)
    }

    @Test func `a dot is a disc`() throws {
        let image = try raster(of: VectorMask(.px(5, 5), through: (2.5, 2.5), width: 4.6))
        #expect(
            image.asciiArt == """
                .###.
                #####
                #####
                #####
                .###.
                """)
    }

    @Test func `pixels are sampled at their centers`() throws {
        let covered = try raster(of: VectorMask(.px(4, 4), through: (2, 2), width: 1.8))
        let missed = try raster(of: VectorMask(.px(4, 4), through: (2, 2), width: 1))
        #expect(covered.asciiArt == "....\n.##.\n.##.\n....")
        #expect(missed.asciiArt == "....\n....\n....\n....")
    }

    @Test func `an image of twice the size is the same mask at twice the resolution`() throws {
        let image = try raster(of: VectorMask(.px(4, 3), through: (2, 1.5), width: 2), at: .px(8, 6))
        #expect(
            image.asciiArt == """
                ........
                ...##...
                ..####..
                ..####..
                ...##...
                ........
                """)
    }

    @Test func `an image of another aspect ratio is stretched`() throws {
        let image = try raster(of: VectorMask(.px(4, 4), through: (2, 2), width: 2.8), at: .px(8, 4))
        #expect(image.asciiArt == "........\n.######.\n.######.\n........")
    }

    /// Within one call, cairo would fill a gap of one pixel in a row: 582 hole pixels instead of 523.
    @Test func `a gap of one pixel between the arms of a hairpin is not hole`() throws {
        let mask = try VectorMask(.px(80, 30), through: (10, 10), (70, 10), (70, 15), (10, 15), width: 4)
        let image = try raster(of: mask)
        let exact = try exactRaster(of: mask)
        let gap = (10..<68).filter { image[$0, 12] }
        #expect((image.holeCount - exact.holeCount).magnitude <= 3)
        #expect(gap.isEmpty)
    }

    @Test(arguments: [PixelSize.px(32_768, 1), .px(1, 32_768), .px(1_000_000, 1_000_000)])
    func `a side above 32,767 px is an error`(size: PixelSize) {
        let mask = VectorMask(canvas: .px(1, 1), strokes: [])
        var rasterizer = CairoRasterizer()
        var band = SpanMask(size: .px(1, 1))
        let error = #expect(throws: RasterizerError.self) {
            try rasterizer.rasterize(mask, at: size, rows: 0..<1, into: &band)
        }
        #expect(error?.description == "an image of \(size) px; expected at most 32767 px per side for cairo")
    }

    @Test(arguments: [PixelSize.px(32_767, 1), .px(1, 32_767)])
    func `a side of 32,767 px is drawn completely`(size: PixelSize) throws {
        let end = (Double(size.width) - 0.5, Double(size.height) - 0.5)
        let image = try raster(of: VectorMask(size, through: (0.5, 0.5), end, width: 1))
        #expect(image.holeCount == 32_767)
    }

    @Test func `rows outside the image are an error`() {
        let mask = VectorMask(canvas: .px(4, 5), strokes: [])
        var rasterizer = CairoRasterizer()
        var band = SpanMask(size: .px(1, 1))
        let error = #expect(throws: RasterizerError.self) {
            try rasterizer.rasterize(mask, at: .px(4, 5), rows: 3..<6, into: &band)
        }
        #expect(error?.description == "rows 3..<6 of an image of 4×5 px; expected some of its rows")
    }

    @Test func `the previous content of the raster is replaced`() throws {
        let mask = VectorMask(canvas: .px(5, 2), strokes: [])
        var image = try #require(SpanMask(asciiArt: "#####\n#####"))
        var rasterizer = CairoRasterizer()
        try rasterizer.rasterize(mask, at: .px(5, 2), rows: 0..<2, into: &image)
        #expect(image.asciiArt == ".....\n.....")
    }

    @Test func `a reused rasterizer draws like a new one`() throws {
        let sizes = [PixelSize.px(40, 30), .px(40, 30), .px(9, 70), .px(130, 5), .px(40, 31), .px(1, 1), .px(40, 30)]
        var used = CairoRasterizer()
        for (seed, size) in sizes.enumerated() {
            let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: size, widths: 1...15, margin: 9))
            let image = try used.raster(of: mask, at: size)
            let expected = try raster(of: mask)
            #expect(image == expected)
        }
    }

    @Test func `a rasterizer is usable after an error`() throws {
        let mask = try VectorMask(.px(5, 5), through: (2.5, 2.5), width: 4.6)
        var rasterizer = CairoRasterizer()
        #expect(throws: RasterizerError.self) { try rasterizer.raster(of: mask, at: .px(40_000, 40_000)) }
        let image = try rasterizer.raster(of: mask, at: .px(5, 5))
        let expected = try exactRaster(of: mask)
        #expect(image == expected)
    }
}
