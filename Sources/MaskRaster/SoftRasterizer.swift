public import MaskModel

/// Something that turns a vector mask into a raster of levels, of any size.
public protocol SoftRasterizer: ~Copyable {
    /// Draws some rows of the picture of `mask` at `size`.
    ///
    /// The canvas fills the picture. Every row comes out the same, whichever rows are drawn with it.
    /// - Parameters:
    ///   - size: px of the whole picture.
    ///   - rows: which rows of it, at least one.
    ///   - raster: becomes those rows; its memory is used again if it has their size already.
    /// - Throws: `RasterizerFailure` if `rows` are not rows of the picture.
    mutating func rasterize(_ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout SoftRaster)
        throws(RasterizerFailure)
}

extension SoftRasterizer where Self: ~Copyable {
    /// The whole picture of `mask` at `size`.
    public mutating func raster(of mask: VectorMask, at size: PixelSize) throws(RasterizerFailure) -> SoftRaster {
        var raster = SoftRaster(size: .smallest)
        try rasterize(mask, at: size, rows: 0..<size.height, into: &raster)
        return raster
    }
}
