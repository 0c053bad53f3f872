import MaskModel
import MaskSamples
import PNGCodec
import StrokeBank
import TemporaryFiles
import Testing

@testable import MaskDataset

@Suite struct SpecFileTests {
    private func read(_ text: String) throws -> ExportSettings {
        let folder = try TemporaryFolder()
        return try SpecFile(folder.file("spec.json", text)).settings
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
        settings.layouts.holeColor = .black
        settings.license = try #require(SourceLicense(identifier: "MIT", attribution: "\"A\"\n\u{1}"))
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
            rejected(#"{"seed":1,"seed":2}"#), rejected(#"{"spec":{"flip":true,"flip":false}}"#),
            rejected(#"{"spec":{"variants":[{"flip":true,"flip":false}]}}"#),
            rejected(#"{"spec":{"variants":[3]}}"#), rejected(#"{"counts":5}"#),
            rejected(#"{"counts":{"test":1,"test":2}}"#), rejected(#"{"format":"qd-imd-dataset/2"}"#),
            rejected(#"{"license":"CC BY 4.0"}"#), rejected(#"{"attribution":""}"#), rejected(#"{"source":{}}"#),
        ]
        #expect(
            messages == [
                "not a JSON object; expected a spec",
                #"unknown member "sed"; expected spec, seed, size, image_sizes, formats, tar, layouts, extras, "#
                    + "coco_counts, hole, bit_depth, channels, backend, counts, license, attribution",
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
                #""seed" occurs twice; expected each member once"#,
                #""flip" occurs twice; expected each member once"#,
                #""flip" occurs twice; expected each member once"#,
                #""variants" is 3; expected an object"#, #""counts" is 5; expected an object"#,
                #""test" occurs twice; expected each member once"#,
                #""format" is "qd-imd-dataset/2"; expected qd-imd-dataset/1 or qd-imd-plan/1"#,
                #""license" is "CC BY 4.0"; expected an SPDX identifier of up to 100 letters, digits, - and ., "#
                    + "such as CC-BY-4.0",
                #""attribution" is ""; expected a text of up to 3000 bytes"#,
                #""source" is {}; expected an object with a fingerprint"#,
            ])
    }

    @Test(arguments: [0.1 + 0.2, 1e-12, 4.123_456_789_012_345, 1.0 / 3, 9999.999_999_999_9, 2.5e-300])
    func `numbers are read back exactly, however many places they have`(number: Double) throws {
        var settings = ExportSettings()
        var changes = MaskSpecChanges()
        changes.strokesMean = number
        settings.spec = try settings.spec.applying(changes)
        settings.pool.filter.strokeLength = try StrokeMeasureRange(minimum: number, maximum: nil, of: "stroke length")
        #expect(try read(settings.specText) == settings)
    }

    @Test func `the order of members does not matter`() throws {
        let members = [
            #""layouts":[{"name":"mat","hole":"white"},{"name":"flat","hole":"white"}]"#, #""hole":"white""#,
            #""formats":[]"#, #""size":[64,64]"#,
            #""spec":{"variants":[{"border_margin":3,"border":"free"}],"canvas":[64,64],"border":"touching"}"#,
            #""license":"MIT""#, #""attribution":"A""#,
        ]
        let settings = try read("{\(members.joined(separator: ","))}")
        #expect(try read("{\(members.reversed().joined(separator: ","))}") == settings)
        #expect((settings.size, settings.formats) == (nil, Set(DatasetFormat.allCases)))
        #expect((settings.holeColor, settings.layouts.holeColor) == (.white, .white))
    }

    // MARK: Layouts

    @Test(
        arguments: [
            (#"{"hole":"black"}"#, .black, .black), (#"{"hole":"white"}"#, .white, nil),
            (#"{"layouts":[{"name":"mat"}]}"#, .black, nil),
            (#"{"layouts":[{"name":"mat","hole":"black"}],"hole":"black"}"#, .black, nil),
            (#"{"layouts":[{"name":"mat","hole":"white"}],"hole":"white"}"#, .white, .white),
            (
                #"{"layouts":[{"name":"qd-imd","hole":"white"},{"name":"mat","hole":"black"}],"hole":"white"}"#, .white,
                nil
            ),
            (
                #"{"layouts":[{"name":"qd-imd","hole":"white"},{"name":"mat","hole":"white"}],"hole":"white"}"#, .white,
                .white
            ),
            (#"{"layouts":[{"name":"qd-imd"},{"name":"flat","hole":"black"}],"hole":"black"}"#, .black, .black),
            (#"{"layouts":[{"name":"qd-imd"},{"name":"flat","hole":"white"}],"hole":"black"}"#, .black, nil),
        ] as [(String, HoleColor, HoleColor?)])
    func `colors of holes are those of the layouts`(text: String, own: HoleColor, requested: HoleColor?) throws {
        let settings = try read(text)
        #expect((settings.holeColor, settings.layouts.holeColor) == (own, requested))
    }

    @Test func `invalid layouts are named`() {
        let messages = [
            #"{"layouts":"flat"}"#, #"{"layouts":[{"name":"png"}]}"#, #"{"layouts":[{"name":"flat"},{"name":"flat"}]}"#,
            #"{"layouts":[{"name":"flat","hole":"gray"}]}"#, #"{"layouts":[{"name":"flat","holes":"white"}]}"#,
            #"{"layouts":[{"name":"flat","name":"flat"}]}"#,
            #"{"layouts":[{"name":"flat","hole":"black"},{"name":"mat","hole":"white"}]}"#,
            #"{"layouts":[{"name":"qd-imd","hole":"black"}],"hole":"white"}"#,
        ].map(rejected)
        #expect(
            messages == [
                #""layouts" is "flat"; expected a list"#,
                #""layouts" is {"name":"png"}; expected the name of a layout, each once"#,
                #""layouts" is {"name":"flat"}; expected the name of a layout, each once"#,
                #""hole" is "gray"; expected white or black"#,
                #"unknown member "holes" in "layouts"; expected only members of dataset.json"#,
                #""name" occurs twice; expected each member once"#,
                #""layouts" is [{"name":"flat","hole":"black"},{"name":"mat","hole":"white"}]; "#
                    + "expected holes of one color, or those that are usual in the layouts",
                #""layouts" is [{"name":"qd-imd","hole":"black"}]; "#
                    + "expected holes of one color, or those that are usual in the layouts",
            ])
    }
}
