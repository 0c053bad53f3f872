import MaskModel
import MaskRaster
import PlaneGeometry
import Testing

struct FilledStrokeTests {
    private func art(_ strokes: [BrushStroke], _ width: Int, _ height: Int) throws -> String {
        let size = try #require(PixelSize(width: width, height: height))
        var rasterizer = ExactRasterizer()
        return try rasterizer.raster(of: VectorMask(canvas: size, strokes: strokes), at: size).asciiArt
    }

    private func filled(_ points: [(Double, Double)], width: Double = 0) throws -> BrushStroke {
        try BrushStroke(path: Polyline(points.map { Point(x: $0.0, y: $0.1) }), width: width, isFilled: true)
    }

    @Test func `a filled box is its pixels`() throws {
        let box = try filled([(1, 1), (4, 1), (4, 3), (1, 3)])
        #expect(try art([box], 5, 4) == ".....\n.###.\n.###.\n.....")
    }

    @Test func `a path that goes around twice is not inside`() throws {
        let ring = try filled([(0, 0), (6, 0), (6, 5), (0, 5), (0, 0), (2, 2), (2, 3), (4, 3), (4, 2), (2, 2), (0, 0)])
        #expect(try art([ring], 6, 5) == "######\n######\n##..##\n######\n######")
    }

    @Test func `a width grows a filled path`() throws {
        let box = try filled([(2.5, 2.5), (4.5, 2.5), (4.5, 4.5), (2.5, 4.5)], width: 2)
        #expect(
            try art([box], 7, 7) == ".......\n..###..\n.#####.\n.#####.\n.#####.\n..###..\n.......")
    }

    @Test func `a flat end is cut at the point`() throws {
        let stroke = try BrushStroke(
            path: Polyline([Point(x: 2, y: 2), Point(x: 6, y: 2)]), width: 4, startCap: .butt, endCap: .round)
        #expect(try art([stroke], 9, 4) == "..#####..\n..######.\n..######.\n..#####..")
    }

    @Test func `a dot and a filled path have no flat ends`() throws {
        let dot = try BrushStroke(path: Polyline([Point(x: 2, y: 2)]), width: 3, startCap: .butt, endCap: .butt)
        #expect(dot.isPlain)
    }

    @Test(arguments: [1, 2, 3, 5])
    func `bands of a filled mask are parts of it`(height: Int) throws {
        let size = try #require(PixelSize(width: 20, height: 20))
        let star = try filled([(10, 1), (15, 18), (2, 7), (18, 7), (5, 18)], width: 0.5)
        let flat = try BrushStroke(
            path: Polyline([Point(x: 3, y: 3), Point(x: 17, y: 12), Point(x: 4, y: 15)]), width: 2.5, startCap: .butt,
            endCap: .butt)
        let mask = VectorMask(canvas: size, strokes: [star, flat])
        var rasterizer = ExactRasterizer()
        let whole = try rasterizer.raster(of: mask, at: size).asciiArt.split(separator: "\n")
        var band = SpanMask(size: size)
        for start in stride(from: 0, to: 20, by: height) {
            let rows = start..<min(start + height, 20)
            try rasterizer.rasterize(mask, at: size, rows: rows, into: &band)
            #expect(band.asciiArt.split(separator: "\n") == Array(whole[rows]))
        }
    }

    @Test func `an antialiased or feathered image has the hole of the exact one`() throws {
        let size = try #require(PixelSize(width: 20, height: 20))
        let star = try filled([(10, 1), (15, 18), (2, 7), (18, 7), (5, 18)])
        let mask = VectorMask(canvas: size, strokes: [star])
        var exact = ExactRasterizer()
        var coverage = AntialiasingRasterizer()
        var feather = FeatherRasterizer(try #require(FeatherDistance(distance: 2)))
        let hole = try exact.raster(of: mask, at: size)
        var image = GrayImage(size: size)
        try coverage.rasterize(mask, at: size, rows: 0..<20, into: &image)
        let covered = image.levels.reduce(0) { $0 + Double($1) / 255 }
        #expect(abs(covered - Double(hole.holeCount)) < 12)
        try feather.rasterize(mask, at: size, rows: 0..<20, into: &image)
        for y in 0..<20 { for x in 0..<20 { #expect((image.levels[20 * y + x] == 255) == hole[x, y]) } }
    }
}
