import MaskModel
import MaskRaster
import MaskSamples
import Testing

@testable import MaskDiff

/// The squared distance from a pixel to the nearest of all hole pixels.
private func squaredDistance(from x: Int, _ y: Int, to set: [(x: Int, y: Int)]) -> Int? {
    set.map { ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) }.min()
}

@Suite struct DistanceMapTests {
    @Test func `distances are from center to center, squared`() throws {
        let raster = try #require(Bitmap(asciiArt: "#....\n.....\n....#"))
        let map = DistanceMap(to: raster)
        let rows = (0..<3).map { y in (0..<5).map { map[$0, y] } }
        #expect(rows == [[0, 1, 4, 5, 4], [1, 2, 5, 2, 1], [4, 5, 4, 1, 0]])
    }

    @Test func `the distance of a pixel of the set is 0`() throws {
        let raster = try #require(Bitmap(asciiArt: "##\n##"))
        let map = DistanceMap(to: raster)
        #expect([map[0, 0], map[1, 0], map[0, 1], map[1, 1]] == [0, 0, 0, 0])
    }

    @Test(
        arguments: 0..<12,
        [PixelSize.px(1, 1), .px(1, 9), .px(9, 1), .px(2, 2), .px(20, 14), .px(14, 20), .px(66, 5)])
    func `each distance is that to the nearest of all pixels`(seed: Int, size: PixelSize) {
        let percent = [1, 3, 10, 50, 100][seed % 5]
        var raster = Bitmap.random(seed: seed, size: size, percent: percent)
        // At least one pixel: distances to an empty set are undefined.
        raster.fill(columns: seed % size.width...seed % size.width, row: seed % size.height)
        var set: [(x: Int, y: Int)] = []
        for y in 0..<size.height {
            for x in 0..<size.width where raster[x, y] { set.append((x, y)) }
        }
        let map = DistanceMap(to: raster)
        for y in 0..<size.height {
            for x in 0..<size.width { #expect(map[x, y] == squaredDistance(from: x, y, to: set)) }
        }
    }

    @Test(arguments: [PixelSize.px(100_000, 1), .px(1, 100_000)])
    func `distances of 100000 px are as exact as those of 1`(size: PixelSize) {
        var raster = Bitmap(size: size)
        raster.fill(columns: 0...0, row: 0)
        let map = DistanceMap(to: raster)
        let ends = [map[0, 0], map[size.width - 1, size.height - 1], map[size.width / 2, size.height / 2]]
        #expect(ends == [0, 99_999 * 99_999, 50_000 * 50_000])
    }
}
