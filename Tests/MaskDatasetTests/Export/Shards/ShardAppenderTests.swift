import FileAccess
import MaskModel
import MaskSamples
import QuickDraw
import StrokeBank
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct ShardAppenderTests {
    private let folder: TemporaryFolder
    private var staging: DatasetPaths { DatasetPaths(root: folder.path) }

    init() throws {
        folder = try TemporaryFolder()
        try folder.folder(name: "tar")
    }

    /// A plan of shards of one mask, `perTar` to a tar.
    private func plan(_ count: Int, perTar: Int = 1) throws -> ExportPlan {
        var settings = try ExportSettings.small(train: count, test: 0)
        settings.masksPerTar = perTar
        return try ExportPlan(settings: settings, source: StrokePool("cat", "dog"))
    }

    private func appender(_ plan: ExportPlan, jobs: Int = 1) throws -> ShardAppender {
        try ShardAppender(plan: plan, staging: staging, after: ShardLog(of: plan, in: staging), jobs: jobs)
    }

    private func piece(_ appender: ShardAppender, _ number: Int, _ text: String) async throws -> ShardAppender.Piece {
        var piece = try #require(await appender.begin(number))
        piece.bytes += text.utf8
        piece.record.masks = 1
        return piece
    }

    @Test func `pieces are written in their order, whatever order they are completed in`() async throws {
        let plan = try plan(4)
        let appender = try appender(plan, jobs: 2)
        var pieces: [ShardAppender.Piece] = []
        for number in 0..<4 { pieces.append(try await piece(appender, number, "\(number)")) }
        for number in [2, 1, 3] { try appender.complete(pieces[number]) }
        #expect(try ShardLog(of: plan, in: staging).shardCount == 0)
        #expect(try folder.names() == ["shards.jsonl", "tar"])
        try appender.complete(pieces[0])
        #expect(try ShardLog(of: plan, in: staging).shardCount == 4)
        #expect(try (0..<4).map { try folder.text(of: "tar/train-0000\($0).tar") } == ["0", "1", "2", "3"])
    }

    @Test func `a piece can be appended in parts, and is complete at its end alone`() async throws {
        let plan = try plan(1)
        let appender = try appender(plan)
        var piece = try await piece(appender, 0, "one ")
        #expect(try await appender.append(&piece))
        #expect(piece.bytes == [])
        #expect(try folder.text(of: "tar/train-00000.tar") == "one ")
        #expect(try ShardLog(of: plan, in: staging).shardCount == 0)
        piece.bytes += Array("two".utf8)
        try appender.complete(piece)
        let log = try ShardLog(of: plan, in: staging)
        #expect(log.totals[.train]?.fileBytes == 7 && log.shardCount == 1)
        #expect(try folder.text(of: "tar/train-00000.tar") == "one two")
    }

    @Test(arguments: [1, 2, 7]) func `a worker too far ahead waits until the turn comes nearer`(jobs: Int) async throws
    {
        let appender = try appender(plan(100), jobs: jobs)
        var pieces: [ShardAppender.Piece] = []
        for number in 0..<2 * jobs { pieces.append(try await piece(appender, number, "x")) }
        async let ahead = appender.begin(2 * jobs)
        try await Task.sleep(for: .milliseconds(20))
        #expect(try folder.names() == ["shards.jsonl", "tar"])
        try appender.complete(pieces[0])
        #expect(await ahead != nil)
    }

    @Test func `after a stop those that wait behind it give up, and those before go on`() async throws {
        let appender = try appender(plan(100), jobs: 1)
        let first = try await piece(appender, 0, "x")
        _ = try await piece(appender, 1, "y")
        async let behind = appender.begin(2)
        try await Task.sleep(for: .milliseconds(20))
        appender.stop(at: 1)
        #expect(await behind == nil)
        #expect(await appender.begin(5) == nil)
        try appender.complete(first)
        #expect(try folder.text(of: "tar/train-00000.tar") == "x")
    }

    @Test func `the memory of a piece is used again`() async throws {
        let appender = try appender(plan(3))
        var first = try await piece(appender, 0, "x")
        first.bytes.reserveCapacity(100_000)
        try appender.complete(first)
        let second = try #require(await appender.begin(1))
        #expect(second.bytes.isEmpty)
    }

    @Test func `a file that cannot be written is an error, and stops all`() async throws {
        try staging.tarFolder.removeTree()
        let appender = try appender(plan(2))
        let made = try await piece(appender, 0, "x")
        let message = complaint { try appender.complete(made) }
        #expect(message == "\(staging.tarFile(.train, 0)): cannot be written: No such file or directory")
        #expect(await appender.begin(1) == nil)
    }

    @Test(arguments: [1, 2, 3, 16, 64]) func `many workers come to the same files`(jobs: Int) async throws {
        let plan = try plan(500, perTar: 100)
        let appender = try appender(plan, jobs: jobs)
        let shards = Array(plan.shards)
        try await forEachConcurrently(shards.count, jobs: jobs, makeWorker: { true }) {
            (_, number) async throws(DataError) in
            guard var piece = await appender.begin(number) else { return }
            piece.record.masks = shards[number].masks.count
            for index in shards[number].masks {
                piece.bytes += "\(index) ".utf8
                // A worker may wait for its turn in the middle.
                if index % 7 == 0, try await !appender.append(&piece) { return }
            }
            try appender.complete(piece)
        }
        try appender.finish()
        let texts = try (0..<5).map { try folder.text(of: "tar/train-0000\($0).tar") }
        let expected = (0..<5).map { (tar: Int) -> String in
            (100 * tar..<100 * tar + 100).map { "\($0) " }.joined()
        }
        #expect(texts == expected)
        #expect(try ShardLog(of: plan, in: staging).shardCount == shards.count)
    }
}
