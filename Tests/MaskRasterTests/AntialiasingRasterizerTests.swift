import MaskModel
import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

private func levels(of mask: VectorMask, at size: PixelSize? = nil) throws -> [[UInt8]] {
    var rasterizer = AntialiasingRasterizer()
    return try rasterizer.raster(of: mask, at: size ?? mask.canvas).rowsOfLevels
}

/// The levels by definition: for each pixel, the mean of 256×16 px of an exact raster, halves up.
private func means(of mask: VectorMask, at size: PixelSize) throws -> [[UInt8]] {
    var rasterizer = ExactRasterizer()
    let fine = Bitmap(try rasterizer.raster(of: mask, at: .px(size.width * 256, size.height * 16)))
    return (0..<size.height).map { y in
        (0..<size.width).map { x in
            var count = 0
            for row in y * 16..<y * 16 + 16 {
                // 256 pixels are four words.
                for word in fine.words(ofRow: row).dropFirst(x * 4).prefix(4) { count += word.nonzeroBitCount }
            }
            return UInt8((255 * count + 2048) / 4096)
        }
    }
}

@Suite struct AntialiasingRasterizerTests {
    @Test func `a mask without strokes has no hole`() throws {
        let image = try levels(of: VectorMask(canvas: .px(3, 2), strokes: []))
        #expect(image == [[0, 0, 0], [0, 0, 0]])
    }

    @Test func `the level at a vertical edge is the covered fraction of the pixel`() throws {
        let mask = try VectorMask(.px(4, 1), through: (1.25, -50), (1.25, 50), width: 2)
        let image = try levels(of: mask)
        // From 0.25 to 2.25.
        #expect(image == [[191, 255, 64, 0]])
    }

    @Test func `the level at a horizontal edge is the covered fraction of the pixel`() throws {
        let mask = try VectorMask(.px(1, 4), through: (-50, 1.25), (50, 1.25), width: 2)
        let image = try levels(of: mask)
        #expect(image == [[191], [255], [64], [0]])
    }

    @Test func `the level of a thin line is its area`() throws {
        let mask = try VectorMask(.px(3, 1), through: (1.5, -50), (1.5, 50), width: 0.1)
        let image = try levels(of: mask)
        #expect(image == [[0, 26, 0]])
    }

