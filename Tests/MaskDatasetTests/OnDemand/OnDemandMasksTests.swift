import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import StrokeBank
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Masks one by one, without an export.
struct OnDemandMasksTests {
    private let exports: ExportFolder

    init() throws {
        exports = try ExportFolder()
    }

    private func settings(_ changes: String?, preset: String? = nil, spec: String? = nil) throws -> ExportSettings {
        try ExportSettings(
            preset: preset, spec: spec.map { Array($0.utf8) }, changes: changes.map { Array($0.utf8) }, split: .train)
    }

    @Test(arguments: [#""size":[32,32]"#, #""size":[64,64]"#])
    func `the masks are those that an export of the same settings writes`(size: String) async throws {
        let changes = #"{"canvas":[32,32],"min_stroke_width":2,"max_stroke_width":4,"seed":5,"count":4,\#(size)}"#
        var settings = try settings(changes)
        settings.testCount = 1
        settings.backend = "exact"
        try await exports.export(settings)
        let masks = try OnDemandMasks(source: exports.source, settings: settings, split: .train)
        guard var generator = masks.makeGenerator() else {
            Issue.record("there is no generator")
            return
        }
        #expect(masks.count == 4)
        var lines: [UInt8] = []
        for index in 0..<4 {
            var json = JSONWriter()
            try generator.record(index).write(to: &json)
            lines += json.bytes + [UInt8(ascii: "\n")]
            var png: [UInt8] = []
            try generator.withRaster(index) { png = MaskPNGEncoder.encode($0) }
            #expect(png == (try exports.folder.bytes(of: "masks/train/0000\(index)_train.png")), "mask \(index)")
        }
        #expect(lines == (try exports.folder.bytes(of: "masks/vectors/train.jsonl")))
        try masks.checkUnchanged()
    }

    @Test func `changes apply to a preset, a spec, and the drawings`() throws {
        let preset = try settings(#"{"canvas":[64,64],"words":["cat"],"min_stroke_length":3}"#, preset: "thin")
        #expect(preset.spec.canvas == .px(64, 64))
        #expect(preset.pool.filter.words == ["cat"])
        #expect(preset.pool.filter.strokeLength.minimum == 3)
        let spec = try settings(
            #"{"drawings_per_file":7,"strokes_per_drawing":2,"skip_damaged":true}"#,
            spec: #"{"spec":{"canvas":[16,8]}}"#)
        #expect(spec.spec.canvas == .px(16, 8))
        #expect((spec.pool.drawingsPerFile, spec.pool.strokesPerDrawing, spec.pool.skipsDamaged) == (7, 2, true))
    }

    @Test(
        arguments: [
            ("[]", nil, "not a JSON object; expected changes"),
            ("{}", "none", "no preset \"none\"; expected "),
            (#"{"count":0}"#, nil, #""count" is 0; expected a whole number from 1 to "#),
            (#"{"size":[3,4]}"#, nil, "size is 3×4; expected the aspect ratio of the canvas, 512×512"),
            (#"{"colour":1}"#, nil, "\"colour\""),
        ] as [(String, String?, String)])
    func `what is unknown or out of range is an error`(changes: String, preset: String?, problem: String) {
        let message = complaint { _ = try settings(changes, preset: preset) }
        #expect(message?.contains(problem) == true, "\(message ?? "no error")")
    }
}
