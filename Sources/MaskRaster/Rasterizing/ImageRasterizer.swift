public import MaskModel

/// A rasterizer: draws vector masks as images of any size.
public protocol ImageRasterizer<Image>: ~Copyable {
    /// The type of image.
    associatedtype Image: MaskImage

    /// Draws a band of the image of `mask` at `size`.
    ///
    /// The canvas fills the image. The pixels of a row do not depend on the band it is drawn with.
    /// - Parameters:
    ///   - mask: The mask.
    ///   - size: The size of the whole image, in px.
    ///   - rows: The rows of the band, from 0 at the top of the image; at least one.
    ///   - raster: Becomes the band; its memory is reused if it already has the size of the band.
    /// - Throws: `RasterizerError` if `rows` is empty or not within the image, or if the drawing library fails.
    /// - Complexity: O(points + pixels of `rows` + area of the strokes within `rows`)
    mutating func rasterize(_ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout Image)
        throws(RasterizerError)
}

extension ImageRasterizer where Self: ~Copyable {
    /// Returns the whole image of `mask` at `size`.
    ///
    /// - Throws: `RasterizerError` if the drawing library fails.
    /// - Complexity: As that of `rasterize`, for all rows.
    public mutating func raster(of mask: VectorMask, at size: PixelSize) throws(RasterizerError) -> Image {
        var raster = Image(size: .smallest)
        try rasterize(mask, at: size, rows: 0..<size.height, into: &raster)
        return raster
    }
}
