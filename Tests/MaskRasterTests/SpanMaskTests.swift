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

@Suite struct SpanBufferTests {
    @Test func `spans that overlap or are adjacent become one`() {
        var buffer = SpanBuffer()
        buffer.reset(rowCount: 2)
        for (first, last) in [(5, 7), (0, 1), (8, 9), (3, 3), (2, 2)] {
            buffer.add { $0.fill(from: first, to: last, row: 1) }
        }
        var spans: [PixelSpan] = []
        buffer.forEachSpan(inRow: 0) { spans.append($0) }
        buffer.forEachSpan(inRow: 1) { spans.append($0) }
        #expect(spans == [PixelSpan(start: 0, end: 4), PixelSpan(start: 5, end: 10)])
    }

    @Test(arguments: [1, 3, 40, 700])
    func `any number of spans in a row, in any order, become their union`(count: Int) {
        let width = 3000
        var buffer = SpanBuffer()
        buffer.reset(rowCount: 300)
        var expected = [[Bool]](repeating: [Bool](repeating: false, count: width), count: 3)
        var state: UInt64 = 7
        func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<count {
            let row = next(below: 3)
            let first = next(below: width - 4)
            let last = first + next(below: 4)
            for x in first...last { expected[row][x] = true }
            buffer.add { $0.fill(from: first, to: last, row: row) }
        }
        let mask = SpanMask(size: .px(width, 300), &buffer)
        for row in 0..<3 {
            #expect((0..<width).allSatisfy { mask[$0, row] == expected[row][$0] })
        }
        #expect((3..<300).allSatisfy { mask.spans(ofRow: $0).isEmpty })
    }
}
