import MaskSamples
import FileAccess
import MaskModel
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// By default, two shards of train masks and one of test masks.
private func settings(
    train: Int = 251, test: Int = 2, formats: Set<DatasetFormat> = [.png, .json], tar: Int? = nil
) throws -> ExportSettings {
    var settings = try ExportSettings.small(train: train, test: test, canvas: .px(64, 4))
    settings.formats = formats
    settings.masksPerTar = tar
    return settings
}

/// The files of exports with which many tests begin or end, each made once.
private enum Files {
    /// Of a dataset with the default settings.
    static let images = Task { try await ofExport(settings()) }
    /// The same in tar files: shards of three tars of 100 masks each.
    static let tars = Task { try await ofExport(settings(train: 601, tar: 100)) }
    /// Of exports that failed in the shard of test masks.
    static let interruptedImages = Task { try await ofExport(settings(), failingAfter: 252) }
    static let interruptedTars = Task { try await ofExport(settings(train: 601, tar: 100), failingAfter: 602) }

    private static func ofExport(
        _ settings: ExportSettings, failingAfter limit: Int? = nil
    ) async throws -> [String: [UInt8]] {
        let exports = try ExportFolder()
        let message = await complaint { try await exports.export(settings, failingAfter: limit) }
        try #require(limit == nil ? message == nil : message?.hasSuffix(".png: out of ink") == true)
        return try exports.files()
    }
}

extension ExportFolder {
    /// Writes the files of an export into the folder `masks`.
    fileprivate func restore(_ files: [String: [UInt8]]) throws {
        for (name, bytes) in files { try folder.file("masks/\(name)", bytes: bytes) }
    }
}

/// Exports that are interrupted, and how they continue.
struct DatasetExportInterruptionTests {
    private let exports: ExportFolder
    private var folder: TemporaryFolder { exports.folder }
    private var masks: FilePath { folder.path.appending("masks") }

    init() throws {
        exports = try ExportFolder()
    }

    /// Starts an export that fails after `limit` masks.
    private func interrupt(after limit: Int, existing: ExistingOutput = .refuse, tar: Int? = nil) async throws {
        let settings = try settings(tar: tar)
        let message = await complaint {
            try await exports.export(settings, existing: existing, failingAfter: limit)
        }
        try #require(message?.hasSuffix(".png: out of ink") == true)
    }

    // MARK: While the masks are made

    @Test func `a mask that cannot be rasterized ends the export, and is named`() async throws {
        let settings = try settings()
        let message = await complaint { try await exports.export(settings, failingAfter: 2) }
        let run = folder.path.pushing(FilePath(try exports.run()))
        #expect(message == "\(run)/train/00002_train.png: out of ink")
    }

    @Test func `an unfinished export is hidden`() async throws {
        try await interrupt(after: 250)
        #expect(try masks.entryNames() == [".qd-imd-partial", "plan.json"])
    }

    @Test(arguments: [(249, 0), (250, 250), (252, 251)])
    func `a resumed export keeps the complete shards and writes the same files`(
        limit: Int, resumedCount: Int
    ) async throws {
        try await interrupt(after: limit)
        let making = WorkProgress()
        let summary = try await exports.export(settings(), existing: .resume, making: making)
        let expected = try await Files.images.value
        #expect(summary.resumedCount == resumedCount)
        #expect((making.done, making.total) == (253, 253))
        #expect(try exports.files() == expected)
    }

    /// What a test does to a file of the second shard of train masks.
    enum Damage: CaseIterable {
        case removed, emptied, shortened, lengthened, flipped, folder
    }

    private func damage(_ path: String, _ damage: Damage) throws {
        let bytes = try folder.bytes(of: path)
        switch damage {
        case .removed: try folder.path.pushing(FilePath(path)).removeTree()
        case .emptied: try folder.file(path, "")
        case .shortened: try folder.file(path, bytes: Array(bytes.dropLast()))
        case .lengthened: try folder.file(path, bytes: bytes + [0])
        case .flipped: try folder.file(path, bytes: bytes.dropLast(9) + [bytes[bytes.count - 9] ^ 1] + bytes.suffix(8))
        case .folder:
            try folder.path.pushing(FilePath(path)).removeTree()
            try folder.folder(name: path)
        }
    }

    @Test(arguments: ["records/00001.txt", "lines/00001.jsonl", "train/00250_train.png"], Damage.allCases)
    func `a damaged shard is generated again, and no other`(name: String, damage: Damage) async throws {
        try await exports.restore(Files.interruptedImages.value)
        let parent = name.hasPrefix("records") ? try exports.workspace() : try exports.run()
        try self.damage("\(parent)/\(name)", damage)
        let summary = try await exports.export(settings(), existing: .resume)
        let expected = try await Files.images.value
        #expect(summary.resumedCount == 250)
        #expect(try exports.files() == expected)
    }

    @Test func `files that no shard wrote do not get into the dataset`() async throws {
        try await exports.restore(Files.interruptedImages.value)
        let run = try exports.run()
        try folder.file("\(run)/train/mine.png", "mine")
        try folder.file("\(run)/train/00251_train.png", "mine")
        try folder.file("\(run)/lines/00007.jsonl", "{}")
        try await exports.export(settings(), existing: .resume)
        let expected = try await Files.images.value
        #expect(try exports.files() == expected)
    }

