import MaskModel
import Testing

struct MaskSpecTests {
    @Test func `the defaults are QD-IMD's`() throws {
        let spec = try MaskSpec()
        #expect(spec == .standard)
        #expect(spec.canvas == PixelSize(width: 512, height: 512))
        #expect(spec.strokesMean == 4)
        #expect(spec.strokesStd == 2)
        #expect(spec.strokeWidth == 5...15)
        #expect(spec.maxUpscaleRate == 1.5)
    }

    @Test func `the values given are kept`() throws {
        let canvas = try #require(PixelSize(width: 640, height: 480))
        let spec = try MaskSpec(
            canvas: canvas, strokesMean: 3.5, strokesStd: 0.25, minStrokeWidth: 1, maxStrokeWidth: 2.5,
            maxUpscaleRate: 2)
        #expect(spec.canvas == canvas)
        #expect(spec.strokesMean == 3.5)
        #expect(spec.strokesStd == 0.25)
        #expect(spec.strokeWidth == 1...2.5)
        #expect(spec.maxUpscaleRate == 2)
    }

    @Test func `the ends of every range are allowed`() throws {
        let lowest = try MaskSpec(
            strokesMean: 0, strokesStd: 0, minStrokeWidth: 0.01, maxStrokeWidth: 0.01, maxUpscaleRate: 1)
        let highest = try MaskSpec(
            strokesMean: 10_000, strokesStd: 10_000, minStrokeWidth: 10_000, maxStrokeWidth: 10_000,
            maxUpscaleRate: 100)
        #expect(lowest.strokeWidth == 0.01...0.01)
        #expect(highest.strokeWidth == 10_000...10_000)
    }

    private func fault(_ make: () throws -> MaskSpec) -> String? {
        #expect(throws: MaskSpecError.self) { try make() }.map { "\($0)" }
    }

    @Test func `a mean number of strokes out of range is named`() {
        let tooSmall = fault { try MaskSpec(strokesMean: -1) }
        let tooLarge = fault { try MaskSpec(strokesMean: 10_000.5) }
        #expect(tooSmall == "the mean number of strokes is -1.0; expected 0.0 to 10000.0")
        #expect(tooLarge == "the mean number of strokes is 10000.5; expected 0.0 to 10000.0")
    }

    @Test func `a deviation of the number of strokes out of range is named`() {
        let message = fault { try MaskSpec(strokesStd: -0.5) }
        #expect(message == "the standard deviation of the number of strokes is -0.5; expected 0.0 to 10000.0")
    }

    @Test func `a smallest width out of range is named`() {
        let message = fault { try MaskSpec(minStrokeWidth: 0) }
        #expect(message == "the smallest stroke width is 0.0; expected 0.01 to 10000.0")
    }

    @Test func `a largest width below the smallest is named`() {
        let message = fault { try MaskSpec(minStrokeWidth: 5, maxStrokeWidth: 4) }
        #expect(message == "the largest stroke width is 4.0; expected 5.0 to 10000.0")
    }

    @Test func `an upscale rate out of range is named`() {
        let tooSmall = fault { try MaskSpec(maxUpscaleRate: 0.5) }
        let tooLarge = fault { try MaskSpec(maxUpscaleRate: .infinity) }
        #expect(tooSmall == "the largest upscale rate is 0.5; expected 1.0 to 100.0")
        #expect(tooLarge == "the largest upscale rate is inf; expected 1.0 to 100.0")
    }

    @Test func `what is not a number is out of every range`() {
        let messages = [
            fault { try MaskSpec(strokesMean: .nan) }, fault { try MaskSpec(strokesStd: .nan) },
            fault { try MaskSpec(minStrokeWidth: .nan) }, fault { try MaskSpec(maxStrokeWidth: .nan) },
            fault { try MaskSpec(maxUpscaleRate: .nan) },
        ]
        #expect(
            messages == [
                "the mean number of strokes is nan; expected 0.0 to 10000.0",
                "the standard deviation of the number of strokes is nan; expected 0.0 to 10000.0",
                "the smallest stroke width is nan; expected 0.01 to 10000.0",
                "the largest stroke width is nan; expected 5.0 to 10000.0",
                "the largest upscale rate is nan; expected 1.0 to 100.0",
            ])
    }

    // MARK: Changes

    private func fault(_ change: (inout MaskSpecChanges) -> Void) -> String? {
        var changes = MaskSpecChanges()
        change(&changes)
        return fault { try MaskSpec.standard.applying(changes) }
    }

    @Test func `changes replace what they name`() throws {
        var changes = MaskSpecChanges()
        changes.minStrokeWidth = 7
        changes.border = .touching
        let spec = try MaskSpec.standard.applying(changes)
        #expect(spec.strokeWidth == 7...15)
        #expect(spec.border == .touching)
        #expect(spec.strokesMean == 4)
        #expect(try MaskSpec.standard.applying(MaskSpecChanges()) == .standard)
    }

    @Test func `what others replace is left to them`() {
        var changes = MaskSpecChanges()
        changes.strokesMean = 5
        changes.flips = true
        var others = MaskSpecChanges()
        others.strokesMean = 6
        others.strokesStd = 1
        var expected = MaskSpecChanges()
        expected.flips = true
        #expect(changes.leaving(others) == expected)
    }

    @Test func `wishes out of range are named`() {
        let messages = [
            fault { $0.holeRatio = .within(0.5...0.5) },
            fault { $0.holeRatio = .within(-0.1...0.5) },
            fault { $0.holeRatio = .within(0.5...1.5) },
            fault { $0.maxWidthFactor = 0.5 },
            fault { $0.strokeScale = 0...1 },
            fault { $0.strokeScale = 1...1000 },
            fault { $0.border = .free(margin: 300) },
            fault { $0.border = .free(margin: -1) },
        ]
        #expect(
            messages == [
                "the largest hole ratio is 0.5; expected 0.5000000000000001 to 1.0",
                "the smallest hole ratio is -0.1; expected 0.0 to 1.0",
                "the largest hole ratio is 1.5; expected 0.5000000000000001 to 1.0",
                "the largest width factor is 0.5; expected 1.0 to 100.0",
                "the smallest stroke scale is 0.0; expected 0.01 to 100.0",
                "the largest stroke scale is 1000.0; expected 0.01 to 100.0",
                "the free border is 300.0; expected 0.0 to 250.88",
                "the free border is -1.0; expected 0.0 to 250.88",
            ])
    }

    @Test func `a hole ratio beyond what a free border leaves is refused`() {
        let message = fault {
            $0.border = .free(margin: nil)
            $0.holeRatio = .within(0.7...0.8)
        }
        #expect(message == "the smallest hole ratio is 0.7; expected 0.0 to 0.64752197265625")
    }
}
