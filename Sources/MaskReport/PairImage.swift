import MaskDataset
import MaskModel
import MaskRaster
import PNGCodec

/// Two rasters of one size as one image: which of them has a hole where.
struct PairImage: Hashable, Sendable {
    /// The longest side of an image in the page, in px.
    static let side = 512

    /// The image as a PNG in the colors of `MaskComparison.overlayPalette`.
    let png: [UInt8]
    /// How many px across and down of the rasters a pixel of the image stands for.
    let scale: Int

    /// Of a block of pixels that becomes one, what only one raster has outweighs what both have or neither has: a
    /// difference of a single pixel is to be seen.
    init(_ candidate: Bitmap, _ reference: Bitmap) {
        let block = BlockGrid(candidate.size, toSide: Self.side)
        scale = block.side
        var image = IndexedImage(size: block.size, palette: MaskComparison.overlayPalette)
        for y in 0..<block.size.height {
            for x in 0..<block.size.width {
                var counts = [0, 0, 0, 0]
                for row in block.rows(of: y) {
                    for column in block.columns(of: x) {
                        counts[(candidate[column, row] ? 1 : 0) + (reference[column, row] ? 2 : 0)] += 1
                    }
                }
                let differs = counts[1] + counts[2] > 0
                let color: UInt8 = differs ? (counts[1] >= counts[2] ? 1 : 2) : counts[3] >= counts[0] ? 3 : 0
                image.pixels[y * block.size.width + x] = color
            }
        }
        png = image.encoded()
    }
}
