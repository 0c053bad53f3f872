import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

@testable import MaskRaster

/// A mask of `strokes` scribbles of 100 points each.
private func scribbles(seed: Int, _ canvas: PixelSize, strokes: Int, widths: ClosedRange<Double>) throws -> VectorMask {
    var random = RandomStream(seed: 77, use: .strokeChoice, index: UInt64(seed))
    let reach = seed % 3 == 0 ? 6.0 : Double(canvas.width)
    var mask = VectorMask(canvas: canvas, strokes: [])
    for _ in 0..<strokes {
        var place = Point(
            x: random.hundredths(from: -20, to: Double(canvas.width) + 20),
            y: random.hundredths(from: -20, to: Double(canvas.height) + 20))
        var points = [place]
        for _ in 1..<100 {
            place = Point(
                x: min(max(place.x + random.hundredths(from: -reach, to: reach), -30), Double(canvas.width) + 30),
                y: min(max(place.y + random.hundredths(from: -reach, to: reach), -30), Double(canvas.height) + 30))
            points.append(place)
        }
        let width = random.hundredths(from: widths.lowerBound, to: widths.upperBound)
        mask.strokes.append(try BrushStroke(path: Polyline(points), width: width))
    }
    return mask
}

/// Masks of more segments than are drawn one by one. An SVG of 10⁶ points took minutes with soft edges.
@Suite struct ManySegmentsTests {
    @Test(arguments: 0..<18)
    func `antialiased levels of many segments are means of the exact raster`(seed: Int) throws {
        let widths = [0.01...0.02, 0.2...1.2, 1...6][seed / 6]
        let mask = try scribbles(seed: seed, .px(31, 23), strokes: 8, widths: widths)
        #expect(mask.segmentCount > ActiveSegmentTable.segmentLimit)
        let size = PixelSize.px(31 * (1 + seed % 2), 23 * (1 + seed % 2))
        var coverage = AntialiasingRasterizer()
        var exact = ExactRasterizer()
        let image = try coverage.raster(of: mask, at: size)
        let fine = Bitmap(try exact.raster(of: mask, at: .px(size.width * 256, size.height * 16)))
        for y in 0..<size.height {
            for x in 0..<size.width {
                var count = 0
                for row in y * 16..<y * 16 + 16 {
                    for word in fine.words(ofRow: row).dropFirst(x * 4).prefix(4) { count += word.nonzeroBitCount }
                }
                #expect(image[x, y] == UInt8((255 * count + 2048) / 4096), "seed \(seed), pixel \(x), \(y)")
            }
        }
    }

    /// Masks of few segments are drawn stroke by stroke, so they are a reference.
    @Test(arguments: 0..<24)
    func `feathered levels of many segments are the maximum of those of their parts`(seed: Int) throws {
        let widths = [0.01...0.02, 0.2...1.2, 1...9][seed % 3]
        let mask = try scribbles(seed: seed, .px(93, 71), strokes: 8, widths: widths)
        let size = PixelSize.px(93 * (1 + seed % 2), 71 * (1 + seed % 2))
        let feather = try #require(FeatherDistance(distance: [0.5, 3, 17, 200][seed % 4]))
        var rasterizer = FeatherRasterizer(feather)
        let image = try rasterizer.raster(of: mask, at: size)
        var parts = GrayImage(size: size)
        for stroke in mask.strokes {
            let part = try rasterizer.raster(of: VectorMask(canvas: mask.canvas, strokes: [stroke]), at: size)
            parts = try #require(GrayImage(size: size, levels: zip(parts.levels, part.levels).map(max)))
        }
        #expect(mask.segmentCount > ActiveSegmentTable.segmentLimit)
        #expect(image == parts, "seed \(seed)")
    }

    @Test(arguments: 0..<6, [1, 7, 64])
    func `bands of many segments have the rows of the whole image`(seed: Int, height: Int) throws {
        let mask = try scribbles(seed: seed, .px(90, 70), strokes: 7, widths: 0.5...4)
        let feather = try #require(FeatherDistance(distance: 5))
        var coverage = AntialiasingRasterizer()
        var soft = FeatherRasterizer(feather)
        let whole = try coverage.raster(of: mask, at: mask.canvas)
        let softWhole = try soft.raster(of: mask, at: mask.canvas)
        for start in stride(from: 0, to: 70, by: height) {
            let rows = start..<min(start + height, 70)
            var (band, softBand) = (GrayImage(size: .smallest), GrayImage(size: .smallest))
            try coverage.rasterize(mask, at: .px(90, 70), rows: rows, into: &band)
            try soft.rasterize(mask, at: .px(90, 70), rows: rows, into: &softBand)
            #expect(band.levels[...] == whole.levels[start * 90..<rows.upperBound * 90])
            #expect(softBand.levels[...] == softWhole.levels[start * 90..<rows.upperBound * 90])
        }
    }

    @Test func `many dots, and strokes far outside, are drawn`() throws {
        var mask = VectorMask(canvas: .px(40, 30), strokes: [])
        for index in 0..<600 {
            mask.strokes.append(try BrushStroke(through: (Double(index % 40), Double(index / 40)), width: 0.5))
            mask.strokes.append(
                try BrushStroke(through: (-10_000_000, Double(index)), (10_000_000, 10_000_000), width: 3))
        }
        var coverage = AntialiasingRasterizer()
        let image = try coverage.raster(of: mask, at: mask.canvas)
        let dot = try coverage.raster(of: VectorMask(canvas: mask.canvas, strokes: [mask.strokes[0]]), at: mask.canvas)
        // The pixel beside a dot has a quarter of its disc, and any other pixel between dots has four quarters.
        #expect((12...13).contains(dot[0, 0]))
        #expect(image[3, 2] >= 48)
        #expect(image[3, 25] == 0)
    }
}
