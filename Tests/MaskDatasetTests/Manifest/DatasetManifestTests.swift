import MaskSamples
import FileAccess
import MaskFormats
import MaskModel
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct DatasetManifestTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(_ text: String) throws -> DatasetManifest {
        try folder.file("dataset.json", text)
        return try DatasetManifest(ofDatasetIn: folder.path)
    }

    @Test func `the manifest of an export is read back`() async throws {
        let exports = try ExportFolder()
        var settings = try ExportSettings.small()
        settings.seed = .max
        settings.size = .px(16, 16)
        settings.holeColor = .black
        settings.bitDepth = .one
        settings.formats = [.png, .svg]
        let summary = try await exports.export(settings)
        let manifest = try DatasetManifest(ofDatasetIn: exports.folder.path.appending("masks"))
        #expect(manifest.version == "qd-imd \(programVersion)")
        #expect(manifest.seed == .max)
        #expect((manifest.canvas, manifest.imageSize) == (.px(32, 32), .px(16, 16)))
        #expect((manifest.holeColor, manifest.bitDepth, manifest.backend) == (.black, .one, "exact"))
        #expect(manifest.formats == [.png, .svg])
        #expect(manifest.masksPerTar == nil)
        #expect(manifest.masks == [.train: 3, .test: 2])
        #expect(manifest.categories.values.map(\.count) == [1, 1])
        #expect(Set(manifest.categories.values.joined()) == ["cat", "dog"])
        #expect(DatasetExport.Summary(manifest, resumedCount: 0) == summary)
    }

    @Test func `statistics are those of the masks in the files`() async throws {
        let exports = try ExportFolder()
        try await exports.export(try .small(train: 20, test: 10))
        let root = exports.folder.path.appending("masks")
        let manifest = try DatasetManifest(ofDatasetIn: root)
        for split in Split.allCases {
            var loader = MaskLoader()
            let masks = try MaskCollection(at: DatasetPaths(root: root).vectorFile(split), contents: .vectors)
            var strokeCount = 0
            var ratioSum = 0.0
            for item in masks.items {
                let record = try loader.vector(item)
                strokeCount += record.mask.strokes.count
                ratioSum += record.holeRatio ?? 0
            }
            let mean = try #require(manifest.meanHoleRatio[split])
            #expect(manifest.strokes[split] == strokeCount)
            // Both are rounded: the masks' to 0.0001 before the mean is taken, the mean to 0.000001.
            #expect((mean - ratioSum / Double(masks.items.count)).magnitude < 0.000_001)
        }
    }

    @Test func `unknown formats are ignored`() throws {
        let manifest = try read(manifestText(formats: #"["svg","avif",3]"#))
        #expect(manifest.formats == [.svg])
    }

    @Test func `the summary's mean is over the masks of both splits`() throws {
        let splits = #"{"train":{"masks":3,"mean_hole_ratio":0.1},"test":{"masks":1,"mean_hole_ratio":0.5}}"#
        let summary = DatasetExport.Summary(try read(manifestText(splits: splits)), resumedCount: 4)
        #expect((summary.trainCount, summary.testCount, summary.resumedCount) == (3, 1, 4))
        #expect((summary.meanHoleRatio - 0.2).magnitude < 1e-12)
    }

    @Test func `the mean of no masks is 0`() throws {
        let summary = DatasetExport.Summary(try read(manifestText()), resumedCount: 0)
        #expect((summary.trainCount, summary.testCount, summary.meanHoleRatio) == (0, 0, 0))
    }

    // MARK: Other files

    @Test(arguments: [
        "format", "program", "seed", "spec", "canvas", "size", "hole", "bit_depth", "backend", "formats", "splits",
    ])
    func `a manifest without a member is refused`(member: String) throws {
        let message = complaint { _ = try read(manifestText().replacing("\"\(member)\":", with: "\"another\":")) }
        let path = folder.path.appending("dataset.json")
        #expect(message == "\(path): not the manifest of a dataset; expected format qd-imd-dataset/1")
    }

    @Test(arguments: [
        ("qd-imd-dataset/1", "qd-imd-dataset/2"), ("[32,16]", "[32,0]"), ("[64,32]", "[64]"), ("[64,32]", "[64,32,8]"),
        (":7,", ":-7,"), ("white", "red"), (":1,", ":2,"), ("{}", #"{"validation":{}}"#),
    ])
    func `a manifest with an invalid value is refused`(value: String, other: String) throws {
        let message = complaint { _ = try read(manifestText().replacing(value, with: other)) }
        let path = folder.path.appending("dataset.json")
        #expect(message == "\(path): not the manifest of a dataset; expected format qd-imd-dataset/1")
    }

    @Test(arguments: ["{}", "[]", "null", #"{"format":"qd-imd-mask/1"}"#])
    func `other JSON is refused`(text: String) throws {
        let message = complaint { _ = try read(text) }
        let path = folder.path.appending("dataset.json")
        #expect(message == "\(path): not the manifest of a dataset; expected format qd-imd-dataset/1")
    }

    @Test func `a manifest that is not JSON is refused with the parser's message`() throws {
        let message = complaint { _ = try read("") }
        #expect(message == "\(folder.path.appending("dataset.json")): not JSON: Empty: no JSON found")
    }

    @Test func `a folder without a manifest is not a dataset`() {
        let message = complaint { _ = try DatasetManifest(ofDatasetIn: folder.path) }
        #expect(message == "\(folder.path.appending("dataset.json")): cannot be opened: No such file or directory")
    }

    @Test func `only a file is a manifest, not a folder`() throws {
        try folder.folder(name: "folder/dataset.json")
        try folder.file("file/dataset.json", "")
        let answers = try ["folder", "file", "nowhere"].map { name in
            try DatasetManifest.exists(in: folder.path.appending(name))
        }
        #expect(answers == [false, true, false])
    }
}
