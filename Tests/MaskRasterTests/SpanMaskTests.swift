import MaskModel
import MaskSamples
import Testing

@testable import MaskRaster

@Suite struct SpanMaskTests {
    private func random(seed: Int, _ size: PixelSize) throws -> VectorMask {
        try VectorMask.random(seed: seed, MaskSampleSpec(canvas: size, widths: 0.5...9, margin: 5))
    }

    @Test func `spans are the runs of hole pixels of each row`() throws {
        let mask = try #require(SpanMask(asciiArt: ".##.#\n.....\n#####"))
        let spans = (0..<3).map { row in mask.spans(ofRow: row).map { [Int($0.start), Int($0.end)] } }
        #expect(spans == [[[1, 3], [4, 5]], [], [[0, 5]]])
        #expect(mask.holeCount == 8)
        #expect(mask.holeRatio == 8.0 / 15)
    }

    @Test(arguments: 0..<50)
    func `the spans of a row are sorted and not adjacent`(seed: Int) throws {
        let size = PixelSize.px(130, 40)
        var rasterizer = ExactRasterizer()
        let mask = try rasterizer.raster(of: random(seed: seed, size), at: size)
        for row in 0..<size.height {
            let spans = mask.spans(ofRow: row)
            #expect(spans.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end <= 130 })
            #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end < $1.start })
        }
    }

    @Test(arguments: 0..<50)
    func `a span mask is unchanged after conversion to a bitmap and back`(seed: Int) throws {
        let size = PixelSize.px(1 + seed * 5, 30)
        var rasterizer = ExactRasterizer()
        let mask = try rasterizer.raster(of: random(seed: seed, size), at: size)
        let bitmap = Bitmap(mask)
        #expect(SpanMask(bitmap) == mask)
        #expect(bitmap.holeCount == mask.holeCount)
        for y in -1...size.height {
            for x in -1...size.width { #expect(bitmap[x, y] == mask[x, y]) }
        }
    }

    @Test(arguments: [
        ("...\n...\n...", false, false, false), (".#.\n...\n...", true, false, false),
        ("...\n...\n.#.", false, true, false), ("...\n#..\n...", false, false, true),
        ("...\n..#\n...", false, false, true),
    ])
    func `a hole at the edge is detected`(art: String, top: Bool, bottom: Bool, side: Bool) throws {
        let mask = try #require(SpanMask(asciiArt: art))
        #expect(mask.hasHoleAtEdge(top: true, bottom: false) == (top || side))
        #expect(mask.hasHoleAtEdge(top: false, bottom: true) == (bottom || side))
        #expect(mask.hasHoleAtEdge(top: false, bottom: false) == side)
    }
}
