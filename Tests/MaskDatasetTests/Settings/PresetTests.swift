import MaskModel
import MaskSamples
import Testing

@testable import MaskDataset

struct PresetTests {
    private func settings(_ name: String, on canvas: PixelSize = .standard) throws -> ExportSettings {
        try #require(Preset.all.first { $0.name == name }).settings(canvas: canvas)
    }

    @Test func `the first preset has the default settings`() throws {
        #expect(Preset.all.first?.name == "qd-imd")
        #expect(try settings("qd-imd") == ExportSettings())
    }

    @Test func `the test set of the papers has its twelve variants in order`() throws {
        let settings = try settings("paper-test")
        let specs = try settings.specs()
        #expect((settings.trainCount, settings.testCount) == (0, 12_000))
        for (index, expected) in [
            (0, (HoleRatioGoal.within(0.01...0.1), BorderConstraint.touching)), (999, (.within(0.01...0.1), .touching)),
            (1000, (.within(0.01...0.1), .free(margin: nil))), (1999, (.within(0.01...0.1), .free(margin: nil))),
            (2000, (.within(0.1...0.2), .touching)), (7000, (.within(0.3...0.4), .free(margin: nil))),
            (11_999, (.within(0.5...0.6), .free(margin: nil))),
        ] {
            let spec = specs[settings.variants.number(ofMask: index, of: 12_000)]
            #expect(spec.holeRatio == expected.0 && spec.border == expected.1)
        }
    }

    @Test func `alternating variants take turns`() throws {
        let variants = try settings("training-mix").variants
        #expect((0..<7).map { variants.number(ofMask: $0, of: 7) } == [0, 1, 2, 0, 1, 2, 0])
    }

    @Test func `blocks differ in length by at most one mask`() throws {
        let variants = try settings("paper-test").variants
        let counts = (0..<50).map { variants.number(ofMask: $0, of: 50) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        #expect(counts.count == 12)
        #expect(counts.values.allSatisfy { (4...5).contains($0) })
    }

    @Test(arguments: ["thin", "medium", "thick"])
    func `widths scale with the canvas`(name: String) throws {
        let large = try settings(name).spec
        let small = try settings(name, on: .px(128, 256)).spec
        #expect(small.strokeWidth.lowerBound == large.strokeWidth.lowerBound / 4)
        #expect(small.strokeWidth.upperBound == large.strokeWidth.upperBound / 4)
        #expect(small.holeRatio == large.holeRatio)
    }

    @Test func `a change overrides that of every variant`() throws {
        var settings = try settings("paper-test")
        var changes = MaskSpecChanges()
        changes.border = .any
        try settings.change(changes)
        #expect(try settings.specs().allSatisfy { $0.border == .any })
        #expect(Set(try settings.specs().map(\.holeRatio)).count == 6)
    }

    @Test func `a canvas on which a width is out of range is an error`() {
        let message = complaint { _ = try settings("thin", on: .px(1, 1)) }
        #expect(message == "the smallest stroke width is 0.005859375; expected 0.01 to 10000.0")
    }
}
