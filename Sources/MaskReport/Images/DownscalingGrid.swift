import MaskModel

/// A division of an image into square blocks of pixels; those at the right and lower edges may be smaller.
struct DownscalingGrid: Hashable, Sendable {
    private let image: PixelSize
    /// The side of a block in px, at least 1.
    let side: Int
    /// The number of blocks per row and column.
    let size: PixelSize

    /// The smallest blocks with at most `longest` per row and column.
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
