import MaskDataset
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec

/// A mask of the sample, as the page draws it.
struct SampleMask: Hashable, Sendable {
    /// What a mask is shown by.
    enum Content: Hashable, Sendable {
        case vector(VectorMask)
        /// A PNG, white = hole, of an image that may be larger than this.
        case image(png: [UInt8])
    }

    /// The longest side of an image in the page, in px.
    static let imageSide = 256

    let name: String
    /// px of the canvas, or of the image as it was read.
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

extension Bitmap {
    /// The raster in whole blocks of pixels, of which each becomes one: hole if at least half of it is.
    ///
    /// - Parameter side: the longest side to come to, in px, 1 or more; a smaller raster stays as it is.
    /// - Complexity: O(pixels)
    func reduced(toSide side: Int) -> Bitmap {
        let block = BlockGrid(size, toSide: side)
        guard block.side > 1 else { return self }
        var reduced = Bitmap(size: block.size)
        for y in 0..<block.size.height {
            for x in 0..<block.size.width {
                let (columns, rows) = (block.columns(of: x), block.rows(of: y))
                let holeCount = rows.reduce(0) { sum, row in sum + columns.count { self[$0, row] } }
                if 2 * holeCount >= columns.count * rows.count { reduced.fill(columns: x...x, row: y) }
            }
        }
        return reduced
    }
}

/// An image in square blocks of whole pixels, cut off at its right and lower edges.
struct BlockGrid: Hashable, Sendable {
    private let image: PixelSize
    /// How many px a block has across and down, 1 or more.
    let side: Int
    /// How many blocks there are.
    let size: PixelSize

    /// The smallest blocks of which at most `longest` make a side.
    init(_ image: PixelSize, toSide longest: Int) {
        self.image = image
        let side = (max(image.width, image.height) + longest - 1) / longest
        self.side = side
        size =
            PixelSize(width: (image.width + side - 1) / side, height: (image.height + side - 1) / side)
            ?? .smallest
    }

    func columns(of block: Int) -> Range<Int> { block * side..<min((block + 1) * side, image.width) }
    func rows(of block: Int) -> Range<Int> { block * side..<min((block + 1) * side, image.height) }
}
