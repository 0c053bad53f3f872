import Archives
import MaskSamples
import FileAccess
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// The files and folders of an export. See also `DatasetExportInterruptionTests`.
struct DatasetExportTests {
    private let exports: ExportFolder
    private var folder: TemporaryFolder { exports.folder }
    private var masks: FilePath { folder.path.appending("masks") }

    init() throws {
        exports = try ExportFolder()
    }

    // MARK: Files

    @Test func `a dataset has a file of each kind for each mask, and nothing else`() async throws {
        try await exports.export(try .small(train: 3, test: 2))
        #expect(
            try exports.fileNames() == [
                ".qd-imd-checksums", "dataset.json", "preview.png", "svg/test/00000_test.svg",
                "svg/test/00001_test.svg",
                "svg/train/00000_train.svg", "svg/train/00001_train.svg", "svg/train/00002_train.svg",
                "test/00000_test.png", "test/00001_test.png", "train/00000_train.png", "train/00001_train.png",
                "train/00002_train.png", "vectors/test.jsonl", "vectors/train.jsonl",
            ])
    }

    @Test(
        arguments: [
            ([.png], ["train/00000_train.png"]), ([.svg], ["svg/train/00000_train.svg"]),
            ([.json], ["vectors/test.jsonl", "vectors/train.jsonl"]), ([], []),
        ] as [(Set<DatasetFormat>, [String])])
    func `only the requested kinds of files exist`(formats: Set<DatasetFormat>, names: [String]) async throws {
        var settings = try ExportSettings.small(train: 1, test: 0)
        settings.formats = formats
        try await exports.export(settings)
        #expect(try exports.fileNames() == [".qd-imd-checksums", "dataset.json", "preview.png"] + names)
    }

    @Test func `a mask is the same in its line, its SVG, and its image`() async throws {
        try await exports.export(try .small(train: 9, test: 0))
        let lines = try MaskCollection(at: masks.appending("vectors"), contents: .vectors)
        var loader = MaskLoader()
        var rasterizer = ExactRasterizer()
        for (index, item) in lines.items.enumerated() {
            let record = try loader.vector(item)
            let id = DatasetPaths.id(index, .train)
            let svg = try VectorMask(svg: folder.bytes(of: "masks/svg/train/\(id).svg"))
            let image = try PNGReader().raster(from: folder.bytes(of: "masks/train/\(id).png"))
            #expect((record.id, record.index) == (id, index))
            #expect(svg.strokes.map(\.path) == record.mask.strokes.map(\.path))
            #expect(svg.strokes.map(\.width) == record.mask.strokes.map(\.width))
            #expect(try rasterizer.raster(of: record.mask, at: .px(32, 32)) == SpanMask(image))
        }
    }

    @Test func `shards of 250 masks are joined in order`() async throws {
        var settings = try ExportSettings.small(train: 501, test: 251, canvas: .px(64, 4))
        settings.formats = [.json]
        let summary = try await exports.export(settings, jobs: 2)
        let lines = try MaskCollection(at: masks, contents: .vectors)
        let ids = (0..<251).map { DatasetPaths.id($0, .test) } + (0..<501).map { DatasetPaths.id($0, .train) }
        #expect(lines.items.map(\.lastName) == ids)
        #expect((summary.trainCount, summary.testCount) == (501, 251))
    }

    @Test(arguments: [1, 3, 249, 251, 1000], [1, 2, 16])
    func `tar files contain the files of a dataset, grouped by mask`(masksPerTar: Int, jobs: Int) async throws {
        var settings = try ExportSettings.small(train: 501, test: 2, canvas: .px(64, 4))
        try await exports.export(settings, to: "single")
        settings.masksPerTar = masksPerTar
        try await exports.export(settings, jobs: jobs)
        var names: [String] = []
        var members: [String: [UInt8]] = [:]
        for name in try exports.fileNames() where name.hasPrefix("tar/") {
            names.append(name)
            var reader = try TarReader(masks.pushing(FilePath(name)))
            var found: [String] = []
            while let member = try reader.next() {
                found.append(member.name)
                members[member.name] = try reader.path.readBytes(at: member.offset, count: member.length)
            }
            let ids = stride(from: 0, to: found.count, by: 3).map { String(found[$0].dropLast(4)) }
            let grouped: [String] = ids.flatMap { [$0 + ".png", $0 + ".json", $0 + ".svg"] }
            #expect(found == grouped)
            #expect(ids == ids.sorted() && ids.count <= masksPerTar)
        }
        let count = { (masks: Int) in (masks + masksPerTar - 1) / masksPerTar }
        #expect(names.count == count(501) + count(2))
        #expect(try exports.fileNames() == [".qd-imd-checksums", "dataset.json", "preview.png"] + names)
        var lines = ["", ""]
        for (name, bytes) in try exports.files(in: "single") where name.hasSuffix(".png") && name != "preview.png" {
            let id = String(name.split(separator: "/")[1].dropLast(4))
            #expect(members[id + ".png"] == bytes)
            let svg = try folder.bytes(of: "single/svg/\(name.split(separator: "/")[0])/\(id).svg")
            #expect(members[id + ".svg"] == svg)
        }
        for id in members.keys.filter({ $0.hasSuffix(".json") }).sorted() {
            lines[id.hasSuffix("train.json") ? 0 : 1] += String(decoding: members[id] ?? [], as: UTF8.self)
        }
        let expected = [
            try folder.text(of: "single/vectors/train.jsonl"), try folder.text(of: "single/vectors/test.jsonl"),
        ]
        #expect(lines == expected)
        #expect(try folder.bytes(of: "masks/preview.png") == folder.bytes(of: "single/preview.png"))
        #expect(try DatasetManifest(ofDatasetIn: masks).masksPerTar == masksPerTar)
    }

    @Test func `a dataset of tar files is replaced by one of files, and the other way round`() async throws {
        let plain = try ExportSettings.small()
        var tarred = plain
        tarred.masksPerTar = 2
        try await exports.export(tarred, to: "tarred")
        try await exports.export(plain, to: "plain")
        try await exports.export(tarred)
        try await exports.export(plain, existing: .overwrite)
        #expect(try exports.files() == exports.files(in: "plain"))
        try await exports.export(tarred, existing: .overwrite)
        #expect(try exports.files() == exports.files(in: "tarred"))
        #expect(try masks.entryNames() == [".qd-imd-checksums", "dataset.json", "preview.png", "tar"])
    }

    @Test func `the raster that measured the hole is the image if the rasterizer follows the exact rule`() async throws
    {
        let settings = try ExportSettings.small(train: 30, test: 0)
        var export = DatasetExport(
            source: exports.source, output: masks, settings: settings, existing: .refuse, jobs: 1)
        export.isFlushing = false
        _ = try await export.run(
            makeRasterizer: { ExactRasterizer() }, reading: WorkProgress(), making: WorkProgress())
        try await exports.export(settings, to: "drawn")
        #expect(try exports.files() == exports.files(in: "drawn"))
        #expect(ExactRasterizer.followsExactRule && !RunningDry.followsExactRule)
    }

    @Test func `a dataset can have no masks`() async throws {
        let summary = try await exports.export(try .small(train: 0, test: 0))
        #expect((summary.trainCount, summary.testCount, summary.meanHoleRatio) == (0, 0, 0))
        #expect(
            try exports.fileNames() == [
                ".qd-imd-checksums", "dataset.json", "preview.png", "vectors/test.jsonl", "vectors/train.jsonl",
            ])
    }

    @Test func `the files are the same whether they are flushed to the disk or not`() async throws {
        try await exports.export(try .small(), to: "flushed", isFlushing: true)
        try await exports.export(try .small(), isFlushing: false)
        #expect(try exports.files() == exports.files(in: "flushed"))
    }

    @Test func `summary and progress count masks and categories`() async throws {
        let making = WorkProgress()
        let summary = try await exports.export(try .small(train: 3, test: 2), making: making)
        #expect((summary.trainCount, summary.testCount, summary.resumedCount) == (3, 2, 0))
        #expect((summary.trainCategories, summary.testCategories) == (1, 1))
        #expect(summary.meanHoleRatio > 0 && summary.meanHoleRatio < 1)
        #expect((making.done, making.total) == (5, 5))
    }

    // MARK: Folders that hold something

    @Test(arguments: [ExistingOutput.refuse, .resume, .overwrite])
    func `an empty or missing folder is used`(existing: ExistingOutput) async throws {
        try folder.folder(name: "empty")
        try await exports.export(try .small(), to: "empty", existing: existing)
        try await exports.export(try .small(), to: "new", existing: existing)
        let files = try exports.files(in: "new")
        #expect(files["dataset.json"] != nil)
        #expect(try exports.files(in: "empty") == files)
    }

    @Test(arguments: [ExistingOutput.refuse, .resume, .overwrite], ["train/thesis.txt", ".hidden", "preview.png"])
    func `a folder of other files is never changed`(existing: ExistingOutput, name: String) async throws {
        try folder.file("masks/\(name)", "mine")
        let message = await complaint { try await exports.export(try .small(), existing: existing) }
        #expect(
            message == "\(masks): contains files but no dataset of this program; expected a new or empty folder")
        #expect(try exports.files() == [name: Array("mine".utf8)])
    }

    @Test(arguments: [ExistingOutput.refuse, .resume, .overwrite])
    func `a file is refused as the output folder`(existing: ExistingOutput) async throws {
        try folder.file("masks", "mine")
        let message = await complaint { try await exports.export(try .small(), existing: existing) }
        #expect(message == "\(masks): is not a folder; expected a new or empty folder")
        #expect(try folder.text(of: "masks") == "mine")
    }

    @Test func `a dataset is refused by default`() async throws {
        try await exports.export(try .small())
        let before = try exports.files()
        let message = await complaint { try await exports.export(try .small()) }
        #expect(message == "\(masks): contains a dataset; expected a new or empty folder, --resume, or --overwrite")
        #expect(try exports.files() == before)
    }

    @Test func `a complete dataset is resumed without rasterizing anything`() async throws {
        try await exports.export(try .small())
        let before = try exports.files()
        let making = WorkProgress()
        let summary = try await exports.export(try .small(), existing: .resume, failingAfter: 0, making: making)
        #expect(summary.resumedCount == 5)
        #expect((making.done, making.total) == (5, 5))
        #expect(try exports.files() == before)
    }

    @Test func `a dataset of another plan is not resumed`() async throws {
        try await exports.export(try .small())
        let before = try exports.files()
        var settings = try ExportSettings.small()
        settings.seed = 1
        let message = await complaint { try await exports.export(settings, existing: .resume) }
        let manifest = masks.appending("dataset.json")
        #expect(
            message
                == "\(manifest): this export uses seed 0, this command uses 1; expected the same settings, or another output folder"
        )
        #expect(try exports.files() == before)
    }

    @Test func `a dataset that is overwritten leaves no files behind`() async throws {
        try await exports.export(try .small())
        var settings = try ExportSettings.small(train: 1, test: 1)
        settings.formats = [.svg]
        settings.seed = 3
        try await exports.export(settings, existing: .overwrite)
        try await exports.export(settings, to: "fresh")
        #expect(try exports.files() == exports.files(in: "fresh"))
        #expect(try !folder.names().contains { $0.hasPrefix("masks/vectors") || $0.hasPrefix("masks/train") })
    }

    @Test func `other files next to a dataset are kept`() async throws {
        try await exports.export(try .small())
        try folder.file("masks/notes.txt", "mine")
        try await exports.export(try .small(train: 1), existing: .overwrite)
        #expect(try folder.text(of: "masks/notes.txt") == "mine")
    }

    // MARK: Faults

    @Test func `drawings that cannot be read leave no folder behind`() async throws {
        let path = try folder.file("drawings/eel.ndjson", "[]\n")
        let message = await complaint { try await exports.export(try .small()) }
        #expect(message == "\(path):1: not a JSON object; expected a drawing in each line")
        #expect(try masks.kind() == nil)
    }

    @Test func `a split without categories leaves no folder behind`() async throws {
        try exports.source.appending("dog.ndjson").removeTree()
        let message = await complaint { try await exports.export(try .small()) }
        #expect(message == "no categories left for test: the source has 1 (cat); expected at least 2, or no test masks")
        #expect(try masks.kind() == nil)
    }
}
