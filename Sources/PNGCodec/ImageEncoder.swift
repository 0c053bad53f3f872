public import MaskModel
public import MaskRaster

/// Something that writes images of masks as PNG files.
///
/// The bytes depend on the image and on this program's version alone. An image can come in bands from top to bottom,
/// so that it need not be in memory as a whole; and one encoder can write any number of images, one after the other,
/// without allocating for each.
public protocol ImageEncoder: ~Copyable {
    /// What it writes.
    associatedtype Image: MaskImage

    /// Begins another file, forgets the one before, and keeps the memory.
    mutating func begin(_ size: PixelSize)
    /// Adds the next rows: all of `raster`, which has the image's width.
    mutating func append(_ raster: Image)
    /// Appends to `bytes` what is ready of the file, behind what the calls before gave.
    mutating func takeBytes(into bytes: inout [UInt8])
    /// Ends the file, and appends to `bytes` what is left of it.
    mutating func finish(into bytes: inout [UInt8])
}

extension ImageEncoder where Self: ~Copyable {
    /// Appends the whole file of one image to `bytes`.
    public mutating func encode(_ raster: Image, into bytes: inout [UInt8]) {
        begin(raster.size)
        append(raster)
        finish(into: &bytes)
    }
}
