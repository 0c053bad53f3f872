import FileAccess
import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Exports in other layouts than the program's own.
struct LayoutExportTests {
    private let exports: ExportFolder
    private var folder: TemporaryFolder { exports.folder }
    private var masks: FilePath { folder.path.appending("masks") }

    init() throws {
        exports = try ExportFolder()
    }

    private func settings(
        _ kinds: Set<LayoutKind>, train: Int = 3, test: Int = 2, extras: Set<DatasetExtra> = []
    ) throws -> ExportSettings {
        var settings = try ExportSettings.small(train: train, test: test, canvas: .px(64, 4))
        settings.layouts.kinds = kinds
        settings.layouts.extras = extras
        return settings
    }

    // MARK: Files

    @Test(
        arguments: [
            (
                .flat,
                [
                    "flat/test.flist", "flat/test.txt", "flat/test/00000.png", "flat/test/00001.png",
                    "flat/train.flist",
                    "flat/train.txt", "flat/train/00000.png", "flat/train/00001.png", "flat/train/00002.png",
                ]
            ),
            (
                .lama,
                [
                    "lama/test/00000_test_mask000.png", "lama/test/00001_test_mask000.png",
                    "lama/train/00000_train_mask000.png", "lama/train/00001_train_mask000.png",
                    "lama/train/00002_train_mask000.png",
                ]
            ),
            (
                .mat,
                [
                    "mat/test/00000_test.png", "mat/test/00001_test.png", "mat/train/00000_train.png",
                    "mat/train/00001_train.png", "mat/train/00002_train.png",
                ]
            ),
            (.brushbench, ["brushbench/test/mapping_file.json", "brushbench/train/mapping_file.json"]),
            (.webdataset, ["webdataset/test-000000.tar", "webdataset/train-000000.tar"]),
            (
                .huggingface,
                [
                    "huggingface/README.md", "huggingface/test/00000_test.png", "huggingface/test/00001_test.png",
                    "huggingface/test/metadata.jsonl", "huggingface/train/00000_train.png",
                    "huggingface/train/00001_train.png", "huggingface/train/00002_train.png",
                    "huggingface/train/metadata.jsonl",
                ]
            ),
        ] as [(LayoutKind, [String])])
    func `a layout is in a separate folder, and there is nothing else`(
        kind: LayoutKind, names: [String]
    ) async throws {
        try await exports.export(try settings([kind]))
        #expect(try exports.fileNames() == ([".qd-imd-checksums", "dataset.json", "preview.png"] + names).sorted())
    }

    @Test func `all layouts and extras have the same bytes with any number of tasks`()
        async throws
    {
        var all = try settings(Set(LayoutKind.allCases), train: 501, test: 2, extras: Set(DatasetExtra.allCases))
        all.layouts.masksPerTar = 300
        try await exports.export(all, jobs: 1)
        let once = try exports.files()
        try masks.removeTree()
        try await exports.export(all, jobs: 3)
        #expect(try exports.files() == once)
        #expect(once.keys.filter { $0.hasPrefix("webdataset/") }.count == 3)
    }

    @Test func `identical files are one file on the disk`() async throws {
        try await exports.export(try settings([.qdIMD, .flat]))
        let own = try exports.files().filter { $0.key.hasPrefix("train/") }
        for (name, bytes) in own {
            let flat = masks.pushing(FilePath("flat/train/" + name.dropFirst(6).prefix(5) + ".png"))
            #expect(try flat.readFile() == bytes)
            // A write through one name changes the file of the other.
            try masks.pushing(FilePath(name)).writeFileInPlace([1])
            #expect(try flat.readFile() == [1])
        }
        #expect(own.count == 3)
    }

    @Test(arguments: [(nil, .black), (.black, .black), (.white, .white)] as [(HoleColor?, HoleColor)])
    func `each layout has its consumers' color of holes, unless one is set for all`(
        given: HoleColor?, expected: HoleColor
    ) async throws {
        var settings = try settings([.qdIMD, .mat])
        settings.layouts.holeColor = given
        try await exports.export(settings)
        for index in 0..<3 {
            let id = DatasetPaths.id(index, .train)
            let own = try PNGReader(holeColor: .white).raster(from: folder.bytes(of: "masks/train/\(id).png"))
            let image = try folder.bytes(of: "masks/mat/train/\(id).png")
            #expect(try PNGReader(holeColor: expected).raster(from: image) == own)
            #expect(image == MaskPNGEncoder.encode(SpanMask(own), holeColor: expected))
        }
        #expect(try DatasetManifest(ofDatasetIn: masks).layouts == [.qdIMD: .white, .mat: expected])
    }

