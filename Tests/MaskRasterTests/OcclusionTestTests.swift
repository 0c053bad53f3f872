import MaskModel
import MaskRaster
import MaskSamples
import PlaneGeometry
import Testing

private let margin = 0.7

@Suite struct OcclusionTestTests {
    private static let canvas = PixelSize.px(60, 45)
    private static let size = PixelSize.px(90, 60)

    private static func mask(seed: Int) throws -> VectorMask {
        try VectorMask.random(seed: seed, MaskSampleSpec(canvas: canvas, widths: 1...20, margin: 10))
    }

    private static func test(of rows: Range<Int>) -> OcclusionTest {
        OcclusionTest(canvas: canvas, size: size, rows: rows, margin: margin)
    }

    @Test(arguments: 0..<20)
    func `the core is the hole of strokes that are narrower by the margin on both sides`(seed: Int) throws {
        let mask = try Self.mask(seed: seed)
        var raster = Bitmap(size: Self.size)
        Self.test(of: 0..<Self.size.height).paint(mask.strokes, into: &raster)
        let narrower = try mask.strokes.filter { $0.width > 2 * margin }.map {
            try BrushStroke(path: $0.path, width: $0.width - 2 * margin)
        }
        let core = VectorMask(canvas: mask.canvas, strokes: narrower)
        // The tolerance is the rounding of the widths.
        let wrong = core.pixels(of: raster, wrongBy: 0.01)
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<20, [0..<60, 13..<14, 20..<60])
    func `a segment is occluded if all its pixels, including the margin, are hole`(seed: Int, rows: Range<Int>) throws {
        let mask = try Self.mask(seed: seed)
        var exact = ExactRasterizer()
        var spans = SpanMask(size: .smallest)
        try exact.rasterize(mask, at: Self.size, rows: rows, into: &spans)
        let raster = Bitmap(spans)
        var occludedCount = 0
        for stroke in try Self.mask(seed: seed + 100).strokes + mask.strokes {
            // Half of the segments are much narrower than the hole.
            for radius in [stroke.width / 2, 0.3] {
                for (start, end) in zip(stroke.path.points, stroke.path.points.dropFirst()) {
                    let isOccluded = Self.test(of: rows).isSegmentOccluded(
                        from: start, to: end, radius: radius, in: raster)
                    occludedCount += isOccluded ? 1 : 0
                    guard isOccluded else { continue }
                    let segment = try BrushStroke(path: Polyline([start, end]), width: 2 * (radius + margin) - 0.02)
                    try exact.rasterize(
                        VectorMask(canvas: mask.canvas, strokes: [segment]), at: Self.size, rows: rows, into: &spans)
                    var alone = Bitmap(spans)
                    alone.formUnion(raster)
                    #expect(alone == raster)
                }
            }
        }
        #expect(occludedCount > 0)
    }
}
