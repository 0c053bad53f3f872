import MaskModel
import MaskSamples
import Testing

struct MaskSpecTests {
    @Test(arguments: [1.0...1, 1...2, 1...Double.infinity]) func `hole ratios above 1 are refused`(
        range: ClosedRange<Double>
    ) {
        var changes = MaskSpecChanges()
        changes.holeRatio = .within(range)
        let message = complaint { _ = try MaskSpec.standard.applying(changes) }
        #expect(message == "the smallest hole ratio is 1.0; expected 0.0 to 0.9999999999999999")
    }

    @Test func `the part of an interval that a free border does not allow is known`() throws {
        var changes = MaskSpecChanges()
        changes.holeRatio = .within(0.6...0.7)
        changes.border = .free(margin: nil)
        let spec = try MaskSpec.standard.applying(changes)
        #expect(spec.unreachableHoleRatios == 0.64752197265625...0.7)
        changes.border = .any
        #expect(try MaskSpec.standard.applying(changes).unreachableHoleRatios == nil)
    }

    @Test func `the defaults are those of QD-IMD`() throws {
        let spec = try MaskSpec()
        #expect(spec == .standard)
        #expect(spec.canvas == PixelSize(width: 512, height: 512))
        #expect(spec.strokesMean == 4)
        #expect(spec.strokesStd == 2)
        #expect(spec.strokeWidth == 5...15)
        #expect(spec.maxUpscaleRate == 1.5)
    }

    @Test func `explicit values are kept`() throws {
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

    @Test func `the bounds of every range are allowed`() throws {
        let lowest = try MaskSpec(
            strokesMean: 0, strokesStd: 0, minStrokeWidth: 0.01, maxStrokeWidth: 0.01, maxUpscaleRate: 1)
        let highest = try MaskSpec(
            strokesMean: 10_000, strokesStd: 10_000, minStrokeWidth: 10_000, maxStrokeWidth: 10_000,
            maxUpscaleRate: 100)
        #expect(lowest.strokeWidth == 0.01...0.01)
        #expect(highest.strokeWidth == 10_000...10_000)
    }

    private func errorMessage(_ make: () throws -> MaskSpec) -> String? {
        #expect(throws: MaskSpecError.self) { try make() }.map { "\($0)" }
    }

    @Test func `the error for a mean number of strokes out of range names it`() {
        let tooSmall = errorMessage { try MaskSpec(strokesMean: -1) }
        let tooLarge = errorMessage { try MaskSpec(strokesMean: 10_000.5) }
        #expect(tooSmall == "the mean number of strokes is -1.0; expected 0.0 to 10000.0")
        #expect(tooLarge == "the mean number of strokes is 10000.5; expected 0.0 to 10000.0")
    }

    @Test func `the error for a standard deviation out of range names it`() {
        let message = errorMessage { try MaskSpec(strokesStd: -0.5) }
        #expect(message == "the standard deviation of the number of strokes is -0.5; expected 0.0 to 10000.0")
    }

    @Test func `the error for a minimum width out of range names it`() {
        let message = errorMessage { try MaskSpec(minStrokeWidth: 0) }
        #expect(message == "the smallest stroke width is 0.0; expected 0.01 to 10000.0")
    }

    @Test func `the error for a maximum width below the minimum names it`() {
        let message = errorMessage { try MaskSpec(minStrokeWidth: 5, maxStrokeWidth: 4) }
        #expect(message == "the largest stroke width is 4.0; expected 5.0 to 10000.0")
    }

    @Test func `the error for an upscale rate out of range names it`() {
        let tooSmall = errorMessage { try MaskSpec(maxUpscaleRate: 0.5) }
        let tooLarge = errorMessage { try MaskSpec(maxUpscaleRate: .infinity) }
        #expect(tooSmall == "the largest upscale rate is 0.5; expected 1.0 to 100.0")
        #expect(tooLarge == "the largest upscale rate is inf; expected 1.0 to 100.0")
    }

    @Test func `NaN is out of every range`() {
        let messages = [
            errorMessage { try MaskSpec(strokesMean: .nan) }, errorMessage { try MaskSpec(strokesStd: .nan) },
            errorMessage { try MaskSpec(minStrokeWidth: .nan) }, errorMessage { try MaskSpec(maxStrokeWidth: .nan) },
            errorMessage { try MaskSpec(maxUpscaleRate: .nan) },
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

    private func errorMessage(_ change: (inout MaskSpecChanges) -> Void) -> String? {
        var changes = MaskSpecChanges()
        change(&changes)
        return errorMessage { try MaskSpec.standard.applying(changes) }
    }

    @Test func `changes replace only the values they set`() throws {
        var changes = MaskSpecChanges()
        changes.minStrokeWidth = 7
        changes.border = .touching
        let spec = try MaskSpec.standard.applying(changes)
        #expect(spec.strokeWidth == 7...15)
        #expect(spec.border == .touching)
        #expect(spec.strokesMean == 4)
        #expect(try MaskSpec.standard.applying(MaskSpecChanges()) == .standard)
    }

    @Test func `excluding other changes removes the values they set`() {
        var changes = MaskSpecChanges()
        changes.strokesMean = 5
        changes.flips = true
        var others = MaskSpecChanges()
        others.strokesMean = 6
        others.strokesStd = 1
        var expected = MaskSpecChanges()
        expected.flips = true
        #expect(changes.excluding(others) == expected)
    }

    @Test func `the error for a changed value out of range names it`() {
        let messages = [
            errorMessage { $0.holeRatio = .within(0.5...0.5) },
            errorMessage { $0.holeRatio = .within(-0.1...0.5) },
            errorMessage { $0.holeRatio = .within(0.5...1.5) },
            errorMessage { $0.maxWidthFactor = 0.5 },
            errorMessage { $0.strokeScale = 0...1 },
            errorMessage { $0.strokeScale = 1...1000 },
            errorMessage { $0.border = .free(margin: 300) },
            errorMessage { $0.border = .free(margin: -1) },
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

    @Test func `a hole ratio above the maximum for a free border is an error`() {
        let message = errorMessage {
            $0.border = .free(margin: nil)
            $0.holeRatio = .within(0.7...0.8)
        }
        #expect(message == "the smallest hole ratio is 0.7; expected 0.0 to 0.64752197265625")
    }
}
