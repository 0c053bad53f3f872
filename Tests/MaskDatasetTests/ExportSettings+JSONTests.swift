import MaskModel
import MaskSamples
import PNGCodec
import TemporaryFiles
import Testing

@testable import MaskDataset

@Suite struct ExportSettingsJSONTests {
    private func read(_ text: String, over settings: ExportSettings = ExportSettings()) throws -> ExportSettings {
        let folder = try TemporaryFolder()
        return try settings.applying(specFile: folder.file("spec.json", text))
    }

    private func rejected(_ text: String) -> String? {
        complaint { _ = try read(text) }.map { String($0.drop { $0 != ":" }.dropFirst(2)) }
    }

    @Test(arguments: Preset.all.map(\.name))
    func `what is written is read back as equal settings`(name: String) throws {
        let preset = try #require(Preset.all.first { $0.name == name })
        var settings = try preset.settings()
        settings.seed = .max
        settings.size = .px(256, 256)
        settings.formats = [.json, .png]
        settings.masksPerTar = 100
        settings.holeColor = .black
        settings.bitDepth = .one
        settings.backend = "exact"
        settings.pool.drawingsPerFile = 17
        #expect(try read(settings.specText) == settings)
    }

    @Test func `every value of a spec is read back`() throws {
        var changes = MaskSpecChanges()
        changes.canvas = .px(640, 480)
        changes.strokesMean = 1.25
        changes.strokesStd = 0
        changes.minStrokeWidth = 0.5
        changes.maxStrokeWidth = 99.125
        changes.maxUpscaleRate = 3
        changes.holeRatio = .within(0.125...0.5)
        changes.maxWidthFactor = 2.5
        changes.border = .free(margin: 12.5)
        changes.placement = .uniform
        changes.rotates = true
        changes.flips = true
        changes.strokeScale = 0.25...2
        var settings = ExportSettings()
        settings.spec = try settings.spec.applying(changes)
        settings.variants.changes = [changes, MaskSpecChanges()]
        settings.variants.changes[0].canvas = nil
        settings.variants.changes[1].holeRatio = .any
        settings.variants.changes[1].border = .touching
        settings.variants.changes[1].rotates = false
        settings.variants.order = .alternating
        settings.size = settings.spec.canvas
        #expect(try read(settings.specText) == settings)
    }

    @Test func `a file of some members changes those alone`() throws {
        let settings = try read(#"{"spec":{"flip":true},"counts":{"test":5}}"#)
        var expected = ExportSettings()
        var changes = MaskSpecChanges()
        changes.flips = true
        expected.spec = try expected.spec.applying(changes)
        expected.testCount = 5
        #expect(settings == expected)
    }

    @Test func `members that are wrong are named`() {
        let messages = [
            rejected("[]"), rejected(#"{"sed":1}"#), rejected(#"{"seed":-1}"#), rejected(#"{"spec":[]}"#),
            rejected(#"{"spec":{"flips":true}}"#), rejected(#"{"spec":{"flip":1}}"#),
            rejected(#"{"spec":{"hole_ratio":[0.3]}}"#), rejected(#"{"spec":{"hole_ratio":[0.3,0.2]}}"#),
            rejected(#"{"spec":{"border":"near"}}"#), rejected(#"{"spec":{"variants":[{"canvas":[1,1]}]}}"#),
            rejected(#"{"spec":{"variants":[{"max_width_factor":0}]}}"#), rejected(#"{"counts":{"all":3}}"#),
            rejected(#"{"formats":["png","gif"]}"#), rejected(#"{"tar":0}"#),
        ]
        #expect(
            messages == [
                "not a JSON object; expected a spec", #""sed" is no member of a spec"#,
                #""seed" is -1; expected a whole number of 0 or more"#, #""spec" is not an object; expected one"#,
                #""spec" has "flips", which is no member of it"#, #""flip" is 1; expected true or false"#,
                #""hole_ratio" is [0.3]; expected [least, greatest]"#,
                #""hole_ratio" is [0.3,0.2]; expected [least, greatest]"#,
                #""border" is "near"; expected any, touching or free"#,
                #"a variant has "canvas", which is no member of one"#,
                "the largest width factor is 0.0; expected 1.0 to 100.0", #""counts" has "all"; expected train and test"#,
                #""formats" is ["png","gif"]; expected a list of png, json, svg"#,
                #""tar" is 0; expected a whole number of 1 or more"#,
            ])
    }
}
