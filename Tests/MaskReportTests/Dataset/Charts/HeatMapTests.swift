import MaskModel
import MaskRaster
import Testing

@testable import MaskReport

struct HeatMapTests {
    private func ratios(_ rasters: [Bitmap]) -> [Double] {
        var map = HeatMap()
        for raster in rasters {
            let grid = HeatMapGrid(raster.size)
            var counts = [Int](repeating: 0, count: grid.shape.columns * grid.shape.rows)
            grid.count(raster, firstRow: 0, into: &counts)
            map.add(counts, of: grid)
        }
        return map.ratios
    }

    @Test func `each pixel of a small image is a cell, whose ratio is the mean of all masks`() throws {
        let first = try #require(Bitmap(asciiArt: "#..\n##."))
        let second = try #require(Bitmap(asciiArt: "#..\n..#"))
        #expect(ratios([first, second]) == [1, 0, 0, 0.5, 0.5, 0.5])
    }

    @Test func `a cell of a large image has the hole ratio of its pixels`() throws {
        // Cells of 2 × 1 pixels.
        let size = try #require(PixelSize(width: 128, height: 64))
        var raster = Bitmap(size: size)
        raster.fill(columns: 0...2, row: 0)
        raster.fill(columns: 61...127, row: 63)
        let ratios = ratios([raster])
        let first = Array(ratios.prefix(3))
        #expect(first == [1, 0.5, 0])
        let last = Array(ratios.suffix(35))
        let expected = [0, 0.5] + [Double](repeating: 1, count: 33)
        #expect(last == expected)
        #expect(ratios.reduce(0, +) == 70.0 / 2)
    }

    @Test(arguments: [64, 65, 100, 129, 200, 511]) func `every pixel is in one cell`(side: Int) throws {
        let size = try #require(PixelSize(width: side, height: side + 3))
        let grid = HeatMapGrid(size)
        var raster = Bitmap(size: size)
        for row in 0..<size.height { raster.fill(columns: 0...size.width - 1, row: row) }
        var counts = [Int](repeating: 0, count: 64 * 64)
        grid.count(raster, firstRow: 0, into: &counts)
        #expect(counts == (0..<64 * 64).map(grid.area))
        #expect(counts.reduce(0, +) == size.area)
    }

    @Test func `bands add up to the image`() throws {
        let size = try #require(PixelSize(width: 70, height: 80))
        let grid = HeatMapGrid(size)
        var whole = Bitmap(size: size)
        for row in 0..<80 { whole.fill(columns: (row % 60)...(row % 60 + 9), row: row) }
        var expected = [Int](repeating: 0, count: 64 * 64)
        grid.count(whole, firstRow: 0, into: &expected)
        var counts = [Int](repeating: 0, count: 64 * 64)
        for rows in [0..<33, 33..<80] {
            var band = Bitmap(size: try #require(PixelSize(width: 70, height: rows.count)))
            for row in rows { band.setRow(row - rows.lowerBound, words: whole.words(ofRow: row)) }
            grid.count(band, firstRow: rows.lowerBound, into: &counts)
        }
        #expect(counts == expected)
    }
}
