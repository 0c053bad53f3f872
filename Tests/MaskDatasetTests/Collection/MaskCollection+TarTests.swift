import Archives
import FileAccess
import MaskSamples
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
        #expect(message == "\(path): has two members \"./a.json\"; expected one")
    }

    @Test func `a tar without masks is an error`() throws {
        let path = try tar("x.tar", "a.txt", ".a.json")
        let message = complaint { _ = try names("x.tar", .vectors) }
        #expect(message == "\(path): nothing to read; expected masks (.svg, .json, .jsonl, .tar)")
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
        let path = try tar("x.tar", "a.json", text: "[]")
        var loader = MaskLoader()
        let item = try #require(try MaskCollection(at: path, contents: .all).items.first)
        let message = complaint { _ = try loader.load(item) }
        #expect(message == "\(path)/a.json: not a JSON object; expected a mask")
    }
}
