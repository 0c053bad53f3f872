import MaskGeneration
import MaskSamples
import MaskFormats
import MaskModel
import MaskRaster
import QuickDraw
import StrokeBank
import Testing

@testable import MaskDataset

struct MaskRecordGeneratorTests {
    @Test func `a split without categories has no generator`() throws {
        let plan = try ExportPlan(settings: .small(test: 0), source: StrokePool("cat"))
        let hasGenerator = Split.allCases.map { MaskRecordGenerator(plan: plan, split: $0) != nil }
        #expect(hasGenerator == [true, false])
    }

    @Test func `a record contains the id, the split, the index, and the hole ratio of its mask`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        var generator = try MaskRecordGenerator(plan, .test)
        let record = try generator.record(12)
        var rasterizer = ExactRasterizer()
        let raster = try rasterizer.raster(of: record.mask, at: .px(32, 32))
        #expect((record.id, record.split, record.index) == ("00012_test", .test, 12))
        #expect(record.holeRatio == raster.holeRatio)
        #expect((1...1.5).contains(try #require(record.upscale)))
    }

    @Test func `a record does not depend on the generator or the order`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        var generator = try MaskRecordGenerator(plan, .train)
        let records = try (0..<20).map { try generator.record($0) }
        var other = try MaskRecordGenerator(plan, .train)
        let backwards = try (0..<20).reversed().map { try other.record($0) }
        #expect(records == backwards.reversed())
        #expect(Set(records.map(\.mask)).count == 20)
    }

    @Test func `a mask without a hole is sampled again until it has one`() throws {
        // A single stroke each: one of two, of which one lies above the wide canvas.
        var settings = try ExportSettings.small(test: 0)
        settings.spec = try MaskSpec(canvas: .px(100, 10), strokesMean: 1, strokesStd: 0)
        settings.pool.strokesPerDrawing = 2
        let pool = StrokePool("cat", strokes: [[(0, 0), (255, 0)], [(0, 128), (255, 128)]])
        let plan = try ExportPlan(settings: settings, source: pool)
        var generator = try MaskRecordGenerator(plan, .train)
        let composer = try #require(Composer(spec: settings.spec, seed: 0, split: .train, strokes: pool))
        var attempts: [Int] = []
        for index in 0..<20 {
            let first = try #require(
                (0..<100).first { !composer.composition(index: index, attempt: $0).mask.strokes.isEmpty })
            let record = try generator.record(index)
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
        var generator = try MaskRecordGenerator(plan, .train)
        let message = complaint { _ = try generator.record(0) }
        #expect(message == "00000_train: no hole in 1000 attempts; expected wider strokes or a larger canvas")
    }

    @Test func `strokes that miss all pixel centers are not a hole`() throws {
        var settings = try ExportSettings.small(test: 0)
        settings.spec = try MaskSpec(
            canvas: .px(32, 32), minStrokeWidth: 0.01, maxStrokeWidth: 0.01, maxUpscaleRate: 1)
        // The middle of the box is a corner of four pixels.
        let plan = try ExportPlan(settings: settings, source: StrokePool("cat", strokes: [[(128, 128)]]))
        var generator = try MaskRecordGenerator(plan, .train)
        let message = complaint { _ = try generator.record(7) }
        #expect(message == "00007_train: no hole in 1000 attempts; expected wider strokes or a larger canvas")
    }

    // MARK: Hole ratio and border

    private func generator(_ change: (inout MaskSpecChanges) -> Void) throws -> MaskRecordGenerator {
        var settings = try ExportSettings.small(test: 0, canvas: .px(128, 128))
        var changes = MaskSpecChanges()
        changes.placement = .uniform
        change(&changes)
        try settings.change(changes)
        let strokes: [[(UInt8, UInt8)]] = [
            [(10, 20), (200, 40), (180, 230)], [(128, 128)], [(0, 250), (250, 0)], [(60, 60), (90, 60), (90, 90)],
        ]
        let pool = StrokePool("cat", "dog", strokes: strokes)
        return try MaskRecordGenerator(ExportPlan(settings: settings, source: pool), .train)
    }

    @Test(arguments: [0.0...0.01, 0.02...0.05, 0.1...0.2, 0.5...0.6, 0.75...0.9])
    func `every mask has a hole ratio within the interval`(goal: ClosedRange<Double>) throws {
        var generator = try generator { $0.holeRatio = .within(goal) }
        for index in 0..<50 {
            let record = try generator.record(index)
            let raster = try record.mask.exactRaster(at: record.mask.canvas)
            #expect(raster.holeRatio > goal.lowerBound && raster.holeRatio <= goal.upperBound)
            #expect(record.holeRatio == raster.holeRatio)
            let factor = try #require(record.widthFactor)
            #expect((0.25...4).contains(factor))
        }
    }

    @Test func `every mask that must touch the border does`() throws {
        for ratio in [HoleRatioGoal.any, .within(0.02...0.1)] {
            var generator = try generator {
                $0.border = .touching
                $0.holeRatio = ratio
                $0.strokeScale = 0.1...0.2
            }
            for index in 0..<50 {
                let mask = try generator.record(index).mask
                let raster = try mask.exactRaster(at: mask.canvas)
                #expect(raster.hasHoleAtEdge(top: true, bottom: true))
            }
        }
    }

    @Test func `no mask extends into a free border`() throws {
        for ratio in [HoleRatioGoal.any, .within(0.3...0.5)] {
            var generator = try generator {
                $0.border = .free(margin: nil)
                $0.holeRatio = ratio
            }
            for index in 0..<50 {
                let mask = try generator.record(index).mask
                let raster = try mask.exactRaster(at: mask.canvas)
                let inner = 12.5..<115.5
                for y in 0..<128 {
                    for x in 0..<128 where raster[x, y] {
                        #expect(inner.contains(Double(x) + 0.5) && inner.contains(Double(y) + 0.5))
                    }
                }
            }
        }
    }

    @Test func `a hole ratio that is never reached is an error with the ratios found`() throws {
        // One stroke in one place covers 4 of 64 columns; the widths may not change.
        var settings = try ExportSettings.small(test: 0, canvas: .px(64, 64))
        var changes = MaskSpecChanges()
        changes.minStrokeWidth = 4
        changes.maxStrokeWidth = 4
        changes.maxUpscaleRate = 1
        changes.maxWidthFactor = 1
        changes.holeRatio = .within(0.2...0.3)
        try settings.change(changes)
        let pool = StrokePool("cat", strokes: [[(128, 0), (128, 255)]])
        var generator = try MaskRecordGenerator(ExportPlan(settings: settings, source: pool), .train)
        let message = complaint { _ = try generator.record(3) }
        #expect(
            message == """
                00003_train: hole ratios of 0.0625 to 0.0625 in 50 attempts; expected 0.2 to 0.3; other strokes, widths \
                or a larger width factor may reach it
                """)
    }

    @Test func `masks have the spec of their variant`() throws {
        var settings = try ExportSettings.small(train: 6, test: 0, canvas: .px(128, 128))
        settings.variants.changes = [MaskSpecChanges(), MaskSpecChanges()]
        settings.variants.changes[1].holeRatio = .within(0.1...0.2)
        var generator = try MaskRecordGenerator(ExportPlan(settings: settings, source: StrokePool("cat")), .train)
        let factors = try (0..<6).map { try generator.record($0).widthFactor != nil }
        #expect(factors == [false, false, false, true, true, true])
    }
}

extension MaskRecordGenerator {
    /// The generator of a split that has categories. `#require` accepts only copyable values.
    fileprivate init(_ plan: ExportPlan, _ split: Split) throws {
        guard let generator = MaskRecordGenerator(plan: plan, split: split) else { throw NoGenerator() }
        self = generator
    }
}

private struct NoGenerator: Error {}

extension VectorMask {
    fileprivate func exactRaster(at size: PixelSize) throws -> Bitmap {
        var rasterizer = ExactRasterizer()
        return Bitmap(try rasterizer.raster(of: self, at: size))
    }
}
