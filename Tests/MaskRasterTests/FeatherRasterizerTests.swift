import MaskModel
import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

private func levels(of mask: VectorMask, at size: PixelSize? = nil, feather: Double) throws -> [[UInt8]] {
    var rasterizer = FeatherRasterizer(try #require(FeatherDistance(distance: feather)))
    return try rasterizer.raster(of: mask, at: size ?? mask.canvas).rowsOfLevels
}

@Suite struct FeatherRasterizerTests {
    @Test func `a mask without strokes has no hole`() throws {
        let image = try levels(of: VectorMask(canvas: .px(3, 2), strokes: []), feather: 2)
        #expect(image == [[0, 0, 0], [0, 0, 0]])
    }

    @Test func `outside the hole the level falls linearly`() throws {
        // The hole ends at x = 1; the distances of the pixel centers are 0.5, 1.5, ….
        let mask = try VectorMask(.px(7, 1), through: (0, -50), (0, 50), width: 2)
        let image = try levels(of: mask, feather: 4)
        #expect(image == [[255, 223, 159, 96, 32, 0, 0]])
    }

    @Test func `a stroke that overlaps another does not lower its edge`() throws {
        let wide = try BrushStroke(through: (0, -50), (0, 50), width: 2)
        let narrow = try BrushStroke(through: (1, -50), (1, 50), width: 0.02)
        let both = try levels(of: VectorMask(canvas: .px(6, 1), strokes: [wide, narrow]), feather: 4)
        let reversed = try levels(of: VectorMask(canvas: .px(6, 1), strokes: [narrow, wide]), feather: 4)
        #expect(both == [[255, 223, 160, 96, 33, 0]])
        #expect(both == reversed)
    }

    @Test func `the edge of a dot is round`() throws {
        let image = try levels(of: VectorMask(.px(5, 5), through: (2.5, 2.5), width: 1), feather: 2)
        // Distances of (1, √2, 2, √5) − 0.5, divided by 2.
        #expect(
            image == [
                [0, 34, 64, 34, 0],
                [34, 138, 191, 138, 34],
                [64, 191, 255, 191, 64],
                [34, 138, 191, 138, 34],
                [0, 34, 64, 34, 0],
            ])
    }

    @Test func `the distance is in canvas px`() throws {
        let mask = try VectorMask(.px(4, 1), through: (0, -50), (0, 50), width: 2)
        let fine = try levels(of: mask, at: .px(8, 2), feather: 2)
        // From x = 1 on, the distances of the pixel centers are 0.25, 0.75, … canvas px.
        #expect(fine[0] == [255, 255, 223, 159, 96, 32, 0, 0])
        #expect(fine[0] == fine[1])
    }

    @Test(arguments: 0..<30, [0.01, 0.7, 3.0, 25])
    func `a level is the distance from the hole, to within 1 of 255`(seed: Int, feather: Double) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(40, 30), widths: 0.01...12, margin: 9))
        for size in [PixelSize.px(40, 30), .px(27, 20), .px(3, 70)] {
            let image = try levels(of: mask, at: size, feather: feather)
            var worst = 0.0
            for y in 0..<size.height {
                for x in 0..<size.width {
                    let outside = max(mask.signedDistance(to: mask.center(ofPixel: x, y, at: size)), 0)
                    let expected = 255 * max(1 - outside / feather, 0)
                    worst = max(worst, (Double(image[y][x]) - expected).magnitude)
                }
            }
            #expect(worst <= 1 + 1e-6 / feather, "\(size) px")
        }
    }

    @Test(arguments: 0..<40)
    func `the level is 255 only in the exact hole, and 0 from the distance on`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 30), widths: 0.01...9, margin: 9))
        var exact = ExactRasterizer()
        let hole = try exact.raster(of: mask, at: mask.canvas)
        let image = try levels(of: mask, feather: 6)
        for y in 0..<30 {
            for x in 0..<70 {
                #expect((image[y][x] == 255) == hole[x, y], "(\(x), \(y))")
                let outside = mask.signedDistance(to: mask.center(ofPixel: x, y, at: mask.canvas))
                if (outside - 6).magnitude > 1e-9 { #expect((image[y][x] == 0) == (outside > 6), "(\(x), \(y))") }
            }
        }
    }

    @Test(arguments: 0..<20, [1, 2, 7, 29])
    func `bands have the rows of the whole image`(seed: Int, height: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(70, 30), widths: 0.5...12, margin: 9))
        let whole = try levels(of: mask, feather: 4)
        var rasterizer = FeatherRasterizer(try #require(FeatherDistance(distance: 4)))
        var band = GrayImage(size: .px(1, 1))
        var rows: [[UInt8]] = []
        for start in stride(from: 0, to: 30, by: height) {
            try rasterizer.rasterize(mask, at: mask.canvas, rows: start..<min(start + height, 30), into: &band)
            rows += band.rowsOfLevels
        }
        #expect(rows == whole)
    }

    @Test func `an image wider than the distance buffer is drawn completely`() throws {
        let mask = try VectorMask(.px(9000, 3), through: (8997.5, 1.5), width: 1)
        let image = try levels(of: mask, feather: 2)
        #expect(image[1].suffix(6) == [0, 64, 191, 255, 191, 64])
        #expect(image[0].suffix(6) == [0, 34, 138, 191, 138, 34])
        #expect(image[1].dropLast(6).allSatisfy { $0 == 0 })
    }

    @Test(arguments: 0..<20)
    func `a wider edge lowers no level`(seed: Int) throws {
        let mask = try VectorMask.random(seed: seed, MaskSampleSpec(canvas: .px(40, 30), widths: 0.5...9, margin: 9))
        let (near, far) = (try levels(of: mask, feather: 3), try levels(of: mask, feather: 3.5))
        #expect(zip(near.joined(), far.joined()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: [0.0, -1, 0.009, 10_000_001, .infinity, .nan])
    func `a distance out of range is nil`(distance: Double) {
        #expect(FeatherDistance(distance: distance) == nil)
    }

    @Test func `strokes and edges of the maximum width are drawn`() throws {
        let mask = try VectorMask(.px(2, 1), through: (-10_000_000, 0.5), width: 10_000_000)
        let image = try levels(of: mask, feather: 10_000_000)
        // At half the distance, the level is half of 255.
        #expect(image == [[127, 127]])
    }
}
