import MaskDataset
import MaskModel
import MaskRaster
import PNGCodec

/// Two rasters of the same size as one image, whose colors show which of them has a hole at each pixel.
struct OverlayImage: Hashable, Sendable {
    /// The maximum side of an image in the page, in px.
    static let side = 512

    /// The image as a PNG in the colors of `MaskComparison.overlayPalette`.
    let png: [UInt8]
    /// The side, in px of the rasters, of the block that a pixel of the image represents.
    let scale: Int

    /// A block with any difference has the color of a difference, so that a single differing pixel is visible.
    init(_ candidate: Bitmap, _ reference: Bitmap) {
        let block = DownscalingGrid(candidate.size, toSide: Self.side)
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
