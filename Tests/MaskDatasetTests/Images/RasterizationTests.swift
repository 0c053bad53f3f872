import FileAccess
import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// Vectors as images: their sizes, names, and what they may replace.
struct RasterizationTests {
    private let folder: TemporaryFolder

    /// The left half of a canvas of 4×2 px.
    private static let mask =
        #"{"format":"qd-imd-mask/1","canvas":[4,2],"strokes":[{"width":8,"points":[[-2,-9],[-2,9]]}]}"#

    init() throws {
        folder = try TemporaryFolder()
        try folder.file("masks/one.json", Self.mask)
        try folder.file("masks/sub/lines.jsonl", Self.mask + "\n" + Self.mask + "\n")
    }

    private func rasterize(
        _ name: String = "masks", to output: String = "images", _ edge: SoftEdge? = nil,
        _ change: (inout Rasterization) -> Void = { _ in }
    ) async throws {
        let masks = try MaskCollection(at: folder.path.appending(name), contents: .all)
        var rasterization = Rasterization(of: masks, to: folder.path.appending(output))
        change(&rasterization)
        if let edge { return try await rasterization.run(edge, progress: WorkProgress()) }
        try await rasterization.run(makeRasterizer: { ExactRasterizer() }, progress: WorkProgress())
    }

    private func bytes(_ art: String, depth: MaskPNGEncoder.BitDepth = .eight, hole: HoleColor = .white) throws
        -> [UInt8]
    {
        MaskPNGEncoder.encode(SpanMask(try #require(Bitmap(asciiArt: art))), bitDepth: depth, holeColor: hole)
    }

    @Test(arguments: [1, 3]) func `each mask is an image with its name`(jobs: Int) async throws {
        try await rasterize { $0.jobs = jobs }
        let expected = try bytes("##..\n##..")
        #expect(
            try folder.files(in: "images")
                == ["one.png": expected, "sub/lines/lines_1.png": expected, "sub/lines/lines_2.png": expected])
    }

    @Test func `size, depth, and color are those that are asked for`() async throws {
        try await rasterize("masks/one.json", to: "x.png") {
            $0.size = .fixed(.px(8, 4))
            ($0.bitDepth, $0.holeColor) = (.one, .black)
        }
        #expect(
            try folder.bytes(of: "x.png") == bytes("####....\n####....\n####....\n####....", depth: .one, hole: .black))
        try await rasterize("masks/one.json", to: "y.png") { ($0.size, $0.dilation) = (.scaled(by: 0.5), 9) }
        #expect(try folder.bytes(of: "y.png") == bytes("##"))
    }

    @Test func `a size with another aspect ratio, or that is no size, is an error`() async throws {
        let path = folder.path.appending("masks/one.json")
        let fixed = await complaint { try await rasterize { $0.size = .fixed(.px(4, 4)) } }
        #expect(fixed == "\(path): a canvas of 4×2 px; expected its aspect ratio, not 4×4 px")
        let scaled = await complaint { try await rasterize("masks/one.json") { $0.size = .scaled(by: 1e-9) } }
        #expect(scaled?.hasPrefix("\(path): a canvas of 4×2 px; expected sides of 1 to ") == true)
    }

    @Test func `soft edges are levels of gray`() async throws {
        let distance = try #require(FeatherDistance(distance: 2))
        try await rasterize("masks/one.json", to: "coverage.png", .coverage)
        try await rasterize("masks/one.json", to: "feather.png", .feather(distance))
        let (coverage, feather) = (try folder.bytes(of: "coverage.png"), try folder.bytes(of: "feather.png"))
        #expect(coverage != feather)
        #expect(try PNGReader().raster(from: coverage) == Bitmap(asciiArt: "##..\n##.."))
    }

    @Test func `existing images stay unless they may be replaced, and inputs in any case`() async throws {
        try folder.file("images/one.png", "mine")
        let message = await complaint { try await rasterize() }
        #expect(message?.hasPrefix("\(folder.path)/images/one.png: already exists") == true)
        #expect(try folder.bytes(of: "images/one.png") == Array("mine".utf8))
        try await rasterize { $0.replaces = true }
        #expect(try folder.bytes(of: "images/one.png") == bytes("##..\n##.."))
        let file = await complaint { try await rasterize(to: "images/one.png") }
        #expect(file == "\(folder.path)/images/one.png: is not a folder; expected one for the images of 3 masks")
    }
}
