import MaskSamples
import MaskFormats
import MaskModel
import MaskRaster
import QuickDraw
import Testing

@testable import MaskDataset

struct MaskMakerTests {
    @Test func `a split without categories has no maker`() throws {
        let plan = try ExportPlan(settings: .small(test: 0), source: StrokePool("cat"))
        #expect(MaskMaker(plan: plan, split: .train) != nil)
        #expect(MaskMaker(plan: plan, split: .test) == nil)
    }

    @Test func `a record says which mask it is and how much of it is hole`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        var maker = try #require(MaskMaker(plan: plan, split: .test))
        let record = try maker.record(12)
        var rasterizer = ExactRasterizer()
        let raster = try rasterizer.raster(of: record.mask, at: .px(32, 32))
        #expect((record.id, record.split, record.index) == ("00012_test", .test, 12))
        #expect(record.holeRatio == raster.holeRatio)
        #expect((1...1.5).contains(try #require(record.upscale)))
    }

    @Test func `a record is the same every time, by every maker and in any order`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        var maker = try #require(MaskMaker(plan: plan, split: .train))
        let records = try (0..<20).map { try maker.record($0) }
        var other = try #require(MaskMaker(plan: plan, split: .train))
        let backwards = try (0..<20).reversed().map { try other.record($0) }
        #expect(records == backwards.reversed())
        #expect(Set(records.map(\.mask)).count == 20)
    }

    @Test func `a mask without a hole is drawn again until it has one`() throws {
        // A single stroke each: one of two, of which one lies above the wide canvas.
        var settings = try ExportSettings.small(test: 0)
        settings.spec = try MaskSpec(canvas: .px(100, 10), strokesMean: 1, strokesStd: 0)
        settings.pool.strokesPerDrawing = 2
        let pool = StrokePool("cat", strokes: [[(0, 0), (255, 0)], [(0, 128), (255, 128)]])
        let plan = try ExportPlan(settings: settings, source: pool)
        var maker = try #require(MaskMaker(plan: plan, split: .train))
        let composer = try #require(Composer(spec: settings.spec, seed: 0, split: .train, strokes: pool))
        var attempts: [Int] = []
        for index in 0..<20 {
            let first = try #require(
                (0..<100).first { !composer.composition(index: index, attempt: $0).mask.strokes.isEmpty })
            let record = try maker.record(index)
            #expect(record.mask == composer.composition(index: index, attempt: first).mask)
            attempts.append(first)
        }
        #expect(attempts.contains(0) && attempts.contains { $0 > 0 })
    }

    @Test func `a mask that never has a hole is an error`() throws {
        // The box covers the canvas, which is wide: what is at the top of the box lies outside.
        var settings = try ExportSettings.small(test: 0)
        settings.spec = try MaskSpec(canvas: .px(100, 10))
        let plan = try ExportPlan(settings: settings, source: StrokePool("cat", strokes: [[(0, 0), (255, 0)]]))
        var maker = try #require(MaskMaker(plan: plan, split: .train))
        let message = complaint { _ = try maker.record(0) }
        #expect(message == "00000_train: no hole in 1000 attempts; wanted wider strokes or a larger canvas")
    }

    @Test func `strokes that miss every pixel's centre are no hole`() throws {
        var settings = try ExportSettings.small(test: 0)
        settings.spec = try MaskSpec(
            canvas: .px(32, 32), minStrokeWidth: 0.01, maxStrokeWidth: 0.01, maxUpscaleRate: 1)
        // The middle of the box is a corner of four pixels.
        let plan = try ExportPlan(settings: settings, source: StrokePool("cat", strokes: [[(128, 128)]]))
        var maker = try #require(MaskMaker(plan: plan, split: .train))
        let message = complaint { _ = try maker.record(7) }
        #expect(message == "00007_train: no hole in 1000 attempts; wanted wider strokes or a larger canvas")
    }
}
