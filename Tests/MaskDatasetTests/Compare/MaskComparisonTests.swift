import FileAccess
import MaskDiff
import MaskModel
import MaskRaster
import MaskSamples
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Pairs by name that are the same, differ, and cannot be compared, and masks of one side only.
struct MaskComparisonTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.image("a/cat.png", "##..\n....")
        try folder.image("b/cat.png", "##..\n....")
        try folder.image("a/sub/dog.png", "###.\n....")
        try folder.image("b/sub/dog.png", "##..\n....")
        try folder.image("a/size.png", "#.\n..")
        try folder.image("b/size.png", "##..\n....")
        try folder.image("a/new.png", "#...\n....")
        try folder.image("b/old.png", "#...\n....")
    }

    private func comparison(_ candidate: String = "a", _ reference: String = "b") throws -> MaskComparison {
        let paths = [candidate, reference].map { folder.path.appending($0) }
        return MaskComparison(
            of: try MaskCollection(at: paths[0], contents: .all), with: try MaskCollection(at: paths[1], contents: .all)
        )
    }

    private func report(of comparison: MaskComparison) async throws -> MaskComparison.Report {
        try await comparison.run(makeRasterizer: { ExactRasterizer() }, progress: WorkProgress())
    }

    @Test(arguments: [1, 3]) func `masks are paired by name, and others are named`(jobs: Int) async throws {
        var comparison = try comparison()
        comparison.jobs = jobs
        let report = try await report(of: comparison)
        #expect(report.pairs.map(\.name) == ["cat", "size", "sub/dog"])
        #expect((report.sameCount, report.differentCount, report.failedCount) == (1, 1, 1))
        #expect((report.missing, report.extra) == (["old"], ["new"]))
        let size = folder.path.appending("a/size.png")
        #expect(report.pairs[1].outcome == .failed("\(size): the candidate is 2×2 px but the reference is 4×2 px"))
        guard case .compared(let dog, isSame: false) = report.pairs[2].outcome else {
            Issue.record("sub/dog does not differ")
            return
        }
        #expect((dog.bothCount, dog.onlyCandidateCount, dog.onlyReferenceCount) == (2, 1, 0))
    }

    @Test func `limits, a tolerance, and ignored pixels decide what is the same`() async throws {
        func isSame(_ change: (inout MaskComparison) throws -> Void) async throws -> Bool {
            var comparison = try comparison("a/sub", "b/sub")
            try change(&comparison)
            return try await report(of: comparison).sameCount == 1
        }
        #expect(try await !isSame { _ in })
        #expect(try await isSame { $0.maximumPixels = 1 })
        #expect(try await isSame { $0.maximumRatio = 0.125 })
        #expect(try await !isSame { $0.maximumRatio = 0.124 })
        #expect(try await !isSame { ($0.maximumPixels, $0.maximumRatio) = (0, 1) })
        #expect(try await isSame { $0.tolerance = 1 })
        let area = try #require(IgnoredPixels.Area(x: 2, y: 0, size: .px(9, 1)))
        #expect(try await isSame { $0.ignored.areas = [area] })
        try folder.image("ignored.png", "..#.\n....")
        #expect(try await isSame { try $0.ignored.readMask(folder.path.appending("ignored.png")) })
    }

    @Test func `vectors are drawn at the size of the other side`() async throws {
        try folder.file(
            "c/cat.json",
            #"{"format":"qd-imd-mask/1","canvas":[2,1],"strokes":[{"width":1,"points":[[-9,0],[0.5,0]]}]}"#)
        let report = try await report(of: comparison("c", "b"))
        guard case .compared(let cat, _) = report.pairs[0].outcome else {
            Issue.record("cat cannot be compared")
            return
        }
        #expect(cat.size == .px(4, 2))
    }

    @Test func `the JSON report has limits, counts, names, and metrics`() async throws {
        var comparison = try comparison()
        comparison.ignored.areas = [try #require(IgnoredPixels.Area(x: 3, y: 1, size: .px(1, 1)))]
        let json = String(decoding: comparison.json(of: try await report(of: comparison)), as: UTF8.self)
        let line = json.filter { !$0.isWhitespace }
        #expect(
            line.hasPrefix(
                #"{"format":"qd-imd-diff/1","candidate":"\#(folder.path)/a","reference":"\#(folder.path)/b","#))
        #expect(
            line.contains(
                #""max_pixels":null,"max_ratio":null,"ignore":[[3,1,1,1]],"same":1,"different":1,"failed":1,"#))
        #expect(
            line.contains(
                #""missing":["old"],"extra":["new"],"pairs":[{"name":"cat","result":"same","size":[4,2],"both":2,"#))
        #expect(line.contains(#"{"name":"sub/dog","result":"different","size":[4,2],"both":2,"only_candidate":1,"#))
    }

    @Test func `the JUnit report has a test case for each name, and escapes texts`() async throws {
        try folder.image("a/x<&.png", "#...\n....")
        let comparison = try comparison()
        let xml = String(decoding: comparison.junit(of: try await report(of: comparison)), as: UTF8.self)
        #expect(xml.contains(#"<testsuites name="qd-imd diff" tests="6" failures="4" errors="1" time="0">"#))
        #expect(xml.contains(#"<testcase classname="masks" name="cat" time="0"/>"#))
        #expect(
            xml.contains(
                #"<testcase classname="sub" name="dog" time="0"><failure type="different" message="1 px differs (12.5 %), IoU 0.666667"/>"#
            ))
        #expect(xml.contains(#"name="x&lt;&amp;" time="0"><failure type="extra""#))
        #expect(xml.contains(#"name="old" time="0"><failure type="missing""#))
        #expect(xml.contains(#"name="size" time="0"><error type="failed""#))
    }

    @Test func `pairs that differ have an image, which is not replaced by default`() async throws {
        var comparison = try comparison()
        comparison.overlayFolder = folder.path.appending("overlay")
        _ = try await report(of: comparison)
        #expect(try folder.files(in: "overlay").keys.sorted() == ["sub/dog.png"])
        let message = await complaint { _ = try await report(of: comparison) }
        #expect(message?.hasPrefix("\(folder.path)/overlay/sub/dog.png: already exists") == true)
        comparison.replacesOverlays = true
        _ = try await report(of: comparison)
        comparison.overlayFolder = folder.path.appending("a")
        #expect(await complaint { _ = try await report(of: comparison) } != nil)
    }

    @Test func `an update replaces what differs, and adds what is new`() async throws {
        for side in ["a", "b"] { try folder.path.appending("\(side)/size.png").removeTree() }
        let comparison = try comparison()
        let summary = try await ReferenceUpdate(of: comparison).run(report(of: comparison))
        #expect((summary.replacedCount, summary.addedCount) == (1, 1))
        let (a, b) = (try folder.files(in: "a"), try folder.files(in: "b"))
        #expect(b.filter { $0.key != "old.png" } == a)
    }
}
