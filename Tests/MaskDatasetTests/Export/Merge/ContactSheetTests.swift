import MaskModel
import MaskRaster
import PNGCodec
import Testing

@testable import MaskDataset

/// The sheet has a margin of 24 px, and tiles of 120 px on the longer side with 12 px between them.
struct ContactSheetTests {
    /// The brightness of the background is 233, that of no hole 18.
    private static let whiteHoles = PNGReader(holeColor: .white, threshold: 250)

    /// A sheet of empty masks, except those of the given numbers, which are completely hole.
    private func sheet(
        count: Int, canvas: PixelSize = .px(32, 32), full: Set<Int> = [], holeColor: HoleColor = .white
    ) throws -> [UInt8] {
        let all = try VectorMask.line(on: canvas, from: (0, 0), to: (32, 32), width: 1000)
        var sheet = ContactSheet(canvas: canvas, holeColor: holeColor)
        for number in 0..<count {
            try sheet.add(full.contains(number) ? all : VectorMask(canvas: canvas, strokes: []))
        }
        return sheet.encoded()
    }

    // MARK: Size

    @Test(arguments: [
        (0, PixelSize.px(168, 168)), (1, .px(168, 168)), (2, .px(300, 168)), (10, .px(1356, 168)),
        (11, .px(1356, 300)), (60, .px(1356, 828)),
    ])
    func `a sheet has up to ten masks per row, and as many rows as necessary`(count: Int, size: PixelSize) throws {
        let raster = try Self.whiteHoles.raster(from: sheet(count: count))
        #expect(raster.size == size)
    }

    @Test(arguments: [
        (PixelSize.px(512, 256), PixelSize.px(168, 108)), (.px(3, 4), .px(138, 168)), (.px(1, 1), .px(168, 168)),
        (.px(1000, 1), .px(168, 49)),
    ])
    func `a tile has the aspect ratio of the canvas, and no side of 0`(canvas: PixelSize, size: PixelSize) throws {
        let raster = try Self.whiteHoles.raster(from: sheet(count: 1, canvas: canvas))
        #expect(raster.size == size)
    }

    // MARK: Places

    @Test(arguments: [0, 1, 9, 10, 13]) func `each mask fills its own tile`(number: Int) throws {
        let raster = try Self.whiteHoles.raster(from: sheet(count: 14, full: [number]))
        var expected = Bitmap(size: .px(1356, 300))
        let (left, top) = (24 + number % 10 * 132, 24 + number / 10 * 132)
        for row in top..<top + 120 { expected.fill(columns: left...left + 119, row: row) }
        #expect(raster == expected)
    }

    @Test func `black holes are black, and the background is not`() throws {
        let reader = PNGReader(holeColor: .black, threshold: 100)
        let raster = try reader.raster(from: sheet(count: 2, full: [1], holeColor: .black))
        var expected = Bitmap(size: .px(300, 168))
        for row in 24..<144 { expected.fill(columns: 156...275, row: row) }
        #expect(raster == expected)
    }

    // MARK: Shades

    @Test func `a pixel that is half hole has half the brightness`() throws {
        // The hole ends in the middle of column 60 of 120: halfway from 18 to 255 is 136.
        let canvas = PixelSize.px(120, 120)
        var sheet = ContactSheet(canvas: canvas, holeColor: .white)
        try sheet.add(.line(on: canvas, from: (30.25, -1000), to: (30.25, 1000), width: 60.5))
        let bytes = sheet.encoded()
        let counts = try [18, 19, 136, 137, 255].map { threshold in
            try (24..<144).count { try PNGReader(threshold: threshold).raster(from: bytes)[$0, 84] }
        }
        #expect(counts == [120, 61, 61, 60, 60])
    }

    @Test func `a sheet is the same every time`() throws {
        #expect(try sheet(count: 3, full: [1]) == sheet(count: 3, full: [1]))
    }
}
