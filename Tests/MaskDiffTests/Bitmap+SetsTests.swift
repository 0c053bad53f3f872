import MaskModel
import MaskRaster
import MaskSamples
import Testing

@testable import MaskDiff

private let block = """
    ........
    .######.
    .######.
    .######.
    .######.
    .######.
    .######.
    ........
    """

/// The offsets of the neighbors that decide whether a pixel is on a boundary.
private let cross = [(0, -1), (0, 1), (-1, 0), (1, 0)]

@Suite struct BitmapSetsTests {
    @Test func `a difference is the hole of one bitmap without the hole of another`() throws {
        let first = try #require(Bitmap(asciiArt: "##..\n.##."))
        let second = try #require(Bitmap(asciiArt: ".#.#\n.#.."))
        #expect(first.subtracting(second).asciiArt == "#...\n..#.")
    }

    @Test func `a boundary is the hole pixels with a neighbor that is not hole`() throws {
        let raster = try #require(Bitmap(asciiArt: block))
        #expect(
            raster.boundary.asciiArt == """
                ........
                .######.
                .#....#.
                .#....#.
                .#....#.
                .#....#.
                .######.
                ........
                """)
    }

    @Test func `a diagonal neighbor does not make a boundary`() throws {
        let raster = try #require(Bitmap(asciiArt: "####.\n#####\n#####\n#####\n#####"))
        #expect(raster.boundary.asciiArt == "####.\n#...#\n#...#\n#...#\n#####")
    }

    @Test func `the image's edge is a boundary`() throws {
        let raster = try #require(Bitmap(asciiArt: "###\n###\n###\n###"))
        #expect(raster.boundary.asciiArt == "###\n#.#\n#.#\n###")
    }

    @Test(arguments: 0..<20, [PixelSize.px(1, 1), .px(63, 4), .px(64, 4), .px(65, 4), .px(130, 4)])
    func `boundaries are those of the definition`(seed: Int, size: PixelSize) {
        let raster = Bitmap.random(seed: seed, size: size, percent: 50 + seed * 2)
        let boundary = raster.boundary
        for y in 0..<size.height {
            for x in 0..<size.width {
                let isInside = cross.allSatisfy { raster[x + $0.0, y + $0.1] }
                #expect(boundary[x, y] == (raster[x, y] && !isInside))
            }
        }
    }

    @Test func `a band is the hole pixels with a pixel that is not hole in the square around them`() throws {
        let raster = try #require(Bitmap(asciiArt: block))
        let one = raster.band(width: 1)
        let two = raster.band(width: 2)
        let three = raster.band(width: 3)
        #expect(one == raster.boundary)
        #expect(
            two.asciiArt == """
                ........
                .######.
                .######.
                .##..##.
                .##..##.
                .######.
                .######.
                ........
                """)
        #expect(three == raster)
    }

    @Test(arguments: 0..<8, [1, 2, 3, 5])
    func `bands are those of as many erosions by a square of 3×3 px`(seed: Int, width: Int) throws {
        let raster = try blobs(seed: seed, size: .px(70, 40))
        #expect(raster.band(width: width) == raster.bandByDefinition(width: width))
    }

    @Test func `pixels are visited row by row, from the left`() {
        var raster = Bitmap(size: .px(130, 2))
        for (x, y) in [(129, 0), (64, 0), (3, 1), (0, 0), (63, 0)] { raster.fill(columns: x...x, row: y) }
        var visited: [[Int]] = []
        raster.forEachHole { visited.append([$0, $1]) }
        #expect(visited == [[0, 0], [63, 0], [64, 0], [129, 0], [3, 1]])
    }
}
