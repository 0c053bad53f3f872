import FileAccess
import Foundation
import MaskSamples
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct SourceInspectionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func writeSource() throws {
        try folder.file(
            "drawings/a.ndjson",
            """
            {"word":"cat","key_id":"1","drawing":[[[1,2,3],[1,2,3]],[[9],[9]]]}
            {"word":"dog","key_id":"2","drawing":[]}

            """)
        try folder.file("drawings/more/b.ndjson", #"{"word":"cat","key_id":"3","drawing":[[[1,2],[1,2]]]}"#)
        try folder.file("drawings/notes.txt", "not drawings")
    }

    @Test(arguments: [1, 2]) func `drawings are counted by word, and so are their strokes and points`(jobs: Int)
        async throws
    {
        try writeSource()
        let progress = WorkProgress()
        let source = try await SourceInspection(
            of: folder.path.appending("drawings"), jobs: jobs, progress: progress)
        #expect(source.container == .files(2))
        #expect(source.categories.map(\.word) == ["cat", "dog"])
        #expect(source.categories.map(\.statistics.drawingCount) == [2, 1])
        #expect((source.all.drawingCount, source.all.strokeCount, source.all.pointCount) == (3, 3, 6))
        #expect(source.duplicateCount == 0)
        #expect(source.all.strokesPerDrawing == Histogram([2, 0, 1]))
        #expect(source.all.pointsPerStroke == Histogram([3, 1, 2]))
        #expect(source.all.strokeLengths == Histogram([283, 0, 141]))
        #expect(source.all.strokeExtents == Histogram([2, 0, 1]))
        #expect((progress.done, progress.total) == (2, 2))
    }

    @Test func `an invalid record is an error`() async throws {
        try writeSource()
        let path = try folder.file("drawings/c.ndjson", "\n[]\n")
        let message = await complaint {
            _ = try await SourceInspection(
                of: folder.path.appending("drawings"), jobs: 1, progress: WorkProgress())
        }
        #expect(message == "\(path):2: not a JSON object; expected a drawing in each line")
    }

    @Test func `a source is recognized by the names of its files`() throws {
        try writeSource()
        try folder.file("masks/a.json", "")
        let names = ["drawings", "drawings/a.ndjson", "drawings/notes.txt", "masks", "masks/a.json", "nowhere"]
        let answers = try names.map { try SourceInspection.isSource(folder.path.pushing(FilePath($0))) }
        #expect(answers == [true, true, false, false, false, false])
    }

    @Test(arguments: [1, 2]) func `a file that is there twice, or a repeated key, counts once, as in a bank`(jobs: Int)
        async throws
    {
        try writeSource()
        let path = folder.path.appending("drawings")
        let once = try await SourceInspection(of: path, jobs: jobs, progress: WorkProgress())
        try folder.file("drawings/b.ndjson", bytes: path.appending("a.ndjson").readFile())
        // The first drawing of a key counts, and a key of another category is another drawing.
        try folder.file(
            "drawings/z.ndjson",
            """
            {"word":"cat","key_id":"1","drawing":[[[1,2,3,4,5],[1,2,3,4,5]]]}
            {"word":"dog","key_id":"2","drawing":[[[9],[9]]]}
            """)
        let twice = try await SourceInspection(of: path, jobs: jobs, progress: WorkProgress())
        #expect(twice.container == .files(4))
        #expect(twice.duplicateCount == 4)
        #expect(twice.all == once.all)
        #expect(twice.categories == once.categories)
    }

    @Test func `a folder of drawings with a link to nothing is an error, not something else`() throws {
        try writeSource()
        let path = folder.path.appending("drawings")
        try FileManager.default.createSymbolicLink(atPath: "\(path)/dog.bin", withDestinationPath: "nothing")
        let message = TemporaryFiles.message { _ = try SourceInspection.isSource(path) }
        #expect(message == "\(path)/dog.bin: is a link to nothing; expected a file")
    }
}