    @Test func `a dot has the levels of a disc`() throws {
        let mask = try VectorMask(.px(4, 4), through: (2, 2), width: 3)
        let image = try levels(of: mask)
        // Beside the center ½·(√1.25 + 1.5²·asin(1/1.5)) − 1 = 0.3799 of a pixel is covered, and in a corner 0.0076.
        #expect(
            image == [
                [2, 97, 97, 2],
                [97, 255, 255, 97],
                [97, 255, 255, 97],
                [2, 97, 97, 2],
            ])
    }

    @Test func `overlapping strokes count once`() throws {
        let one = try BrushStroke(through: (0.5, -9), (0.5, 9), width: 1.4)
        let other = try BrushStroke(through: (0.3, -9), (0.3, 9), width: 1.2)
        let both = try levels(of: VectorMask(canvas: .px(2, 1), strokes: [one, other, one]))
        let alone = try levels(of: VectorMask(canvas: .px(2, 1), strokes: [one]))
        #expect(alone == [[255, 51]])
        #expect(both == alone)
    }

    @Test func `two strokes that share a pixel add up`() throws {
        let left = try BrushStroke(through: (0, -9), (0, 9), width: 0.5)
        let right = try BrushStroke(through: (1, -9), (1, 9), width: 0.5)
        let image = try levels(of: VectorMask(canvas: .px(2, 1), strokes: [left, right]))
        #expect(image == [[128, 64]])
    }

    @Test func `a stroke beside the image leaves it empty, and one that covers the image fills it`() throws {
        let beside = try levels(of: VectorMask(.px(2, 2), through: (-3, 1), width: 5.9))
        let beyond = try levels(of: VectorMask(.px(2, 2), through: (1, 1), width: 10_000_000))
        #expect(beside == [[0, 0], [0, 0]])
        #expect(beyond == [[255, 255], [255, 255]])
    }

    @Test(arguments: 0..<30, [PixelSize.px(20, 15), .px(40, 30), .px(7, 5), .px(13, 60), .px(1, 1)])
    func `a level is the mean of the exact raster 256 times as wide and 16 times as high`(
        seed: Int, size: PixelSize
    ) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(20, 15), widths: 0.01...9, margin: 9))
        let (image, expected) = (try levels(of: mask, at: size), try means(of: mask, at: size))
        #expect(image == expected)
    }

    @Test(arguments: 0..<4)
    func `the levels of dense scribbles are means of the exact raster`(seed: Int) throws {
        var spec = MaskSampleSpec(canvas: .px(24, 18), widths: 0.05...0.4, margin: 3)
        (spec.maximumStrokes, spec.maximumPoints) = (9, 90)
        let mask = try VectorMask.random(seed: seed, spec)
        let (image, expected) = (try levels(of: mask), try means(of: mask, at: mask.canvas))
        #expect(image == expected)
    }

    @Test(arguments: 0..<20, [1, 2, 7, 29])
    func `bands have the rows of the whole image`(seed: Int, height: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 30), widths: 0.5...12, margin: 9))
        let whole = try levels(of: mask)
        var rasterizer = AntialiasingRasterizer()
        var band = GrayImage(size: .px(1, 1))
        var rows: [[UInt8]] = []
        for start in stride(from: 0, to: 30, by: height) {
            try rasterizer.rasterize(mask, at: mask.canvas, rows: start..<min(start + height, 30), into: &band)
            rows += band.rowsOfLevels
        }
        #expect(rows == whole)
    }

    @Test(arguments: [(3.0, 19.0, 6.0), (0.5, 13, 33), (11, 17, 0), (7.77, 0, 0), (2, 0.3, 30)])
    func `the sum of the levels of a stroke is its area`(width: Double, dx: Double, dy: Double) throws {
        let mask = try VectorMask(.px(70, 70), through: (20.3, 20.6), (20.3 + dx, 20.6 + dy), width: width)
        let sum = try levels(of: mask).joined().reduce(0.0) { $0 + Double($1) } / 255
        let stroke = mask.strokes[0]
        let area = stroke.width * stroke.path.length + Double.pi * stroke.width * stroke.width / 4
        #expect((sum - area).magnitude <= 0.003 * area + 0.02, "\(sum) instead of \(area) px²")
    }

    @Test(arguments: 0..<20)
    func `the mean of 2×2 pixels is the level at half the resolution`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(40, 30), widths: 0.5...9, margin: 9))
        let (fine, coarse) = (try levels(of: mask, at: .px(80, 60)), try levels(of: mask))
        var (worst, sum) = (0.0, 0.0)
        for y in 0..<30 {
            for x in 0..<40 {
                let four = [
                    fine[2 * y][2 * x], fine[2 * y][2 * x + 1], fine[2 * y + 1][2 * x], fine[2 * y + 1][2 * x + 1],
                ]
                let difference = (four.reduce(0) { $0 + Double($1) } / 4 - Double(coarse[y][x])).magnitude
                worst = max(worst, difference)
                sum += difference
            }
        }
        // An edge parallel to the rows is off by up to half a row of sample points.
        #expect(worst <= 8.5)
        #expect(sum / 1200 <= 0.5)
    }

    @Test(arguments: 0..<20)
    func `dilation lowers no level`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(40, 30), widths: 0.5...9, margin: 9))
        let (before, after) = (try levels(of: mask), try levels(of: mask.dilated(by: 0.37)))
        #expect(zip(before.joined(), after.joined()).allSatisfy { $0 <= $1 })
    }

    @Test func `rows outside the image are an error`() {
        var raster = GrayImage(size: .px(1, 1))
        let problem = complaint {
            var rasterizer = AntialiasingRasterizer()
            try rasterizer.rasterize(
                VectorMask(canvas: .px(3, 3), strokes: []), at: .px(3, 3), rows: 1..<4, into: &raster)
        }
        #expect(problem == "rows 1..<4 of an image of 3×3 px; expected some of its rows")
    }
}
