import MaskModel
import MaskRaster
import PNGCodec

/// Draws masks and encodes them as PNG, band by band.
protocol PictureSource: ~Copyable {
    /// What masks are drawn into.
    associatedtype Picture

    /// Begins the file of another picture.
    mutating func begin(_ size: PixelSize)
    /// Draws the next rows of the picture of `mask` at `size`, and appends to `bytes` what is ready of the file.
    mutating func append(
        _ rows: Range<Int>, of mask: VectorMask, at size: PixelSize, to bytes: inout [UInt8]
    ) throws(RasterizerFailure)
    /// Ends the file, and appends what is left of it.
    mutating func finish(into bytes: inout [UInt8])
    /// Appends the whole file of a picture that is drawn already.
    mutating func append(_ drawn: Picture, to bytes: inout [UInt8])
}

/// Pictures in black and white.
struct HardPictures<Rasterizer: MaskRasterizer & ~Copyable>: PictureSource, ~Copyable {
    private var rasterizer: Rasterizer
    private var raster = Raster(size: .smallest)
    private var encoder: MaskPNGEncoder

    init(_ rasterizer: consuming Rasterizer, bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor) {
        self.rasterizer = rasterizer
        encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
    }

    mutating func begin(_ size: PixelSize) {
        encoder.begin(size)
    }

    mutating func append(
        _ rows: Range<Int>, of mask: VectorMask, at size: PixelSize, to bytes: inout [UInt8]
    ) throws(RasterizerFailure) {
        try rasterizer.rasterize(mask, at: size, rows: rows, into: &raster)
        encoder.append(raster)
        encoder.takeBytes(into: &bytes)
    }

    mutating func finish(into bytes: inout [UInt8]) {
        encoder.finish(into: &bytes)
    }

    mutating func append(_ drawn: Raster, to bytes: inout [UInt8]) {
        encoder.encode(drawn, into: &bytes)
    }
}

/// Pictures in shades of gray.
struct SoftPictures<Rasterizer: SoftRasterizer & ~Copyable>: PictureSource, ~Copyable {
    private var rasterizer: Rasterizer
    private var raster = SoftRaster(size: .smallest)
    private var encoder: SoftPNGEncoder

    init(_ rasterizer: consuming Rasterizer, filter: SoftPNGEncoder.Filter, holeColor: HoleColor) {
        self.rasterizer = rasterizer
        encoder = SoftPNGEncoder(filter: filter, holeColor: holeColor)
    }

    mutating func begin(_ size: PixelSize) {
        encoder.begin(size)
    }

    mutating func append(
        _ rows: Range<Int>, of mask: VectorMask, at size: PixelSize, to bytes: inout [UInt8]
    ) throws(RasterizerFailure) {
        try rasterizer.rasterize(mask, at: size, rows: rows, into: &raster)
        encoder.append(raster)
        encoder.takeBytes(into: &bytes)
    }

    mutating func finish(into bytes: inout [UInt8]) {
        encoder.finish(into: &bytes)
    }

    mutating func append(_ drawn: SoftRaster, to bytes: inout [UInt8]) {
        encoder.encode(drawn, into: &bytes)
    }
}
