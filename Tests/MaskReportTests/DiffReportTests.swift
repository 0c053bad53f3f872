import MaskDiff
import MaskModel
import MaskRaster
import PNGCodec
import Testing

@testable import MaskDataset
@testable import MaskReport

struct PairChoiceTests {
    /// A pair that differs in `only` pixels of a candidate without anything in common with its reference, if any.
    private func pair(_ name: String, candidate: String, reference: String) throws -> MaskComparison.Report.Pair {
        let candidate = try #require(Bitmap(asciiArt: candidate))
        let reference = try #require(Bitmap(asciiArt: reference))
        let comparison = try BitmapComparison(candidate: candidate, reference: reference)
        return MaskComparison.Report.Pair(
            name: name, outcome: .compared(comparison, isSame: comparison.differingCount == 0))
    }

    @Test func `few pairs are all shown but those that failed, the worst first`() throws {
        let pairs = [
            try pair("a", candidate: "#.", reference: "#."),
            MaskComparison.Report.Pair(name: "b", outcome: .failed("broken")),
            try pair("c", candidate: "##", reference: "#."),
        ]
        #expect(PairChoice(pairs, limit: 3).numbers == [2, 0])
    }

    @Test func `the worst by each metric are chosen, by turns`() throws {
        let pairs =
            try (0..<20).map { try pair("same \($0)", candidate: "#...", reference: "#...") }
            + [
                try pair("most pixels", candidate: "#####...", reference: "#######."),
                try pair("least IoU", candidate: "#...", reference: ".#.."),
            ]
        let numbers = PairChoice(pairs, limit: 2).numbers
        #expect(numbers == [20, 21])
    }
}

struct PairImageTests {
    @Test func `a pixel is colored by which of the two has a hole`() throws {
        let candidate = try #require(Bitmap(asciiArt: "##.."))
        let reference = try #require(Bitmap(asciiArt: "#.#."))
        var expected = IndexedImage(size: candidate.size, palette: MaskComparison.overlayPalette)
        expected.pixels = [3, 1, 2, 0]
        let image = PairImage(candidate, reference)
        #expect((image.png, image.scale) == (expected.encoded(), 1))
    }

    @Test func `a single pixel that differs shows in an image that was made smaller`() throws {
        let size = try #require(PixelSize(width: 1024, height: 2))
        var candidate = Bitmap(size: size)
        for row in 0..<2 { candidate.fill(columns: 0...511, row: row) }
        var reference = candidate
        reference.fill(columns: 1023...1023, row: 1)
        var expected = IndexedImage(
            size: try #require(PixelSize(width: 512, height: 1)), palette: MaskComparison.overlayPalette)
        expected.pixels = [UInt8](repeating: 3, count: 256) + [UInt8](repeating: 0, count: 255) + [2]
        let image = PairImage(candidate, reference)
        #expect((image.png, image.scale) == (expected.encoded(), 2))
    }
}

struct RasterReductionTests {
    @Test func `a block is hole if half of it is`() throws {
        let raster = try #require(Bitmap(asciiArt: "##..#\n..#..\n####."))
        let reduced = raster.reduced(toSide: 3)
        #expect(reduced.asciiArt == "#.#\n##.")
    }

    @Test func `a small raster stays as it is`() throws {
        let raster = try #require(Bitmap(asciiArt: "#.."))
        #expect(raster.reduced(toSide: 3) == raster)
    }
}
