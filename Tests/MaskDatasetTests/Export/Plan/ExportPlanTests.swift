import StrokeBank
import MaskSamples
import MaskModel
import PNGCodec
import QuickDraw
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct ExportPlanTests {
    // MARK: Shards

    @Test(arguments: [0, 1, 249, 250, 251, 1000], Split.allCases)
    func `shards cover all masks once, in order`(count: Int, split: Split) throws {
        let settings = try ExportSettings.small(train: split == .train ? count : 7, test: split == .test ? count : 7)
        let list = try ExportPlan(settings: settings, source: StrokePool("cat", "dog")).shards
        let shards = list.all.filter { $0.split == split }
        #expect(shards.flatMap(\.masks) == Array(0..<count))
        #expect(shards.count == (count + 249) / 250)
        #expect(shards.allSatisfy { (1...250).contains($0.masks.count) })
        #expect(Array(list.numbers(of: split)) == shards.map(\.number))
    }

    @Test func `shards of train come before those of test`() throws {
        let shards = try ExportPlan(settings: .small(train: 251, test: 501), source: StrokePool("cat", "dog")).shards
        #expect(shards.all.map(\.split) == [.train, .train, .test, .test, .test])
        #expect(shards.all.map(\.masks) == [0..<250, 250..<251, 0..<250, 250..<500, 500..<501])
        #expect(shards.all.map(\.number) == Array(0..<5))
    }

    @Test(arguments: [1, 2, 249, 250, 251, 600, 999, 1000, 1001, .max], [nil, 1, 300])
    func `a shard consists of whole tars`(masksPerTar: Int, masksPerShard: Int?) throws {
        for count in [0, 1, 999, 1000, 1001] {
            try checkShards(masksPerTar: masksPerTar, count: count, masksPerShard: masksPerShard)
        }
    }

    private func checkShards(masksPerTar: Int, count: Int, masksPerShard: Int?) throws {
        var settings = try ExportSettings.small(train: count, test: 0)
        settings.masksPerTar = masksPerTar
        let plan = try ExportPlan(
            settings: settings, source: StrokePool("cat", "dog"), masksPerShard: masksPerShard)
        #expect(plan.shards.all.flatMap(\.masks) == Array(0..<count))
        for shard in plan.shards.all {
            let (start, end) = (shard.masks.lowerBound, shard.masks.upperBound)
            #expect(start % masksPerTar == 0 && (end % masksPerTar == 0 || end == count))
            // No more tars than the shard's size needs.
            #expect(shard.masks.count <= masksPerTar || shard.masks.count < (masksPerShard ?? 250) + masksPerTar)
        }
    }

    @Test func `the shards of the largest plan are computed on demand`() throws {
        var settings = try ExportSettings.small(train: .max / 4, test: .max / 4)
        settings.masksPerTar = 999
        let shards = try ExportPlan(settings: settings, source: StrokePool("cat", "dog")).shards
        #expect(shards[shards.count - 1].masks.upperBound == .max / 4)
    }

    // MARK: Categories

    @Test func `each split uses only its own categories`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("ant", "bee", "cat", "dog", "eel"))
        let words = Split.allCases.map { plan.pools[$0]?.words ?? [] }
        #expect(words.map(\.count) == [3, 2])
        #expect(words.flatMap(\.self).sorted() == ["ant", "bee", "cat", "dog", "eel"])
    }

    @Test func `test masks from a single category are an error`() throws {
        let settings = try ExportSettings.small()
        let message = complaint { _ = try ExportPlan(settings: settings, source: StrokePool("cat")) }
        #expect(
            message == "no categories left for test: the source has 1 (cat); expected at least 2, or no test masks")
    }

    @Test func `train masks without a category are an error`() throws {
        let settings = try ExportSettings.small()
        let message = complaint { _ = try ExportPlan(settings: settings, source: StrokePool([], drawingLimit: 1)) }
        #expect(message == "no categories left for train: the source has 0; expected at least 1")
    }

    @Test func `a split without masks needs no categories`() throws {
        let onlyTrain = try ExportPlan(settings: .small(test: 0), source: StrokePool("cat"))
        let nothing = try ExportPlan(settings: .small(train: 0, test: 0), source: StrokePool([], drawingLimit: 1))
        #expect(onlyTrain.shards.count == 1)
        #expect(nothing.shards.count == 0)
    }

    // MARK: check

    @Test func `a plan accepts its own file`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        #expect(complaint { try plan.check(against: plan.json, at: "plan.json") } == nil)
    }

    @Test func `a plan accepts the manifest of its dataset`() async throws {
        let folder = try ExportFolder()
        let settings = try ExportSettings.small()
        try await folder.export(settings)
        let plan = try ExportPlan(settings: settings, source: folder.pool(settings))
        let manifest = try folder.folder.bytes(of: "masks/dataset.json")
        #expect(complaint { try plan.check(against: manifest, at: "dataset.json") } == nil)
    }

    static let changes: [(difference: String, change: @Sendable (inout ExportSettings) throws -> Void)] = [
        ("canvas [32,32], this command uses [64,64]", { $0.spec = try MaskSpec(canvas: .px(64, 64)) }),
        ("strokes_mean 4, this command uses 4.5", { $0.spec = try spec(strokesMean: 4.5) }),
        ("strokes_std 2, this command uses 0", { $0.spec = try spec(strokesStd: 0) }),
        ("min_stroke_width 2, this command uses 0.01", { $0.spec = try spec(widths: 0.01...4) }),
        ("max_stroke_width 4, this command uses 5", { $0.spec = try spec(widths: 2...5) }),
        ("max_upscale_rate 1.5, this command uses 3", { $0.spec = try spec(maxUpscaleRate: 3) }),
        ("drawings_per_file 1000, this command uses 10", { $0.pool.drawingsPerFile = 10 }),
        ("strokes_per_drawing 1, this command uses 2", { $0.pool.strokesPerDrawing = 2 }),
        (#"no words, this command uses ["cat"]"#, { $0.pool.filter.words = ["cat"] }),
        ("no recognized, this command uses true", { $0.pool.filter.isRecognizedOnly = true }),
        (
            "no max_stroke_length, this command uses 99",
            { $0.pool.filter.strokeLength = try StrokeMeasureRange(minimum: nil, maximum: 99, of: "") }
        ),
        ("seed 0, this command uses 18446744073709551615", { $0.seed = .max }),
        ("size [32,32], this command uses [64,64]", { $0.size = .px(64, 64) }),
        (#"formats ["png","json","svg"], this command uses ["png","svg"]"#, { $0.formats = [.svg, .png] }),
        ("no tar, this command uses 10", { $0.masksPerTar = 10 }),
        (#"hole "white", this command uses "black""#, { $0.holeColor = .black }),
        ("bit_depth 8, this command uses 1", { $0.bitDepth = .one }),
        (#"backend "exact", this command uses "cairo""#, { $0.backend = "cairo" }),
        ("train 3, this command uses 4", { $0.trainCount = 4 }),
        ("test 2, this command uses 0", { $0.testCount = 0 }),
    ]

    @Test(arguments: 0..<changes.count) func `every setting is compared and named`(number: Int) throws {
        let (difference, change) = Self.changes[number]
        let pool = StrokePool("cat", "dog")
        var settings = try ExportSettings.small()
        let stored = try ExportPlan(settings: settings, source: pool).json
        try change(&settings)
        let plan = try ExportPlan(settings: settings, source: pool)
        let message = complaint { try plan.check(against: stored, at: "plan.json") }
        #expect(
            message == "plan.json: this export uses \(difference); expected the same settings, or another output folder"
        )
    }

    @Test func `plans with and without tar files differ`() throws {
        let pool = StrokePool("cat", "dog")
        var settings = try ExportSettings.small()
        let plan = try ExportPlan(settings: settings, source: pool)
        settings.masksPerTar = 10
        let stored = try ExportPlan(settings: settings, source: pool).json
        let message = complaint { try plan.check(against: stored, at: "plan.json") }
        #expect(
            message == """
                plan.json: this export uses tar 10, this command uses none; expected the same settings, or another \
                output folder
                """)
    }

    @Test func `plans with and without a filter differ`() throws {
        let pool = StrokePool("cat", "dog")
        var settings = try ExportSettings.small()
        let plan = try ExportPlan(settings: settings, source: pool)
        settings.pool.filter.excludedWords = ["bus"]
        let stored = try ExportPlan(settings: settings, source: pool).json
        let message = complaint { try plan.check(against: stored, at: "plan.json") }
        #expect(
            message == """
                plan.json: this export uses exclude_words ["bus"], this command uses none; expected the same settings, or \
                another output folder
                """)
    }

    @Test func `plans for different drawings differ`() throws {
        let old = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        let new = try ExportPlan(settings: .small(), source: StrokePool("cat", "cow"))
        let message = complaint { try new.check(against: old.json, at: "plan.json") }
        let fingerprints = ["dog", "cow"].map { StrokePool("cat", $0).fingerprint }
        #expect(
            message == """
                plan.json: this export uses fingerprint "\(fingerprints[0])", this command uses "\(fingerprints[1])"; \
                expected the same settings, or another output folder
                """)
    }

    @Test func `of several differences, the first in the file is named`() throws {
        let pool = StrokePool("cat", "dog")
        var settings = try ExportSettings.small()
        let stored = try ExportPlan(settings: settings, source: pool).json
        settings.trainCount = 9
        settings.holeColor = .black
        settings.seed = 5
        let plan = try ExportPlan(settings: settings, source: pool)
        let message = complaint { try plan.check(against: stored, at: "plan.json") }
        #expect(
            message == """
                plan.json: this export uses seed 0, this command uses 5; expected the same settings, or another output \
                folder
                """)
    }

    @Test func `plans of different versions differ`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        let stored = String(decoding: plan.json, as: UTF8.self).replacing(
            "qd-imd \(programVersion)", with: "qd-imd 0.9")
        let message = complaint { try plan.check(against: Array(stored.utf8), at: "plan.json") }
        #expect(
            message == """
                plan.json: this export uses program "qd-imd 0.9", this command uses "qd-imd \(programVersion)"; expected the \
                same settings, or another output folder
                """)
    }

    @Test(arguments: ["{}", "[]", "3", #"{"seed":0}"#])
    func `a missing member is a difference`(text: String)
        throws
    {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        let message = complaint { try plan.check(against: Array(text.utf8), at: "plan.json") }
        #expect(
            message == """
                plan.json: this export uses no program, this command uses "qd-imd \(programVersion)"; expected the same \
                settings, or another output folder
                """)
    }

    @Test func `a plan that is not JSON is refused`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        let message = complaint { try plan.check(against: [], at: "out/plan.json") }
        #expect(message == "out/plan.json: not JSON: Empty: no JSON found")
    }

    @Test func `a truncated plan is refused, wherever it ends`() throws {
        let plan = try ExportPlan(settings: .small(), source: StrokePool("cat", "dog"))
        // Without the line end it is still complete.
        let wholeCount = plan.json.count - 1
        let accepted = (0..<wholeCount).filter { count in
            complaint { try plan.check(against: Array(plan.json.prefix(count)), at: "plan.json") } == nil
        }
        #expect(accepted == [])
    }
}

/// The recipe of `ExportSettings.small` with other values.
private func spec(
    strokesMean: Double = 4, strokesStd: Double = 2, widths: ClosedRange<Double> = 2...4, maxUpscaleRate: Double = 1.5
) throws -> MaskSpec {
    try MaskSpec(
        canvas: .px(32, 32), strokesMean: strokesMean, strokesStd: strokesStd, minStrokeWidth: widths.lowerBound,
        maxStrokeWidth: widths.upperBound, maxUpscaleRate: maxUpscaleRate)
}
