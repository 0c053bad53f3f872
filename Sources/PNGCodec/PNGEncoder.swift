public import MaskModel
public import MaskRaster

/// A type that writes images of masks as PNG files.
///
/// The bytes depend only on the image and the version of this program. An image can come in bands from top to bottom, so
/// it need not be in memory as a whole; the file is the same. One encoder can write any number of images, one after the
/// other, without allocating for each.
public protocol PNGEncoder: ~Copyable {
    /// The images that it writes.
    associatedtype Image: MaskImage

    /// Starts another file, drops the previous one, and keeps the memory.
    mutating func begin(_ size: PixelSize)
    /// Adds the next rows: all rows of `image`. If it has another width than the image that was begun, or more rows than
    /// are missing, the program stops.
    mutating func append(_ image: Image)
    /// Appends the bytes of the file that are ready to `bytes`; they follow those of earlier calls.
    mutating func takeBytes(into bytes: inout [UInt8])
    /// Ends the file, and appends the rest of its bytes to `bytes`. If rows are missing, the program stops.
    mutating func finish(into bytes: inout [UInt8])
}

extension PNGEncoder where Self: ~Copyable {
    /// Appends the whole file of one image to `bytes`.
    public mutating func encode(_ image: Image, into bytes: inout [UInt8]) {
        begin(image.size)
        append(image)
        finish(into: &bytes)
    }
}
