import MaskModel
import MaskSamples
import PNGCodec
import TemporaryFiles
import Testing

@testable import MaskDataset

@Suite struct SpecFileTests {
    private func read(_ text: String, over settings: ExportSettings = ExportSettings()) throws -> ExportSettings {
        let folder = try TemporaryFolder()
        return try settings.applying(specFile: folder.file("spec.json", text))
    }

    private func rejected(_ text: String) -> String? {
        complaint { _ = try read(text) }.map { String($0.drop { $0 != ":" }.dropFirst(2)) }
    }

    @Test(arguments: Preset.all.map(\.name))
    func `settings that are written are read back unchanged`(name: String) throws {
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

    @Test func `a file with some members changes only those`() throws {
        let settings = try read(#"{"spec":{"flip":true},"counts":{"test":5}}"#)
        var expected = ExportSettings()
        var changes = MaskSpecChanges()
        changes.flips = true
        expected.spec = try expected.spec.applying(changes)
        expected.testCount = 5
        #expect(settings == expected)
    }

    @Test func `invalid members are named`() {
        let messages = [
            rejected("[]"), rejected(#"{"sed":1}"#), rejected(#"{"seed":-1}"#), rejected(#"{"spec":[]}"#),
            rejected(#"{"spec":{"flips":true}}"#), rejected(#"{"spec":{"flip":1}}"#),
            rejected(#"{"spec":{"hole_ratio":[0.3]}}"#), rejected(#"{"spec":{"hole_ratio":[0.3,0.2]}}"#),
            rejected(#"{"spec":{"border":"near"}}"#), rejected(#"{"spec":{"variants":[{"canvas":[1,1]}]}}"#),
            rejected(#"{"spec":{"variants":[{"max_width_factor":0}]}}"#), rejected(#"{"counts":{"all":3}}"#),
            rejected(#"{"formats":["png","gif"]}"#), rejected(#"{"tar":0}"#),
            rejected(#"{"counts":{"train":9223372036854775807}}"#),
            rejected(#"{"spec":{"border":"touching","border_margin":5}}"#),
            rejected(#"{"spec":{"border_margin":5,"border":"touching"}}"#),
        ]
        #expect(
            messages == [
                "not a JSON object; expected a spec",
                #"unknown member "sed"; expected spec, seed, size, formats, tar, layouts, extras, hole, "#
                    + "bit_depth, backend, counts",
                #""seed" is -1; expected a whole number of 0 or more"#, #""spec" is []; expected an object"#,
                #"unknown member "flips" in "spec"; expected only members of dataset.json"#,
                #""flip" is 1; expected true or false"#,
                #""hole_ratio" is [0.3]; expected [minimum, maximum]"#,
                #""hole_ratio" is [0.3,0.2]; expected [minimum, maximum]"#,
                #""border" is "near"; expected any, touching or free"#,
                #"unknown member "canvas" in a variant; expected only members of dataset.json"#,
                "the largest width factor is 0.0; expected 1.0 to 100.0",
                #"unknown member "all" in "counts"; expected train and test"#,
                #""formats" is ["png","gif"]; expected a list of png, json, svg"#,
                #""tar" is 0; expected a whole number of 1 or more"#,
                #""train" is 9223372036854775807; expected a whole number from 0 to 1000000000000"#,
                #""border_margin" is 5; expected it only with the border free"#,
                #""border" is "touching"; expected free, with border_margin"#,
            ])
    }
}
