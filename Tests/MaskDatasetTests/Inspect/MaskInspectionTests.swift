import MaskSamples
import FileAccess
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct MaskInspectionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Writes an image.
    private func image(_ name: String, _ art: String) throws {
        let raster = try #require(Bitmap(asciiArt: art))
        try folder.file(name, bytes: MaskPNGEncoder.encode(SpanMask(raster)))
    }

    private func inspect(
        _ name: String = "masks", jobs: Int = 1, progress: WorkProgress = WorkProgress()
    ) async throws -> MaskInspection {
        let masks = try MaskCollection(at: folder.path.appending(name), contents: .all)
        return try await MaskInspection(of: masks, jobs: jobs, progress: progress)
    }

    /// Two vectors with 8 of 16 and no hole pixels, and an image with 2 of 8.
    private func writeMasks() throws {
        let source = #""source":{"word":"cat","key_id":"1","stroke":0}"#
        try folder.file(
            "masks/lines.jsonl",
            """
            {"format":"qd-imd-mask/1","canvas":[4,4],"strokes":[\
            {"width":2,"points":[[-9,1],[9,1]],\(source)},{"width":1,"points":[[-9,1],[9,1]],\(source)},\
            {"width":6,"points":[[90,90]],"source":{"word":"dog","key_id":"1","stroke":0}}]}
            {"format":"qd-imd-mask/1","canvas":[8,4],"strokes":[{"width":3,"points":[[90,90]]}]}

            """)
        try image(
            "masks/p.png",
            """
            ##..
            ....
            """)
    }

    @Test(arguments: [1, 3]) func `vectors and images are counted, in total and by size`(jobs: Int) async throws {
        try writeMasks()
        let inspection = try await inspect(jobs: jobs)
        #expect((inspection.maskCount, inspection.vectorCount) == (3, 2))
        #expect(inspection.sizes == ["4×4": 1, "8×4": 1, "4×2": 1])
    }

    @Test func `hole ratios are those of all masks by the exact rule`() async throws {
        try writeMasks()
        let ratios = try await inspect().holeRatio
        #expect(ratios == Statistics([0.5, 0, 0.25]))
    }

    @Test func `strokes, widths, and words are those of vectors only`() async throws {
        try writeMasks()
        let inspection = try await inspect()
        #expect(inspection.strokes == Statistics([3, 1]))
        #expect(inspection.widths == Statistics([2, 1, 6, 3]))
        #expect(inspection.words == ["cat": 2, "dog": 1])
    }

    @Test func `images have no strokes`() async throws {
        try image("masks/p.png", "#.")
        let inspection = try await inspect()
        #expect((inspection.maskCount, inspection.vectorCount, inspection.strokes.count) == (1, 0, 0))
        #expect(inspection.words.isEmpty)
    }

    @Test func `the images of a dataset are read with the hole color in its manifest`() async throws {
        try folder.file("masks/dataset.json", manifestText(formats: #"["png"]"#, hole: "black"))
        try image("masks/train/p.png", "#...")
        try image("masks/test/p.png", "##..")
        let ratios = try await inspect().holeRatio
        #expect(ratios == Statistics([0.75, 0.5]))
    }

    @Test func `progress counts the masks`() async throws {
        try writeMasks()
        let progress = WorkProgress()
        _ = try await inspect(progress: progress)
        #expect((progress.done, progress.total) == (3, 3))
    }

    @Test func `a mask that cannot be read is an error`() async throws {
        try writeMasks()
        let path = try folder.file("masks/broken.json", #"{"format":"qd-imd-mask/1"}"#)
        let message = await complaint { _ = try await inspect() }
        #expect(message == #"\#(path): "canvas" is missing; expected [width, height]"#)
    }
}
