import MaskSamples
import FileAccess
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

struct MaskLoaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let json =
        #"{"format":"qd-imd-mask/1","id":"a","canvas":[8,4],"strokes":[{"width":2,"points":[[1,2]]}]}"#
    private static let svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4">
        <path fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="M1 2h0"/>
        </svg>
        """
    private static let art = """
        ##......
        ##......
        """

    private func items(_ name: String) throws -> [MaskLocation] {
        try MaskCollection(at: folder.path.appending(name), contents: .all).items
    }

    /// The only mask of a file with these bytes.
    private func load(_ name: String, _ bytes: [UInt8], _ reader: PNGReader = PNGReader()) throws -> LoadedMask {
        try folder.file(name, bytes: bytes)
        var loader = MaskLoader(reader: reader)
        return try loader.load(try #require(items(name).first))
    }

    private func load(_ name: String, _ text: String) throws -> LoadedMask {
        try load(name, Array(text.utf8))
    }

    private func png(_ art: String, _ holeColor: HoleColor = .white) throws -> [UInt8] {
        let raster = try #require(Bitmap(asciiArt: art))
        return MaskPNGEncoder.encode(SpanMask(raster), holeColor: holeColor)
    }

    // MARK: What a file gives

    @Test func `a JSON file, a line, and an SVG of the same mask contain the same vector`() throws {
        let masks = try [load("a.json", Self.json), load("a.jsonl", "\n" + Self.json), load("a.svg", Self.svg)].map {
            guard case .vector(let record) = $0 else { throw NoVector() }
            return record
        }
        #expect(Set(masks.map(\.mask)).count == 1)
        #expect(masks.map(\.id) == ["a", "a", nil])
    }

    @Test func `lines can be read in any order`() throws {
        let lines = (0..<9).map { Self.json.replacing(#""a""#, with: #""mask \#($0)""#) }
        try folder.file("masks.jsonl", lines.joined(separator: "\n"))
        let items = try items("masks.jsonl")
        var loader = MaskLoader()
        var ids: [String?] = []
        for item in items.reversed() { ids.append(try loader.vector(item).id) }
        #expect(ids == (0..<9).reversed().map { "mask \($0)" })
    }

    @Test func `an image is read with the requested color and threshold`() throws {
        let raster = try #require(Bitmap(asciiArt: Self.art))
        let white = try load("a.png", png(Self.art))
        let black = try load("a.png", png(Self.art, .black), PNGReader(holeColor: .black))
        #expect(white == .image(raster))
        #expect(black == .image(raster))
    }

    // MARK: What is wrong

    @Test func `an image is not a vector`() throws {
        let path = try folder.file("a.png", bytes: png(Self.art))
        let item = try #require(items("a.png").first)
        var loader = MaskLoader()
        let message = complaint { _ = try loader.vector(item) }
        #expect(message == "\(path): is an image; expected a vector mask")
    }

    @Test(arguments: [
        ("a.png", "", ": is empty; expected PNG or JPEG"),
        (
            "a.svg", svg.replacing("h0", with: "r0"),
            #":2: <path>: path data has "r" at character 5; expected M, L, H, V, C, S, Q, T, A, or Z"#
        ),
        ("a.json", "", ": not JSON: Empty: no JSON found"),
        ("a.json", "[]", ": not a JSON object; expected a mask"),
        (
            "a.jsonl", "\n" + #"{"format":"qd-imd-mask/1"}"#,
            #":2: "canvas" is missing; expected [width, height]"#
        ),
        (
            "a.jsonl", "\n\n" + #"{"format":"qd-imd-mask/1","canvas":[8,8]}"#,
            #":3: "strokes" is not an array; expected an array of brush strokes"#
        ),
    ])
    func `an error contains the file, and the line if there are several`(name: String, text: String, problem: String)
        throws
    {
        let message = complaint { _ = try load(name, text) }
        #expect(message == "\(folder.path.appending(name))\(problem)")
    }

    @Test func `an id that is not a string is an error of its line`() throws {
        let message = complaint { _ = try load("a.jsonl", Self.json.replacing(#""a""#, with: "5")) }
        #expect(message == "\(folder.path.appending("a.jsonl")):1: \"id\" is 5; expected a string")
    }

    @Test func `a file that has gone is an error`() throws {
        try folder.file("masks/a.json", Self.json)
        let item = try #require(items("masks").first)
        try folder.path.appending("masks").removeTree()
        var loader = MaskLoader()
        let message = complaint { _ = try loader.vector(item) }
        #expect(message == "\(item.path): cannot be opened: No such file or directory")
    }

    @Test func `a loader goes on after a fault`() throws {
        try folder.file("masks.jsonl", "[]\n" + Self.json)
        let items = try items("masks.jsonl")
        var loader = MaskLoader()
        #expect(complaint { _ = try loader.vector(items[0]) } != nil)
        #expect(try loader.vector(items[1]).id == "a")
    }
}

private struct NoVector: Error {}
