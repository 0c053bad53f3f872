import MaskSamples
import FileAccess
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct InspectionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Writes an image.
    private func image(_ name: String, _ art: String) throws {
        let raster = try #require(Bitmap(asciiArt: art))
        try folder.file(name, bytes: MaskPNGEncoder.encode(raster))
    }

    private func inspect(
        _ name: String = "masks", jobs: Int = 1, progress: WorkProgress = WorkProgress()
    ) async throws -> MaskInspection {
        let masks = try MaskCollection(at: folder.path.appending(name), contents: .all)
        return try await MaskInspection(of: masks, jobs: jobs, progress: progress)
    }

    // MARK: Masks

    /// Two vectors with holes of 8 of 16 pixels and of none, and an image with 2 of 8.
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

    @Test(arguments: [1, 3]) func `vectors and images are counted, by their sizes too`(jobs: Int) async throws {
        try writeMasks()
        let inspection = try await inspect(jobs: jobs)
        #expect((inspection.maskCount, inspection.vectorCount) == (3, 2))
        #expect(inspection.sizes == ["4×4": 1, "8×4": 1, "4×2": 1])
    }

    @Test func `hole ratios are by the exact rule, and of all masks`() async throws {
        try writeMasks()
        let ratios = try await inspect().holeRatio
        #expect(ratios == Statistics([0.5, 0, 0.25]))
    }

    @Test func `strokes, widths and words are of vectors alone`() async throws {
        try writeMasks()
        let inspection = try await inspect()
        #expect(inspection.strokes == Statistics([3, 1]))
        #expect(inspection.widths == Statistics([2, 1, 6, 3]))
        #expect(inspection.words == ["cat": 2, "dog": 1])
    }

    @Test func `images alone have no strokes`() async throws {
        try image("masks/p.png", "#.")
        let inspection = try await inspect()
        #expect((inspection.maskCount, inspection.vectorCount, inspection.strokes.count) == (1, 0, 0))
        #expect(inspection.words.isEmpty)
    }

    @Test func `a dataset's images are read in the color that its manifest says`() async throws {
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

    @Test func `a mask that cannot be read ends it`() async throws {
        try writeMasks()
        let path = try folder.file("masks/broken.json", "{}")
        let message = await complaint { _ = try await inspect() }
        #expect(message == #"\#(path): "format" is missing; expected "qd-imd-mask/1""#)
    }

    // MARK: Sources

    private func writeSource() throws {
        try folder.file(
            "drawings/a.ndjson",
            """
            {"word":"cat","key_id":"1","drawing":[[[1,2,3],[1,2,3]],[[9],[9]]]}
            {"word":"dog","key_id":"2","drawing":[]}

            """)
        try folder.file("drawings/more/b.ndjson", #"{"word":"cat","key_id":"1","drawing":[[[1,2],[1,2]]]}"#)
        try folder.file("drawings/notes.txt", "not drawings")
    }

    @Test(arguments: [1, 2]) func `a source has its drawings by word, its strokes and its points`(jobs: Int)
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
        #expect(source.all.strokesPerDrawing == Histogram([2, 0, 1]))
        #expect(source.all.pointsPerStroke == Histogram([3, 1, 2]))
        #expect(source.all.strokeLengths == Histogram([283, 0, 141]))
        #expect(source.all.strokeExtents == Histogram([2, 0, 1]))
        #expect((progress.done, progress.total) == (2, 2))
    }

    @Test func `a record that is wrong ends it`() async throws {
        try writeSource()
        let path = try folder.file("drawings/c.ndjson", "\n[]\n")
        let message = await complaint {
            _ = try await SourceInspection(
                of: folder.path.appending("drawings"), jobs: 1, progress: WorkProgress())
        }
        #expect(message == "\(path):2: not a JSON object; expected a drawing")
    }

    @Test func `a source is told by the names of its files`() throws {
        try writeSource()
        try folder.file("masks/a.json", "")
        let names = ["drawings", "drawings/a.ndjson", "drawings/notes.txt", "masks", "masks/a.json", "nowhere"]
        let answers = names.map { SourceInspection.isSource(folder.path.pushing(FilePath($0))) }
        #expect(answers == [true, true, false, false, false, false])
    }
}
