import FileAccess
import MaskModel
import MaskSamples
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Images as vectors: their files, and how a vectorization is repeated.
struct VectorizationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let stroke = Array(repeating: "..............", count: 3) + Array(repeating: "..##########..", count: 4)
        let art = (stroke + stroke.prefix(3)).joined(separator: "\n")
        for name in ["cat", "sub/dog", "sub/owl"] { try folder.image("masks/\(name).png", art) }
    }

    @discardableResult
    private func vectorize(
        _ name: String = "masks", to output: String = "vectors", jobs: Int = 1, existing: ExistingOutput = .refuse
    ) async throws -> VectorizationSummary {
        let masks = try MaskCollection(at: folder.path.appending(name), contents: .all)
        var vectorization = Vectorization(of: masks, to: folder.path.appending(output))
        (vectorization.jobs, vectorization.existing) = (jobs, existing)
        return try await vectorization.run(progress: WorkProgress())
    }

    @Test(arguments: [1, 3]) func `masks are in JSON Lines of their folder, and in SVG files of their names`(
        jobs: Int
    ) async throws {
        let summary = try await vectorize(jobs: jobs)
        #expect(summary.masks.map(\.name) == ["cat", "sub/dog", "sub/owl"])
        #expect(summary.masks.allSatisfy { $0.iou > 0.9 && $0.vertexCount > 1 })
        let files = try folder.files(in: "vectors").filter { !$0.key.hasPrefix(".") }
        #expect(
            Set(files.keys) == [
                "vectorize.json", "vectors/masks.jsonl", "vectors/sub.jsonl", "svg/cat.svg", "svg/sub/dog.svg",
                "svg/sub/owl.svg",
            ])
        let lines = try MaskCollection(at: folder.path.appending("vectors/vectors/sub.jsonl"), contents: .all)
        #expect(lines.items.map(\.lastName) == ["dog", "owl"])
    }

    @Test func `a finished vectorization is refused, kept if it is resumed, and repeated if it is overwritten`()
        async throws
    {
        let first = try await vectorize()
        let files = try folder.files(in: "vectors")
        #expect(await complaint { try await vectorize() } != nil)
        for existing in [ExistingOutput.resume, .overwrite] {
            let again = try await vectorize(existing: existing)
            #expect(again.masks.map(\.iou) == first.masks.map(\.iou))
            #expect(try folder.files(in: "vectors") == files)
        }
    }

    @Test func `another image under the same name is found when a vectorization is resumed`() async throws {
        try await vectorize()
        try folder.image("masks/cat.png", "##..\n##..")
        let message = await complaint { try await vectorize(existing: .resume) }
        #expect(message?.contains("cat") == true)
    }

    @Test func `a single mask can be one file`() async throws {
        for ending in ["svg", "json"] { try await vectorize("masks/cat.png", to: "cat.\(ending)") }
        let svg = String(decoding: try folder.bytes(of: "cat.svg"), as: UTF8.self)
        #expect(svg.hasPrefix("<svg "))
        let json = try MaskCollection(at: folder.path.appending("cat.json"), contents: .all)
        #expect(json.items.count == 1)
        let message = await complaint { try await vectorize("masks/cat.png", to: "cat.svg") }
        #expect(message?.contains("already exists") == true)
    }
}
