import MaskModel
import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

/// The maximum distance from a boundary, in px, at which rounding may put a center on the wrong side.
private let slack = 1e-6

private func raster(of mask: VectorMask, at size: PixelSize? = nil) throws -> Bitmap {
    var rasterizer = ExactRasterizer()
    return Bitmap(try rasterizer.raster(of: mask, at: size ?? mask.canvas))
}

/// Properties of all masks, tested on masks of many seeds.
@Suite struct ExactRasterizerLawTests {
    @Test(
        arguments: 0..<40,
        [PixelSize.px(40, 30), .px(20, 15), .px(100, 75), .px(64, 3), .px(7, 65), .px(1, 1)])
    func `a pixel is hole if and only if its center is within half the width of a path`(
        seed: Int, size: PixelSize
    ) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(40, 30), widths: 0.01...12, margin: 9))
        let image = try raster(of: mask, at: size)
        #expect(mask.pixels(of: image, wrongBy: slack).isEmpty)
    }

    @Test(arguments: 0..<30)
    func `widths below a pixel follow the exact rule`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 9), widths: 0.01...1, margin: 3))
        let image = try raster(of: mask)
        #expect(mask.pixels(of: image, wrongBy: slack).isEmpty)
    }

    @Test(arguments: 0..<30)
    func `points at the coordinate limit follow the exact rule`(seed: Int) throws {
        let spec = MaskSampleSpec(canvas: .px(50, 20), widths: 0.01...20, margin: 9_999_950)
        var mask = try VectorMask.random(seed: seed, spec)
        // Segments between points this far apart rarely cross the canvas, so add points on it.
        let near = Point(x: Double(seed) / 3, y: Double(seed % 20))
        mask.strokes = try mask.strokes.map { stroke in
            let points = stroke.path.points.flatMap { [$0, near] }
            return try BrushStroke(path: Polyline(points), width: stroke.width)
        }
        let image = try raster(of: mask)
        #expect(mask.pixels(of: image, wrongBy: slack).isEmpty)
    }

    @Test(arguments: 0..<30)
    func `widths up to the limit follow the exact rule`(seed: Int) throws {
        var random = RandomStream(seed: 1, use: .strokeChoice, index: UInt64(seed))
        let width = random.hundredths(from: 1_000_000, to: 10_000_000)
        // A disc whose boundary crosses the canvas in a random direction.
        let x = random.hundredths(from: -0.9, to: 0.9)
        let y = (1 - x * x).squareRoot() * (seed % 2 == 0 ? 1 : -1)
        let center = (25 + x * width / 2, 10 + y * width / 2)
        let mask = try VectorMask(.px(50, 20), through: center, width: width)
        let image = try raster(of: mask)
        #expect((1..<1000).contains(image.holeCount))
        #expect(mask.pixels(of: image, wrongBy: slack).isEmpty)
    }

    @Test(arguments: 0..<40)
    func `a mask outside the canvas by more than its width has no hole`(seed: Int) throws {
        var mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(40, 30), widths: 1...10, margin: 0))
        let (dx, dy) = [(46.0, 0.0), (-46, 0), (0, 36), (0, -36)][seed % 4]
        mask.strokes = try mask.strokes.map { try $0.moved(dx: dx, dy: dy) }
        let image = try raster(of: mask)
        #expect(image.holeCount == 0)
    }

    @Test(arguments: 0..<40)
    func `moving a mask by whole pixels moves its raster`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(80, 30), widths: 0.5...9, margin: 12))
        let (dx, dy) = (seed % 15 - 7, seed % 11 - 5)
        var moved = mask
        moved.strokes = try mask.strokes.map { try $0.moved(dx: Double(dx), dy: Double(dy)) }
        let (before, after) = (try raster(of: mask), try raster(of: moved))
        var wrong: [PixelPlace] = []
        for y in max(0, dy)..<min(30, 30 + dy) {
            for x in max(0, dx)..<min(80, 80 + dx) where after[x, y] != before[x - dx, y - dy] {
                let distance = moved.signedDistance(to: moved.center(ofPixel: x, y, at: after.size))
                if distance.magnitude > slack { wrong.append(PixelPlace(x: x, y: y, signedDistance: distance)) }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<40)
    func `more strokes never shrink the hole`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 30), widths: 1...12, margin: 9))
        var fewer = VectorMask(canvas: mask.canvas, strokes: [])
        var before = Bitmap(size: mask.canvas)
        for stroke in mask.strokes {
            fewer.strokes.append(stroke)
            let after = try raster(of: fewer)
            var both = after
            both.formUnion(before)
            #expect(both == after)
            before = after
        }
    }

    @Test(arguments: 0..<40)
    func `the order of strokes and the direction of paths change nothing`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 30), widths: 1...12, margin: 9))
        var turned = mask
        turned.strokes = try mask.strokes.reversed().map {
            try BrushStroke(path: Polyline($0.path.points.reversed()), width: $0.width)
        }
        let (first, second) = (try raster(of: mask), try raster(of: turned))
        #expect(mask.pixels(differingBetween: first, and: second, by: slack).isEmpty)
    }

    @Test(arguments: 0..<20, [1, 2, 7, 29])
    func `bands have the rows of the whole image`(seed: Int, height: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 30), widths: 0.5...12, margin: 9))
        let size = PixelSize.px(70, 30)
        let whole = try raster(of: mask, at: size)
        var rasterizer = ExactRasterizer()
        var band = SpanMask(size: .px(1, 1))
        var lines: [String] = []
        for start in stride(from: 0, to: 30, by: height) {
            try rasterizer.rasterize(mask, at: size, rows: start..<min(start + height, 30), into: &band)
            lines.append(band.asciiArt)
        }
        #expect(lines.joined(separator: "\n") == whole.asciiArt)
    }

    @Test(arguments: 0..<60)
    func `clipping to the canvas expanded by half the width changes no pixel`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(60, 40), widths: 0.5...20, margin: 60))
        // Clipped paths are rounded to 0.01 px like those of the composer, so the tolerance is that of a rounded point.
        var clipped = mask
        clipped.strokes = try mask.strokes.flatMap { stroke in
            try stroke.path.clipped(to: mask.canvas.bounds.grown(by: stroke.width / 2)).map {
                try BrushStroke(path: $0, width: stroke.width)
            }
        }
        let (first, second) = (try raster(of: mask), try raster(of: clipped))
        #expect(mask.pixels(differingBetween: first, and: second, by: 0.0072).isEmpty)
    }

    @Test(arguments: 0..<40)
    func `clipping at multiples of 0.01 px changes no pixel`(seed: Int) throws {
        // Axis-aligned segments have exact cuts.
        var random = RandomStream(seed: 2, use: .strokeChoice, index: UInt64(seed))
        var point = Point(x: 20, y: 10)
        var points = [point]
        for step in 0..<9 {
            if step % 2 == 0 {
                point.x = random.hundredths(from: -40, to: 80)
            } else {
                point.y = random.hundredths(from: -40, to: 60)
            }
            points.append(point)
        }
        let width = Double(2 + random.uniform(below: 30)) / 2
        let stroke = try BrushStroke(path: Polyline(points), width: width)
        let mask = VectorMask(canvas: .px(40, 20), strokes: [stroke])
        let pieces = stroke.path.clipped(to: mask.canvas.bounds.grown(by: width / 2))
        let clipped = VectorMask(
            canvas: .px(40, 20), strokes: try pieces.map { try BrushStroke(path: $0, width: width) })
        let (first, second) = (try raster(of: mask), try raster(of: clipped))
        #expect(mask.pixels(differingBetween: first, and: second, by: slack).isEmpty)
    }
}

extension BrushStroke {
    fileprivate func moved(dx: Double, dy: Double) throws -> BrushStroke {
        try BrushStroke(path: path.applying(.translation(dx: dx, dy: dy)), width: width)
    }
}