    @Test func `the list of a flat folder contains the dataset's path as the user wrote it`() async throws {
        try await exports.export(try settings([.flat]))
        let lines = try folder.text(of: "masks/flat/test.flist")
        #expect(lines == "\(masks)/flat/test/00000.png\n\(masks)/flat/test/00001.png\n")
        #expect(try folder.text(of: "masks/flat/train.txt") == "00000.png\n00001.png\n00002.png\n")
    }

    @Test func `a split without masks has no folder`() async throws {
        try await exports.export(
            try settings([.flat, .lama, .mat, .huggingface, .webdataset], test: 0, extras: [.coco, .croissant]))
        #expect(try exports.fileNames().filter { $0.contains("test") } == [])
    }

    @Test func `the manifest of a dataset in the program's own layout has no layouts`() async throws {
        try await exports.export(try settings([.qdIMD]))
        let manifest = try folder.text(of: "masks/dataset.json")
        #expect(!manifest.contains("layouts") && !manifest.contains("extras"))
        #expect(try DatasetManifest(ofDatasetIn: masks).layouts == [.qdIMD: .white])
    }

    // MARK: Reading

    @Test(arguments: LayoutKind.allCases.filter { $0 != .brushbench })
    func `a dataset can be read from any layout of images or vectors`(kind: LayoutKind)
        async throws
    {
        try await exports.export(try settings([.qdIMD]), to: "own")
        try await exports.export(try settings([kind]))
        let found = try MaskCollection(at: masks, contents: .all)
        let own = try MaskCollection(at: folder.path.appending("own"), contents: .all)
        #expect(found.items.map(\.name).sorted() == own.items.map(\.name).sorted())
        var loader = MaskLoader(reader: PNGReader(holeColor: found.holeColor ?? .white))
        var ownLoader = MaskLoader()
        for item in found.items {
            let same = try #require(own.items.first { $0.name == item.name })
            #expect(try loader.load(item) == ownLoader.load(same))
        }
    }

    @Test func `only the program's own layout and WebDataset's have vectors`() async throws {
        try await exports.export(try settings([.flat, .webdataset]), to: "both")
        let vectors = try MaskCollection(at: folder.path.appending("both"), contents: .vectors)
        #expect(vectors.items.count == 5)
        try await exports.export(try settings([.flat, .lama]))
        let message = complaint { _ = try MaskCollection(at: masks, contents: .vectors) }
        #expect(
            message == "\(masks): nothing to read; expected vectors, which only the layouts qd-imd and webdataset have "
                + "(the dataset has flat, lama)")
    }

    // MARK: What goes together

    @Test(
        arguments: [
            ([], [], "no layout; expected at least one"),
            (
                [.qdIMD, .flat], [],
                "tar files cannot be used with the layouts qd-imd,flat; expected qd-imd alone, or webdataset"
            ),
            ([.qdIMD], [.coco], "tar files cannot be used with COCO or Croissant, which refer to separate files"),
        ] as [(Set<LayoutKind>, Set<DatasetExtra>, String)])
    func `settings that cannot be used with tar files are refused`(
        kinds: Set<LayoutKind>, extras: Set<DatasetExtra>, problem: String
    ) async throws {
        var settings = try settings(kinds, extras: extras)
        settings.masksPerTar = 2
        let message = await complaint { try await exports.export(settings) }
        #expect(message == problem)
        #expect(try masks.kind() == nil)
    }

    @Test func `Croissant needs separate files`() throws {
        var settings = try settings([.webdataset], extras: [.croissant])
        #expect(
            complaint { try settings.checkLayouts(output: "x") }
                == "Croissant cannot be used with the layout webdataset alone; expected one with separate files too")
        settings.layouts.kinds = [.qdIMD]
        settings.formats = [.json]
        #expect(
            complaint { try settings.checkLayouts(output: "x") }
                == "Croissant cannot be used without PNGs; expected png among the formats")
    }

    @Test func `a path with a space is refused for a flat folder, because it breaks the lists`() throws {
        let message = complaint { try settings([.flat]).checkLayouts(output: "my masks") }
        #expect(
            message
                == "my masks: has \" \" in its name; expected none for the layout flat, whose lists of paths are split "
                + "at white space and #")
    }
}
