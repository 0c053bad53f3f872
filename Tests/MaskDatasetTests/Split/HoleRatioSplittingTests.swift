import FileAccess
import MaskModel
import MaskSamples
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Masks in a folder for each bucket of hole ratios.
struct HoleRatioSplittingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.image("masks/a.png", "#.........")
        try folder.image("masks/sub/b.png", "##........")
        try folder.image("masks/full.png", "##########")
        try folder.file(
            "masks/lines.jsonl",
            #"{"format":"qd-imd-mask/1","canvas":[10,1],"strokes":[{"width":1,"points":[[90,90]]}]}"#)
    }

    private func split(to output: String = "split", jobs: Int = 1) async throws -> HoleRatioSplitting.Summary {
        let masks = try MaskCollection(at: folder.path.appending("masks"), contents: .all)
        var splitting = HoleRatioSplitting(of: masks, to: folder.path.appending(output))
        splitting.jobs = jobs
        splitting.buckets = try #require(HoleRatioBuckets([0, 10, 20]))
        return try await splitting.run(progress: WorkProgress())
    }

    @Test(arguments: [1, 3]) func `each mask is in the folder of its bucket, and the others are counted`(
        jobs: Int
    ) async throws {
        let summary = try await split(jobs: jobs)
        let files = try folder.files(in: "split")
        #expect(Set(files.keys) == ["mask0-10/lines_1.json", "mask0-10/a.png", "mask10-20/b.png"])
        #expect(files["mask10-20/b.png"] == (try folder.bytes(of: "masks/sub/b.png")))
        #expect(summary.counts.map(\.name) == ["mask0-10", "mask10-20"])
        #expect(summary.counts.map(\.count) == [2, 1])
        #expect(summary.outside == 1)
    }

    @Test func `masks with the same name in two folders keep the folder in their names`() async throws {
        try folder.image("masks/other/b.png", "#.........")
        _ = try await split()
        #expect(
            try Set(folder.files(in: "split").keys).isSuperset(of: ["mask0-10/other_b.png", "mask10-20/sub_b.png"]))
    }

    @Test func `a folder that is not empty, a file, and a folder of masks are refused`() async throws {
        try folder.file("full/mine", "")
        let full = await complaint { _ = try await split(to: "full") }
        #expect(full == "\(folder.path)/full: is not empty; expected a new or empty folder")
        let file = await complaint { _ = try await split(to: "full/mine") }
        #expect(file == "\(folder.path)/full/mine: is not a folder; expected a new or empty folder")
        #expect(await complaint { _ = try await split(to: "masks/new") } != nil)
        #expect(try folder.files(in: "full") == ["mine": []])
    }
}
