import MaskSamples
import FileAccess
import MaskModel
import MaskRaster
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct MaskInspectionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
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
        try folder.image(
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
        try folder.image("masks/p.png", "#.")
        let inspection = try await inspect()
        #expect((inspection.maskCount, inspection.vectorCount, inspection.strokes.count) == (1, 0, 0))
        #expect(inspection.words.isEmpty)
    }

    @Test func `the images of a dataset are read with the hole color in its manifest`() async throws {
        try folder.file("masks/dataset.json", manifestText(formats: #"["png"]"#, hole: "black"))
        try folder.image("masks/train/p.png", "#...")
        try folder.image("masks/test/p.png", "##..")
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

    // MARK: Table

    @Test func `the table has a row for each mask, with what can be said about it alone`() async throws {
        try writeMasks()
        let csv = String(decoding: try await inspect().table.csv, as: UTF8.self)
        #expect(
            csv == """
                id,width,height,hole_ratio,bucket,touches_border,components,strokes
                lines/lines_1,4,4,0.5,40-50,true,1,3
                lines/lines_2,8,4,0,0-10,false,0,1
                p,4,2,0.25,20-30,true,1,

                """)
    }

    @Test(
        arguments: [
            ("#.#\n.#.\n#.#", 1), ("#.#\n...\n#.#", 4), ("###\n#.#\n###", 1), ("#.#\n#.#\n###", 1), ("...", 0),
            ("#.#.#\n#.#.#\n##.##", 1), ("#..#\n.##.\n....\n####", 2),
        ])
    func `pixels that share an edge or a corner are connected`(art: String, count: Int) throws {
        let mask = try #require(SpanMask(asciiArt: art))
        #expect(HoleStatistics(of: mask).componentCount == count)
    }

    @Test(arguments: 0..<30) func `bands of an image have the figures of the whole, by flood fill`(seed: UInt64) throws
    {
        var random = SplitMix(seed)
        let size = PixelSize.px(1 + random.below(30), 1 + random.below(30))
        var bitmap = Bitmap(size: size)
        for row in 0..<size.height {
            for x in 0..<size.width where random.below(5) < 2 { bitmap.fill(columns: x...x, row: row) }
        }
        let figures = HoleStatistics(of: SpanMask(bitmap))
        #expect(figures.componentCount == bitmap.floodFilledParts, "seed \(seed)")
        #expect(figures.holeCount == bitmap.holeCount)
        var banded = HoleStatistics(of: size)
        for row in 0..<size.height {
            var band = Bitmap(size: .px(size.width, 1))
            band.setRow(0, words: bitmap.words[(row * bitmap.wordsPerRow)...].prefix(bitmap.wordsPerRow))
            banded.add(SpanMask(band))
        }
        #expect(banded == figures, "seed \(seed)")
    }

    @Test func `names with separators are quoted in CSV`() {
        let row = MaskTable.Row(
            name: #"a,"b""#, size: .px(2, 1), holeCount: 1, touchesBorder: true, componentCount: 1, strokeCount: nil)
        let csv = String(decoding: MaskTable(rows: [row]).csv, as: UTF8.self)
        #expect(csv.split(separator: "\n")[1] == #""a,""b""",2,1,0.5,40-50,true,1,"#)
    }

    @Test(arguments: [
        ([0], false), ([10, 10], false), ([20, 10], false), ([0, 101], false), ([-1, 5], false), ([5, 95], true),
    ])
    func `buckets have ascending edges from 0 to 100`(edges: [Int], isValid: Bool) {
        #expect((HoleRatioBuckets(edges) != nil) == isValid)
    }

    @Test func `masks outside of all buckets are in none`() throws {
        let buckets = try #require(HoleRatioBuckets([1, 20, 40]))
        #expect(
            [0, 10, 11, 200, 201, 400, 401].map { buckets.index(holeCount: $0, area: 1000) } == [
                nil, nil, 0, 0, 1, 1, nil,
            ])
    }
}

private struct SplitMix {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
    }
}

extension Bitmap {
    /// The number of connected parts, by the definition.
    fileprivate var floodFilledParts: Int {
        var seen: Set<Int> = []
        var parts = 0
        for start in 0..<size.area where self[start % size.width, start / size.width] && !seen.contains(start) {
            parts += 1
            var open = [start]
            seen.insert(start)
            while let pixel = open.popLast() {
                for dy in -1...1 {
                    for dx in -1...1 {
                        let (x, y) = (pixel % size.width + dx, pixel / size.width + dy)
                        if self[x, y], seen.insert(y * size.width + x).inserted { open.append(y * size.width + x) }
                    }
                }
            }
        }
        return parts
    }
}