    @Test func `records of another plan or shard are not used`() async throws {
        try await exports.restore(Files.interruptedImages.value)
        let records = try exports.workspace() + "/records"
        try folder.file("\(records)/00001.txt", bytes: folder.bytes(of: "\(records)/00000.txt"))
        let other = ShardCompletion(plan: "another", shard: 2, run: "r")
        try folder.file("\(records)/00002.txt", bytes: other.bytes)
        let summary = try await exports.export(settings(), existing: .resume)
        let expected = try await Files.images.value
        #expect(summary.resumedCount == 250)
        #expect(try exports.files() == expected)
    }

    @Test(arguments: [(99, 0), (100, 0), (299, 0), (300, 300), (301, 300), (602, 601)], [1, 3])
    func `a resumed export of tar files writes the same bytes`(
        at: (limit: Int, resumedCount: Int), jobs: Int
    ) async throws {
        let settings = try settings(train: 601, tar: 100)
        let message = await complaint { try await exports.export(settings, failingAfter: at.limit) }
        try #require(message?.hasSuffix(".png: out of ink") == true)
        let summary = try await exports.export(settings, existing: .resume, jobs: jobs)
        let expected = try await Files.tars.value
        #expect(summary.resumedCount == at.resumedCount)
        #expect(try exports.files() == expected)
    }

    @Test(arguments: Damage.allCases) func `a damaged tar is written again`(damage: Damage) async throws {
        try await exports.restore(Files.interruptedTars.value)
        try self.damage("\(try exports.run())/tar/train-00001.tar", damage)
        let summary = try await exports.export(settings(train: 601, tar: 100), existing: .resume)
        let expected = try await Files.tars.value
        #expect(summary.resumedCount == 301)
        #expect(try exports.files() == expected)
    }

    @Test func `an unfinished export of tar files is not resumed without them`() async throws {
        try await interrupt(after: 3, tar: 100)
        let message = await complaint { try await exports.export(try settings(), existing: .resume) }
        let plan = masks.appending("plan.json")
        #expect(
            message
                == "\(plan): this export uses tar 100, this command uses none; expected the same settings, or another output folder"
        )
    }

    @Test func `an unfinished export is refused by default`() async throws {
        try await interrupt(after: 3)
        let before = try exports.files()
        let message = await complaint { try await exports.export(try settings()) }
        #expect(
            message == """
                \(masks): contains an unfinished export; expected a new or empty folder, --resume, or --overwrite
                """)
        #expect(try exports.files() == before)
    }

    @Test func `an unfinished export of another plan is not resumed`() async throws {
        try await interrupt(after: 3)
        let before = try exports.files()
        let message = await complaint { try await exports.export(try settings(train: 252), existing: .resume) }
        let plan = masks.appending("plan.json")
        #expect(
            message
                == "\(plan): this export uses train 251, this command uses 252; expected the same settings, or another output folder"
        )
        #expect(try exports.files() == before)
    }

    @Test func `an unfinished export is overwritten by another plan`() async throws {
        try await interrupt(after: 250)
        try await exports.export(settings(train: 3, test: 2), existing: .overwrite)
        try await exports.export(settings(train: 3, test: 2), to: "straight")
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test(arguments: [ExistingOutput.refuse, .resume, .overwrite])
    func `files of a start without a plan are ignored`(existing: ExistingOutput) async throws {
        try folder.file("masks/.qd-imd-partial/0123/records/00000.txt", "{}")
        try folder.file("masks/.qd-imd-partial/drawings.bank", "")
        try await exports.export(settings(train: 3, test: 2), existing: existing)
        try await exports.export(settings(train: 3, test: 2), to: "straight")
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test func `the old dataset stays until the new one is complete`() async throws {
        try await exports.export(settings(train: 3, test: 2))
        let old = try exports.files()
        try await interrupt(after: 252, existing: .overwrite)
        let kept = try exports.files().filter { !$0.key.hasPrefix(".qd-imd-partial/") && $0.key != "plan.json" }
        #expect(kept == old)
        try await exports.export(settings(), existing: .resume)
        let expected = try await Files.images.value
        #expect(try exports.files() == expected)
    }

    // MARK: While the entries are moved into place

    /// Exports all formats, and stops after `count` entries are moved into their place.
    private func interruptMove(after count: Int) async throws {
        let settings = try settings(train: 3, test: 2, formats: [.png, .json, .svg])
        try await exports.interruptSwap(of: settings, after: count)
    }

    @Test(arguments: 0...7) func `a move that was interrupted is completed, and nothing is rasterized again`(count: Int)
        async throws
    {
        let settings = try settings(train: 3, test: 2, formats: [.png, .json, .svg])
        try await interruptMove(after: count)
        let summary = try await exports.export(settings, existing: .resume, failingAfter: 0)
        try await exports.export(settings, to: "straight")
        #expect(summary.resumedCount == 5)
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test(arguments: 0...7) func `an export whose move was interrupted can be overwritten`(count: Int) async throws {
        let settings = try settings(train: 1, test: 1)
        try await interruptMove(after: count)
        try await exports.export(settings, existing: .overwrite)
        try await exports.export(settings, to: "straight")
        #expect(try exports.files() == exports.files(in: "straight"))
    }
}
