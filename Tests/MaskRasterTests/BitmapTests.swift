import MaskModel
import MaskSamples
import Testing

@testable import MaskRaster

/// Widths around multiples of the 64 bits of a word.
private let widths = [1, 63, 64, 65, 130]

@Suite struct BitmapTests {
    @Test(arguments: widths)
    func `a new bitmap has no hole`(width: Int) {
        let raster = Bitmap(size: .px(width, 3))
        #expect(raster.holeCount == 0)
        #expect(raster.words == [UInt64](repeating: 0, count: 3 * ((width + 63) / 64)))
    }

    @Test(arguments: widths)
    func `filling columns sets exactly these pixels`(width: Int) {
        let bounds = [0, 1, 31, 62, 63, 64, 65, 126, 127, 128, 129].filter { $0 < width }
        for first in bounds {
            for last in bounds where last >= first {
                var raster = Bitmap(size: .px(width, 3))
                raster.fill(columns: first...last, row: 1)
                let blank = String(repeating: ".", count: width)
                let filled = (0..<width).map { (first...last).contains($0) ? "#" : "." }.joined()
                #expect(raster.asciiArt == "\(blank)\n\(filled)\n\(blank)")
            }
        }
    }

    @Test(arguments: widths)
    func `filling keeps existing hole pixels`(width: Int) {
        var raster = Bitmap(size: .px(width, 1))
        raster.fill(columns: 0...width - 1, row: 0)
        raster.fill(columns: width - 1...width - 1, row: 0)
        #expect(raster.holeCount == width)
    }

