import MaskDiff
import MaskModel
import MaskRaster
import PNGCodec
import Testing

@testable import MaskDataset
@testable import MaskReport

struct OverlayImageTests {
    @Test func `a pixel is colored by which of the two has a hole`() throws {
        let candidate = try #require(Bitmap(asciiArt: "##.."))
        let reference = try #require(Bitmap(asciiArt: "#.#."))
        var expected = IndexedImage(size: candidate.size, palette: MaskComparison.overlayPalette)
        expected.pixels = [3, 1, 2, 0]
        let image = OverlayImage(candidate, reference)
        #expect((image.png, image.scale) == (expected.encoded(), 1))
    }

    @Test func `a single differing pixel is visible in a reduced image`() throws {
        let size = try #require(PixelSize(width: 1024, height: 2))
        var candidate = Bitmap(size: size)
        for row in 0..<2 { candidate.fill(columns: 0...511, row: row) }
        var reference = candidate
        reference.fill(columns: 1023...1023, row: 1)
        var expected = IndexedImage(
            size: try #require(PixelSize(width: 512, height: 1)), palette: MaskComparison.overlayPalette)
        expected.pixels = [UInt8](repeating: 3, count: 256) + [UInt8](repeating: 0, count: 255) + [2]
        let image = OverlayImage(candidate, reference)
        #expect((image.png, image.scale) == (expected.encoded(), 2))
    }
}
