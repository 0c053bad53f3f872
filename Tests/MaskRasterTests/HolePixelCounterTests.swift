import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

@testable import MaskRaster

@Suite struct HolePixelCounterTests {
    /// Measures a mask twice with the same meter, after a full image.
    private func measure(_ mask: VectorMask, at size: PixelSize) throws -> (ratio: Double, hasHoleAtEdge: Bool) {
        var meter = HolePixelCounter()
        for width in [1e6, nil, nil] {
            meter.begin(canvas: mask.canvas, size: size)
            for stroke in mask.strokes { meter.add(stroke.path.points.span, width: width ?? stroke.width) }
        }
        return (meter.holeRatio, meter.hasHoleAtEdge)
    }

    @Test(arguments: 0..<100)
    func `the hole ratio and the holes at the edge are those of the raster`(seed: Int) throws {
        var random = RandomStream(seed: UInt64(seed), use: .trainMask, index: 0)
        let canvas = PixelSize.px(1 + random.uniform(below: 400), 1 + random.uniform(below: 200))
        let strokes = try (0..<random.uniform(below: 4)).map { _ in
            let points = (0...random.uniform(below: 5)).map { _ in
                Point(
                    x: random.uniform(in: -20...Double(canvas.width) + 20),
                    y: random.uniform(in: -20...Double(canvas.height) + 20))
            }
            return try BrushStroke(path: Polyline(points), width: random.uniform(in: 0.01...90))
        }
        let mask = VectorMask(canvas: canvas, strokes: strokes)
        for size in [canvas, .px(82, 82), .px(64, 3), .px(130, 65), .px(1, 1)] {
            var rasterizer = ExactRasterizer()
            let raster = try rasterizer.raster(of: mask, at: size)
            let measured = try measure(mask, at: size)
            #expect(measured.ratio == raster.holeRatio)
            #expect(measured.hasHoleAtEdge == raster.hasHoleAtEdge(top: true, bottom: true))
        }
    }

    @Test(arguments: [(1, 1), (57, 2), (58, 2), (512, 3), (65, 64)])
    func `all pixels of a full image are counted`(width: Int, height: Int) throws {
        let canvas = PixelSize.px(width, height)
        let stroke = try BrushStroke(path: Polyline([Point(x: 0, y: 0), Point(x: 1, y: 2)]), width: 5000)
        let measured = try measure(VectorMask(canvas: canvas, strokes: [stroke]), at: canvas)
        #expect(measured.ratio == 1)
        #expect(measured.hasHoleAtEdge)
    }
}
