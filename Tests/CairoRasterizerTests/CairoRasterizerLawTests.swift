import CairoRasterizer
import MaskModel
import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

private func raster(of mask: VectorMask, at size: PixelSize) throws -> Bitmap {
    var rasterizer = CairoRasterizer()
    return Bitmap(try rasterizer.raster(of: mask, at: size))
}

/// Returns the pixels in which cairo and the exact rule differ although the center is more than 0.1 image px from every
/// boundary.
private func wrongPixels(of mask: VectorMask, at size: PixelSize) throws -> [PixelPlace] {
    var exact = ExactRasterizer()
    let pitch = max(
        Double(mask.canvas.width) / Double(size.width), Double(mask.canvas.height) / Double(size.height))
    return mask.pixels(
        differingBetween: try raster(of: mask, at: size), and: Bitmap(try exact.raster(of: mask, at: size)),
        by: 0.1 * pitch)
}

/// Properties of all masks, tested on masks of many seeds.
@Suite struct CairoRasterizerLawTests {
    @Test(
        arguments: 0..<40,
        [PixelSize.px(60, 45), .px(20, 15), .px(25, 19), .px(240, 180), .px(333, 250), .px(61, 10)])
    func `cairo differs from the exact rule only within 0,1 px of a boundary`(seed: Int, size: PixelSize) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(60, 45), widths: 0.01...15, margin: 20))
        let wrong = try wrongPixels(of: mask, at: size)
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<6, [256, 512, 1024])
    func `masks of the size of the dataset are within the tolerance`(seed: Int, side: Int) throws {
        var spec = MaskSampleSpec(canvas: .px(512, 512), widths: 5...22.5, margin: 11)
        spec.maximumPoints = 20
        let mask = try VectorMask.random(seed: seed, spec)
        let wrong = try wrongPixels(of: mask, at: .px(side, side))
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<40, [PixelSize.px(50, 40), .px(500, 400)])
    func `points up to the coordinate limit are within the tolerance`(seed: Int, size: PixelSize) throws {
        let mask = try Self.farReachingMask(seed: seed)
        let wrong = try wrongPixels(of: mask, at: size)
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<40, [PixelSize.px(50, 40), .px(1000, 800)])
    func `discs up to the maximum width are within the tolerance`(seed: Int, size: PixelSize) throws {
        var random = RandomStream(seed: 3, use: .strokeChoice, index: UInt64(seed))
        // A disc 10 to 9·10⁷ px wide, by seed, whose boundary crosses the canvas in a random direction.
        var width = random.hundredths(from: 1, to: 9)
        for _ in 0...seed % 7 { width *= 10 }
        width = min(width, BrushStroke.limit)
        let x = random.hundredths(from: -0.9, to: 0.9)
        let y = (1 - x * x).squareRoot() * (seed % 2 == 0 ? 1 : -1)
        let mask = try VectorMask(.px(50, 40), through: (25 + x * width / 2, 20 + y * width / 2), width: width)
        let wrong = try wrongPixels(of: mask, at: size)
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<40)
    func `wide strokes between distant points are within the tolerance`(seed: Int) throws {
        var mask = try Self.farReachingMask(seed: seed)
        var random = RandomStream(seed: 4, use: .strokeChoice, index: UInt64(seed))
        let first = mask.strokes[0]
        // Moves the stroke sideways by half its width, so that its boundary crosses the canvas.
        let width = random.hundredths(from: 1_000, to: 900_000)
        let points = first.path.points.prefix(2)
        let step = points[1] - points[0]
        let aside = Vector(dx: -step.dy, dy: step.dx) * (width / 2 / step.length)
        mask.strokes = [try BrushStroke(path: Polyline(points.map { $0 + aside }.filter(\.isInRange)), width: width)]
        let wrong = try wrongPixels(of: mask, at: .px(100, 80))
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<25, [PixelSize.px(120, 90), .px(60, 45), .px(317, 90)])
    func `a mask is the union of its segments, even if most of them are occluded`(seed: Int, size: PixelSize) throws {
        var spec = MaskSampleSpec(canvas: .px(120, 90), widths: 8...40, margin: 10)
        spec.maximumPoints = 30
        let mask = try VectorMask.random(seed: seed, spec)
        let together = try raster(of: mask, at: size)
        var union = Bitmap(size: size)
        for stroke in mask.strokes {
            for (start, end) in zip(stroke.path.points, stroke.path.points.dropFirst()) {
                let segment = try BrushStroke(path: Polyline([start, end]), width: stroke.width)
                union.formUnion(try raster(of: VectorMask(canvas: mask.canvas, strokes: [segment]), at: size))
            }
            if stroke.path.points.count == 1 {
                union.formUnion(try raster(of: VectorMask(canvas: mask.canvas, strokes: [stroke]), at: size))
            }
        }
        #expect(together == union)
    }

    @Test(arguments: 0..<30, [1, 3, 16])
    func `bands have the rows of the whole image`(seed: Int, height: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 40), widths: 0.5...12, margin: 20))
        try Self.expectBandsOfWhole(mask, at: .px(130, 74), bandHeight: height)
    }

    @Test(arguments: 0..<30)
    func `bands have the rows of the whole image, even for distant points`(seed: Int) throws {
        try Self.expectBandsOfWhole(try Self.farReachingMask(seed: seed), at: .px(500, 400), bandHeight: 7)
    }

    @Test func `an image of several strips is within the tolerance`() throws {
        // A strip of 4 MiB has 1,024 rows at this width.
        let mask = try VectorMask.random(
            seed: 8, MaskSampleSpec(canvas: .px(1024, 300), widths: 5...40, margin: 10))
        let wrong = try wrongPixels(of: mask, at: .px(4096, 1200))
        #expect(wrong.isEmpty)
    }

    private static func expectBandsOfWhole(_ mask: VectorMask, at size: PixelSize, bandHeight: Int) throws {
        var rasterizer = CairoRasterizer()
        let whole = Bitmap(try rasterizer.raster(of: mask, at: size))
        var joined = Bitmap(size: size)
        var band = SpanMask(size: .px(1, 1))
        for start in stride(from: 0, to: size.height, by: bandHeight) {
            let rows = start..<min(start + bandHeight, size.height)
            try rasterizer.rasterize(mask, at: size, rows: rows, into: &band)
            for row in rows {
                joined.setRow(row, words: Bitmap(band).words(ofRow: row - start))
            }
        }
        let different = mask.pixels(differingBetween: joined, and: whole, by: -1)
        #expect(different.isEmpty)
    }

    /// Strokes on a canvas of 50×40 px that lead to points up to 10,000,000 px away and back.
    private static func farReachingMask(seed: Int) throws -> VectorMask {
        // Separate magnitudes, because the limits of cairo's fixed-point numbers are between them.
        let reach = [1e4, 1e5, 1e6, 2e6, 9e6, 9_999_950][seed % 6]
        var mask = try VectorMask.random(
            seed: seed, MaskSampleSpec(canvas: .px(50, 40), widths: 0.5...20, margin: reach))
        var random = RandomStream(seed: 5, use: .strokeChoice, index: UInt64(seed))
        mask.strokes = try mask.strokes.map { stroke in
            let points = stroke.path.points.flatMap { far in
                [Point(x: random.hundredths(from: 0, to: 50), y: random.hundredths(from: 0, to: 40)), far]
            }
            return try BrushStroke(path: Polyline(points), width: stroke.width)
        }
        return mask
    }
}

extension Point {
    fileprivate var isInRange: Bool { max(x.magnitude, y.magnitude) <= BrushStroke.limit }
}
