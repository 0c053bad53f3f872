import JSONText
import MaskDataset
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskReport

struct DatasetReportTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func report(jobs: Int = 1, sample: Int = 1000) async throws -> DatasetReport {
        let masks = try MaskCollection(inDetailAt: folder.path.appending("masks"))
        var options = DatasetReport.Options(for: masks)
        options.jobs = jobs
        options.sampleLimit = sample
        return try await DatasetReport(of: masks, options, progress: WorkProgress())
    }

    private func line(_ id: String, _ strokes: String) -> String {
        #"{"format":"qd-imd-mask/1","id":"\#(id)","split":"train","canvas":[4,4],"strokes":[\#(strokes)]}"# + "\n"
    }

    private func stroke(_ width: Int, _ points: String, word: String = "cat") -> String {
        let source = #"{"word":"\#(word)","key_id":"18446744073709551615","stroke":2}"#
        return #"{"width":\#(width),"points":\#(points),"source":\#(source)}"#
    }

    @Test(arguments: [1, 3]) func `totals are those of all masks`(jobs: Int) async throws {
        try folder.file(
            "masks/a.jsonl",
            line("m0", stroke(2, "[[-9,1],[9,1]]") + "," + stroke(2, "[[0,3],[4,3]]", word: "dog"))
                + line("m1", stroke(1, "[[1.5,1.5]]") + "," + stroke(1, "[[2.5,1.5]]")))
        let report = try await report(jobs: jobs)
        let totals = report.totals
        #expect(report.figures.map(\.holeRatio) == [1, 2.0 / 16])
        #expect(report.figures.map(\.split) == [.train, .train])
        #expect((totals.strokes.count, totals.strokes.mean, totals.widths.sum) == (2, 2, 600))
        #expect(totals.ratios.touching == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(totals.words["cat"] == ReportTotals.WordCount(strokes: 3, masks: 2, splits: [.train: 2]))
        #expect(totals.words["dog"] == ReportTotals.WordCount(strokes: 1, masks: 1, splits: [.train: 1]))
        #expect(totals.directions.lengths[0] == 2200)
    }

    @Test func `images are shown with white holes`() async throws {
        let raster = try #require(Bitmap(asciiArt: "##.\n..."))
        try folder.file("masks/p.png", bytes: MaskPNGEncoder.encode(SpanMask(raster)))
        let report = try await report()
        let png = MaskPNGEncoder.encode(SpanMask(raster), bitDepth: .one)
        #expect(report.sample.map(\.content) == [.image(png: png)])
        #expect(report.drift == nil)
        #expect(report.totals.vectorCount == 0)
    }

    @Test func `the page does not depend on the number of tasks`() async throws {
        let lines = (0..<700).map { number in
            line(
                "m\(number)", stroke(1 + number % 3, "[[\(number % 5).5,0],[1,\(number % 4)]]", word: "w\(number % 50)")
            )
        }
        try folder.file("masks/a.jsonl", lines.joined())
        let pages = try await [report(jobs: 1, sample: 100).page, report(jobs: 3, sample: 100).page]
        #expect(pages[0] == pages[1])
    }

    @Test func `the data are JSON, and words are unchanged`() async throws {
        let word = #"\"</script>\\<b>'&amp;"#
        try folder.file("masks/a.jsonl", line("m0", stroke(2, "[[1,1]]", word: word)))
        var json = JSONWriter()
        try await report().write(to: &json)
        var parser = JSONParser()
        let data = try parser.parse(ReportPage.escaped(json.bytes))
        let words = data["words"]?.elements.map { $0.compactMap { $0["word"]?.string?.text } }
        #expect(words == [#""</script>\<b>'&amp;"#])
        let key = data["sample"]?.elements?.first { _ in true }?["strokes"]?.elements?.first { _ in true }?["key"]
        #expect(key?.string?.text == "18446744073709551615")
    }

    @Test func `a mask that cannot be read is an error`() async throws {
        try folder.file("masks/a.jsonl", line("m0", stroke(-1, "[[1,1]]")))
        let path = folder.path.appending("masks/a.jsonl")
        await #expect {
            _ = try await report()
        } throws: { error in
            "\(error)" == "\(path):1: stroke 0: a width of -1.0 px; expected 0.01 to 10000000"
        }
    }

    @Test func `the vectors of a tar with images and vectors are used`() async throws {
        let raster = try #require(Bitmap(asciiArt: "##.\n..."))
        try folder.file("m0.png", bytes: MaskPNGEncoder.encode(SpanMask(raster)))
        try folder.file("m0.json", line("m0", stroke(2, "[[1,1]]")))
        try folder.tar("masks.tar", of: ["m0.png", "m0.json"])
        let masks = try MaskCollection(inDetailAt: folder.path.appending("masks.tar"))
        let report = try await DatasetReport(of: masks, .init(for: masks), progress: WorkProgress())
        #expect(report.totals.vectorCount == 1)
    }
}
