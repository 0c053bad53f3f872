import MaskSamples
import FileAccess
import MaskModel
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Exports that are interrupted, and how they continue.
struct DatasetExportInterruptionTests {
    private let exports: ExportFolder
    private var folder: TemporaryFolder { exports.folder }
    private var masks: FilePath { folder.path.appending("masks") }
    private static let staging = "masks/.qd-imd-partial"

    init() throws {
        exports = try ExportFolder()
    }

    /// By default, two shards of train masks and one of test masks.
    private func settings(
        train: Int = 251, test: Int = 2, formats: Set<DatasetFormat> = [.png, .json], tar: Int? = nil
    ) throws -> ExportSettings {
        var settings = try ExportSettings.small(train: train, test: test, canvas: .px(64, 4))
        settings.formats = formats
        settings.masksPerTar = tar
        return settings
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
        #expect(message == "\(folder.path.pushing(FilePath(Self.staging)))/train/00002_train.png: out of ink")
    }

    @Test func `an unfinished export is hidden`() async throws {
        try await interrupt(after: 250)
        #expect(try masks.entryNames() == [".qd-imd-partial"])
    }

    @Test(arguments: [(249, 0), (250, 250), (252, 251)])
    func `a resumed export keeps the complete shards and writes the same files`(
        limit: Int, resumedCount: Int
    ) async throws {
        try await interrupt(after: limit)
        let making = WorkProgress()
        let summary = try await exports.export(settings(), existing: .resume, making: making)
        try await exports.export(settings(), to: "straight")
        #expect(summary.resumedCount == resumedCount)
        #expect((making.done, making.total) == (253, 253))
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    /// If the second shard of train masks is damaged, it and all later ones are written again; if it is the first, all
    /// shards are.
    @Test(arguments: [("shards.jsonl", 1, 250), ("shards.jsonl", 75, 0), ("vectors/train.jsonl", 1, 250)])
    func `a damaged shard and all later ones are written again`(
        name: String, missing: Int, resumedCount: Int
    ) async throws {
        try await interrupt(after: 252)
        let damaged = try folder.bytes(of: "\(Self.staging)/\(name)").dropLast(missing)
        try folder.file("\(Self.staging)/\(name)", bytes: Array(damaged))
        let summary = try await exports.export(settings(), existing: .resume)
        try await exports.export(settings(), to: "straight")
        #expect(summary.resumedCount == resumedCount)
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test(arguments: ["shards.jsonl", "vectors/train.jsonl"])
    func `without the log, or the file in it, all shards are written again`(name: String) async throws {
        try await interrupt(after: 252)
        try masks.pushing(FilePath(".qd-imd-partial/\(name)")).removeTree()
        let summary = try await exports.export(settings(), existing: .resume)
        try await exports.export(settings(), to: "straight")
        #expect(summary.resumedCount == 0)
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test(arguments: [(99, 0), (100, 100), (199, 100), (200, 200), (251, 251)], [1, 3])
    func `a resumed export of tar files writes the same bytes`(at: (limit: Int, resumedCount: Int), jobs: Int)
        async throws
    {
        try await interrupt(after: at.limit, tar: 100)
        // The remains of a killed export after the last record.
        let log = try folder.bytes(of: "\(Self.staging)/shards.jsonl")
        try folder.file("\(Self.staging)/shards.jsonl", bytes: log + Array("{\"masks\":100,".utf8))
        try folder.file("\(Self.staging)/tar/train-00002.tar", "half a header")
        let summary = try await exports.export(settings(tar: 100), existing: .resume, jobs: jobs)
        try await exports.export(settings(tar: 100), to: "straight")
        #expect(summary.resumedCount == (at.resumedCount == 251 ? 200 : at.resumedCount))
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test(arguments: [(1, 250), (600_000, 0)]) func `a tar that lost its end is written again from there`(
        missing: Int, resumedCount: Int
    ) async throws {
        try await interrupt(after: 252, tar: 1000)
        let tar = "\(Self.staging)/tar/train-00000.tar"
        try folder.file(tar, bytes: Array(try folder.bytes(of: tar).dropLast(missing)))
        let summary = try await exports.export(settings(tar: 1000), existing: .resume)
        try await exports.export(settings(tar: 1000), to: "straight")
        #expect(summary.resumedCount == resumedCount)
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test func `an unfinished export of tar files is not resumed without them`() async throws {
        try await interrupt(after: 3, tar: 100)
        let message = await complaint { try await exports.export(try settings(), existing: .resume) }
        let plan = masks.pushing(".qd-imd-partial/plan.json")
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
        let plan = masks.pushing(".qd-imd-partial/plan.json")
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
        try folder.file("\(Self.staging)/shards.jsonl", "{}")
        try folder.file("\(Self.staging)/train/99999_train.png", "")
        try await exports.export(settings(train: 3, test: 2), existing: existing)
        try await exports.export(settings(train: 3, test: 2), to: "straight")
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test func `the old dataset stays until the new one is complete`() async throws {
        try await exports.export(settings(train: 3, test: 2))
        let old = try exports.files()
        try await interrupt(after: 252, existing: .overwrite)
        let kept = try exports.files().filter { !$0.key.hasPrefix(".qd-imd-partial/") }
        #expect(kept == old)
        try await exports.export(settings(), existing: .resume)
        try await exports.export(settings(), to: "straight")
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    // MARK: While the entries are moved into place

    /// Exports all formats, and moves all entries after the first `count` back, as if their move had been
    /// interrupted.
    private func interruptMove(after count: Int) async throws {
        let settings = try settings(train: 3, test: 2, formats: [.png, .json, .svg])
        try await exports.export(settings)
        try folder.folder(name: Self.staging)
        let found = try masks.entryNames()
        let entries = DatasetPaths.entries.filter { found.contains($0) }
        for name in entries.dropFirst(count) {
            try masks.appending(name).rename(to: masks.pushing(FilePath(".qd-imd-partial/\(name)")))
        }
        let plan = try ExportPlan(settings: settings, source: exports.pool(settings))
        try folder.file("\(Self.staging)/plan.json", bytes: plan.json)
        try folder.file("\(Self.staging)/complete", "")
    }

    @Test(arguments: 0...6) func `a move that was interrupted is completed, and nothing is rasterized again`(count: Int)
        async throws
    {
        let settings = try settings(train: 3, test: 2, formats: [.png, .json, .svg])
        try await interruptMove(after: count)
        let summary = try await exports.export(settings, existing: .resume, failingAfter: 0)
        try await exports.export(settings, to: "straight")
        #expect(summary.resumedCount == 5)
        #expect(try exports.files() == exports.files(in: "straight"))
    }

    @Test(arguments: 0...6) func `an export whose move was interrupted can be overwritten`(count: Int) async throws {
        let settings = try settings(train: 1, test: 1)
        try await interruptMove(after: count)
        try await exports.export(settings, existing: .overwrite)
        try await exports.export(settings, to: "straight")
        #expect(try exports.files() == exports.files(in: "straight"))
    }
}
