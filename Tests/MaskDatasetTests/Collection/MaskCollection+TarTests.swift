import Archives
import FileAccess
import MaskFormats
import MaskModel
import MaskSamples
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct MaskCollectionTarTests {
    private let folder: TemporaryFolder
    private static let json = #"{"format":"qd-imd-mask/1","canvas":[8,4],"strokes":[{"width":2,"points":[[1,2]]}]}"#

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Writes a tar of files with these names.
    @discardableResult
    private func tar(_ name: String, _ members: String..., text: String = json) throws -> FilePath {
        var archive: [UInt8] = []
        for member in members {
            let start = TarFormat.beginMember(in: &archive)
            archive += text.utf8
            TarFormat.endMember(named: member, begunAt: start, in: &archive)
        }
        TarFormat.appendEnd(to: &archive)
        return try folder.file(name, bytes: archive)
    }

    private func names(_ name: String, _ contents: MaskCollection.Contents = .all) throws -> [String] {
        try MaskCollection(at: folder.path.appending(name), contents: contents).items.map(\.name)
    }

    private func endings(_ name: String, _ contents: MaskCollection.Contents) throws -> [String] {
        try MaskCollection(at: folder.path.appending(name), contents: contents).items.map(\.path.ending)
    }

    @Test func `files of one name in a tar are one mask`() throws {
        try tar("x.tar", "b.png", "b.json", "b.svg", "a.svg", "a.json", "c.svg", "d.cls")
        #expect(try names("x.tar") == ["b", "a", "c"])
        #expect(try endings("x.tar", .all) == ["png", "json", "svg"])
        #expect(try endings("x.tar", .vectors) == ["json", "json", "svg"])
        #expect(try !MaskCollection(at: folder.path.appending("x.tar"), contents: .all).isSingle)
    }

    @Test func `a tar that the system's program made of a folder is read`() throws {
        for name in ["m/b.json", "m/deep/a.json", "m/.hidden.json", "m/.git/c.json"] {
            try folder.file(name, Self.json)
        }
        try folder.tar("x.tar", of: ["."], options: ["--format=pax", "--exclude=x.tar"])
        #expect(try names("x.tar").sorted() == ["m/b", "m/deep/a"])
    }

    @Test func `masks of tars in a folder are named by tar and file`() throws {
        try tar("masks/train-00000.tar", "a.json")
        try tar("masks/train-00001.tar", "a.json")
        #expect(try names("masks") == ["train-00000/a", "train-00001/a"])
    }

    @Test func `masks of a dataset of tars are named by their splits`() async throws {
        let exports = try ExportFolder()
        var settings = try ExportSettings.small()
        settings.masksPerTar = 2
        try await exports.export(settings)
        let path = exports.folder.path.appending("masks")
        let all = try MaskCollection(at: path, contents: .all)
        let vectors = try MaskCollection(at: path, contents: .vectors)
        #expect(
            all.items.map(\.name) == [
                "test/00000_test", "test/00001_test", "train/00000_train", "train/00001_train", "train/00002_train",
            ])
        #expect(vectors.items.map(\.name) == all.items.map(\.name))
        #expect(
            all.items.allSatisfy { $0.path.ending == "png" } && vectors.items.allSatisfy { $0.path.ending == "json" })
        #expect(all.items[4].path == path.pushing("tar/train-00001.tar/00002_train.png"))
    }

    @Test(arguments: DatasetFormat.allCases) func `a mask in a tar is loaded like one in a file`(
        format: DatasetFormat
    ) async throws {
        let exports = try ExportFolder()
        var settings = try ExportSettings.small(train: 2, test: 0)
        settings.formats = [format]
        try await exports.export(settings, to: "single")
        settings.masksPerTar = 1
        try await exports.export(settings, to: "tarred")
        var loader = MaskLoader()
        let single = try MaskCollection(at: exports.folder.path.appending("single"), contents: .all)
        let tarred = try MaskCollection(at: exports.folder.path.appending("tarred"), contents: .all)
        let (expected, found) = (
            try single.items.map { try loader.load($0) }, try tarred.items.map { try loader.load($0) }
        )
        #expect(found == expected)
    }

    // MARK: Faults

    @Test(arguments: ["../a.json", "/etc/a.json", "a/../../b.json", "a\nb.json"])
    func `a name that leads out of the folder is refused`(name: String) throws {
        let path = try tar("x.tar", name)
        let message = complaint { _ = try names("x.tar") }
        #expect(message == "\(path): has a member \(name.debugDescription); expected a relative path")
    }

    @Test func `two files of the same name are refused`() throws {
        let path = try tar("x.tar", "a.json", "./a.json")
        let message = complaint { _ = try names("x.tar") }
        #expect(message == "\(path): has two members \"a.json\"; expected one")
    }

    @Test func `a tar without masks is an error`() throws {
        let path = try tar("x.tar", "a.txt", ".a.json")
        let message = complaint { _ = try names("x.tar", .vectors) }
        #expect(message == "\(path): nothing to read; expected masks (.svg, .json, .jsonl, .tar, .zip, .tar.gz)")
    }

    @Test func `the caption of a sample is not its mask`() throws {
        var archive: [UInt8] = []
        for (name, text) in [("a.json", #"{"caption":"a cat"}"#), ("a.svg", ""), ("b.json", "{}"), ("b.png", "")] {
            let start = TarFormat.beginMember(in: &archive)
            archive += text.utf8
            TarFormat.endMember(named: name, begunAt: start, in: &archive)
        }
        TarFormat.appendEnd(to: &archive)
        let path = try folder.file("x.tar", bytes: archive)
        let masks = try MaskCollection(inDetailAt: path)
        let all = try MaskCollection(at: path, contents: .all)
        #expect(masks.items.map(\.path.extension) == ["svg"])
        #expect(all.items.map(\.path.extension) == ["svg", "png"])
        #expect(all.skippedFiles == [path.appending("a.json"), path.appending("b.json")])
    }

    @Test func `lines in a tar are read, also without a line end at the end of the member`() throws {
        let text = #"{"format":"qd-imd-mask/1","id":"z","canvas":[8,4],"strokes":[]}"# + "\n" + Self.json
        let path = try tar("x.tar", "vectors/train.jsonl", "vectors/test.jsonl", text: text)
        let masks = try MaskCollection(at: path, contents: .vectors)
        #expect(
            masks.items.map(\.name) == [
                "vectors/train/z", "vectors/train/train_2", "vectors/test/z", "vectors/test/test_2",
            ])
        var loader = MaskLoader()
        let strokes = try masks.items.map { try loader.vector($0).mask.strokes.count }
        #expect(strokes == [0, 1, 0, 1])
        #expect(masks.items[1].path == path.pushing("vectors/train.jsonl") && masks.items[1].line == 2)
    }

    /// Layouts share their images by hard links, which tar stores as such.
    @Test(arguments: [".", "masks"], [MaskCollection.Contents.all, .vectors])
    func `a tar of a whole dataset is that dataset`(name: String, contents: MaskCollection.Contents) async throws {
        let exports = try ExportFolder()
        var settings = try ExportSettings.small()
        settings.layouts.kinds = [.qdIMD, .flat, .mat]
        settings.holeColor = .black
        try await exports.export(settings)
        let folder = name == "." ? exports.folder.path.appending("masks") : exports.folder.path
        let tar = exports.folder.path.appending("x.tar")
        try exports.folder.tar(
            "x.tar", of: [name], options: ["-C", folder.string, "--exclude=x.tar", "--sort=inode"])
        let expected = try MaskCollection(at: exports.folder.path.appending("masks"), contents: contents)
        let found = try MaskCollection(at: tar, contents: contents)
        #expect(found.items.map(\.name) == expected.items.map(\.name))
        #expect(found.manifest == expected.manifest && found.holeColor == .black)
        var loader = MaskLoader(reader: PNGReader(holeColor: .black))
        let (masks, originals) = (
            try found.items.map { try loader.load($0) }, try expected.items.map { try loader.load($0) }
        )
        #expect(masks == originals)
    }

    @Test func `a dataset of tars in a tar is that dataset`() async throws {
        let exports = try ExportFolder()
        var settings = try ExportSettings.small()
        settings.masksPerTar = 2
        try await exports.export(settings)
        try exports.folder.tar("x.tar", of: ["masks"])
        let expected = try MaskCollection(at: exports.folder.path.appending("masks"), contents: .all)
        let found = try MaskCollection(at: exports.folder.path.appending("x.tar"), contents: .all)
        #expect(found.items.map(\.name) == expected.items.map(\.name))
        var loader = MaskLoader()
        let (masks, originals) = (
            try found.items.map { try loader.load($0) }, try expected.items.map { try loader.load($0) }
        )
        #expect(masks == originals)
    }

    @Test func `a file that is not a tar is refused`() throws {
        let path = try folder.file("x.tar", String(repeating: "text", count: 1000))
        let message = complaint { _ = try names("x.tar") }
        #expect(
            message
                == "\(path): the block at byte 0 does not have the checksum of a tar header; expected a complete tar file"
        )
    }

    @Test func `an error in a mask names the tar and the file`() throws {
        let path = try tar("x.tar", "a.json", text: #"{"format":"qd-imd-mask/1"}"#)
        var loader = MaskLoader()
        let item = try #require(try MaskCollection(at: path, contents: .all).items.first)
        let message = complaint { _ = try loader.load(item) }
        #expect(message == "\(path)/a.json: \"canvas\" is missing; expected [width, height]")
    }
}
