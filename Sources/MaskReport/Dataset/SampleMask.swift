import MaskDataset
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec

/// A mask of the sample, as the page shows it.
struct SampleMask: Hashable, Sendable {
    /// The strokes or the image of a mask.
    enum Content: Hashable, Sendable {
        case vector(VectorMask)
        /// A PNG with white holes, which may be smaller than the image of the mask.
        case image(png: [UInt8])
    }

    /// The maximum side of an image in the page, in px.
    static let imageSide = 256

    let name: String
    /// The size of the canvas, or of the image that was read, in px.
    let size: PixelSize
    let figures: MaskFigures
    let content: Content

    init(_ mask: LoadedMask, name: String, figures: MaskFigures) {
        self.name = name
        self.figures = figures
        switch mask {
        case .vector(let record):
            size = record.mask.canvas
            content = .vector(record.mask)
        case .image(let raster):
            size = raster.size
            let reduced = SpanMask(raster.reduced(toSide: Self.imageSide))
            content = .image(png: MaskPNGEncoder.encode(reduced, bitDepth: .one))
        }
    }
}
