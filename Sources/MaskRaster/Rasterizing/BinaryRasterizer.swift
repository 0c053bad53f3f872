public import MaskModel

/// A rasterizer without soft edges: every pixel is hole or no hole.
public protocol BinaryRasterizer: ImageRasterizer, ~Copyable where Image == SpanMask {
    /// Whether every image follows the exact rule pixel by pixel, so that an existing exact image need not be drawn again.
    static var followsExactRule: Bool { get }
}

extension BinaryRasterizer where Self: ~Copyable {
    /// False by default: other rasterizers differ from the exact rule in some pixels.
    public static var followsExactRule: Bool { false }

    /// Returns the number of hole pixels of the image of `mask` at `size`, drawn band by band.
    ///
    /// - Parameters:
    ///   - mask: The mask.
    ///   - size: The size of the image, in px.
    ///   - raster: Memory that is reused from mask to mask; it ends as the last band of the image.
    /// - Throws: `RasterizerError` if the drawing library fails.
    /// - Complexity: As that of `rasterize`, for all rows.
    public mutating func holeCount(
        of mask: VectorMask, at size: PixelSize, using raster: inout SpanMask
    ) throws(RasterizerError) -> Int {
        var count = 0
        for rows in ImageBands(of: size) {
            try rasterize(mask, at: size, rows: rows, into: &raster)
            count += raster.holeCount
        }
        return count
    }
}