    @Test func `filling beyond the bitmap stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var raster = Bitmap(size: .px(3, 3))
            raster.fill(columns: 2...3, row: 2)
        }
        await #expect(processExitsWith: .failure) {
            var raster = Bitmap(size: .px(3, 3))
            raster.fill(columns: 0...2, row: 3)
        }
        await #expect(processExitsWith: .failure) {
            var raster = Bitmap(size: .px(3, 3))
            raster.fill(columns: -1...2, row: 0)
        }
    }

    @Test(arguments: widths)
    func `pixels outside the bitmap are not hole`(width: Int) {
        var raster = Bitmap(size: .px(width, 2))
        for row in 0..<2 { raster.fill(columns: 0...width - 1, row: row) }
        let outside = [(-1, 0), (width, 0), (width, 1), (0, -1), (0, 2), (-1, -1), (1_000_000, 1)]
        #expect(outside.allSatisfy { !raster[$0.0, $0.1] })
    }

    @Test(arguments: widths, 0..<5)
    func `the hole count is the number of hole pixels`(width: Int, seed: Int) {
        let raster = Bitmap.random(seed: seed, size: .px(width, 50), percent: 20 * seed)
        let count = raster.asciiArt.count { $0 == "#" }
        #expect(raster.holeCount == count)
    }

    @Test func `the hole ratio is the ratio of hole pixels to all pixels`() throws {
        let raster = try #require(Bitmap(asciiArt: "#...\n..##"))
        #expect(raster.holeRatio == 0.375)
    }

    @Test(arguments: widths)
    func `a cleared bitmap equals a new one`(width: Int) {
        var raster = Bitmap.random(seed: 1, size: .px(width, 3))
        raster.clear()
        #expect(raster == Bitmap(size: .px(width, 3)))
    }

    @Test func `a union has the hole pixels of both`() throws {
        var raster = try #require(Bitmap(asciiArt: "##..\n...."))
        raster.formUnion(try #require(Bitmap(asciiArt: ".##.\n...#")))
        #expect(raster.asciiArt == "###.\n...#")
    }

    @Test(arguments: widths)
    func `setting a row drops the bits beyond the width`(width: Int) {
        var raster = Bitmap(size: .px(width, 3))
        raster.setRow(1, words: [UInt64](repeating: .max, count: raster.wordsPerRow))
        var filled = Bitmap(size: .px(width, 3))
        filled.fill(columns: 0...width - 1, row: 1)
        #expect(raster == filled)
        #expect(raster.holeCount == width)
    }

    @Test(arguments: widths)
    func `setting a row replaces only that row`(width: Int) {
        let before = Bitmap.random(seed: 3, size: .px(width, 3))
        let other = Bitmap.random(seed: 4, size: .px(width, 1))
        var after = before
        after.setRow(1, words: other.words)
        for x in 0..<width {
            #expect(after[x, 0] == before[x, 0])
            #expect(after[x, 1] == other[x, 0])
            #expect(after[x, 2] == before[x, 2])
        }
    }

    @Test(arguments: widths)
    func `surplus words of a row are ignored`(width: Int) {
        var raster = Bitmap(size: .px(width, 2))
        raster.setRow(0, words: [UInt64](repeating: .max, count: raster.wordsPerRow + 2))
        #expect(raster.holeCount == width)
        #expect((0..<width).allSatisfy { !raster[$0, 1] })
    }

    /// Fewer words left the bitmap with less memory than fills without checks relied on.
    @Test func `too few words or pixels of a row, and rows outside, stop the program`() async {
        for (row, count) in [(0, 0), (0, 2), (1, 2), (2, 3), (-1, 3)] {
            await #expect(processExitsWith: .failure) { [row = row as Int, count = count as Int] in
                var raster = Bitmap(size: .px(130, 2))
                raster.setRow(row, words: [UInt64](repeating: 1, count: count))
            }
        }
        for (row, count) in [(0, 0), (1, 129), (2, 130), (-1, 130)] {
            await #expect(processExitsWith: .failure) { [row = row as Int, count = count as Int] in
                var raster = Bitmap(size: .px(130, 2))
                raster.setRow(row, pixels: [UInt8](repeating: 255, count: count).span)
            }
        }
    }

    @Test func `the union with a bitmap of another size stops the program`() async {
        for (width, height) in [(130, 1), (130, 3), (129, 2), (131, 2), (2, 130)] {
            await #expect(processExitsWith: .failure) { [width = width as Int, height = height as Int] in
                var raster = Bitmap(size: .px(130, 2))
                raster.formUnion(Bitmap(size: .px(width, height)))
            }
        }
    }

    @Test func `a row is set from any collection of words`() {
        var raster = Bitmap(size: .px(130, 1))
        raster.setRow(0, words: (UInt64(1)...3).lazy.map { $0 << 1 })
        let columns = (0..<130).filter { raster[$0, 0] }
        #expect(columns == [1, 66, 129])
    }

    @Test(arguments: [1, 2, 64, 100, 127, 128, 129, 130, 200, 254, 255] as [UInt8])
    func `a row of pixels is hole from the threshold on`(threshold: UInt8) {
        // All adjacent pairs that differ by 0, 1, or 37, and every value.
        let pixels = (0..<256).flatMap { [UInt8($0), UInt8($0), UInt8(truncatingIfNeeded: $0 + 37)] }
        var raster = Bitmap(size: .px(pixels.count, 1))
        raster.setRow(0, pixels: pixels.span, threshold: threshold)
        let wrong = pixels.indices.filter { raster[$0, 0] != (pixels[$0] >= threshold) }
        #expect(wrong == [])
    }

    @Test(arguments: widths)
    func `setting a row of pixels replaces only that row`(width: Int) {
        let before = Bitmap.random(seed: 5, size: .px(width, 3))
        let pixels = (0..<width).map { UInt8(truncatingIfNeeded: $0 * 97) }
        var after = before
        after.setRow(1, pixels: pixels.span)
        for x in 0..<width {
            #expect(after[x, 0] == before[x, 0])
            #expect(after[x, 1] == (pixels[x] >= 128))
            #expect(after[x, 2] == before[x, 2])
        }
    }

    @Test(arguments: widths)
    func `inverting a row swaps hole and no hole in that row only`(width: Int) {
        let before = Bitmap.random(seed: 6, size: .px(width, 3))
        var after = before
        after.invertRow(1)
        for x in 0..<width {
            #expect(after[x, 0] == before[x, 0])
            #expect(after[x, 1] != before[x, 1])
            #expect(after[x, 2] == before[x, 2])
        }
        #expect(after.holeCount == after.asciiArt.count { $0 == "#" })
    }

    @Test(arguments: widths, 0..<5)
    func `ASCII art is read back as the same bitmap`(width: Int, seed: Int) throws {
        let raster = Bitmap.random(seed: seed, size: .px(width, 5))
        let read = try #require(Bitmap(asciiArt: raster.asciiArt))
        #expect(read == raster)
    }

    @Test(arguments: ["", "\n", "##\n#", "#\n##", "#x", "# ", "#.\n.0"])
    func `ASCII art with lines of unequal length or other characters is nil`(art: String) {
        #expect(Bitmap(asciiArt: art) == nil)
    }

    @Test(arguments: widths)
    func `a pixel is bit x mod 64 of word x / 64`(width: Int) {
        for x in [0, width / 2, width - 1] {
            var raster = Bitmap(size: .px(width, 2))
            raster.fill(columns: x...x, row: 1)
            #expect(raster.words[raster.wordsPerRow + x / 64] == 1 << UInt64(x % 64))
        }
    }

    @Test(arguments: [
        ("....\n....\n....", false, false), ("....\n.##.\n....", false, false), (".#..\n....\n....", true, false),
        ("....\n#...\n....", true, true), ("....\n...#\n....", true, true), ("....\n....\n..#.", true, false),
    ])
    func `a hole at the edge is detected`(art: String, everywhere: Bool, atSides: Bool) throws {
        let raster = try #require(Bitmap(asciiArt: art))
        #expect(raster.hasHoleAtEdge(top: true, bottom: true) == everywhere)
        #expect(raster.hasHoleAtEdge(top: false, bottom: false) == atSides)
    }
}
