import FileAccess
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// Draws masks and writes them as PNG files, large ones band by band.
struct ImageWriter<Rasterizer: ImageRasterizer & ~Copyable, Encoder: PNGEncoder & ~Copyable>: ~Copyable
where Encoder.Image == Rasterizer.Image {
    private var rasterizer: Rasterizer
    private var encoder: Encoder
    /// The band that was drawn last.
    private var band = Rasterizer.Image(size: .smallest)
    private var bytes: [UInt8] = []
    /// The largest image, in px, whose file is held as a whole.
    private static var largestWhole: Int { 1 << 26 }

    init(_ rasterizer: consuming Rasterizer, _ encoder: consuming Encoder) {
        self.rasterizer = rasterizer
        self.encoder = encoder
    }

    /// Writes the image of `mask` at `size`.
    ///
    /// - Parameters:
    ///   - drawn: the image itself, if it is there already.
    ///   - isInPlace: whether to write under the final name from the start, for a folder that is itself renamed once
    ///     complete; otherwise the file is complete or absent.
    mutating func write(
        _ mask: VectorMask, at size: PixelSize, drawn: Rasterizer.Image? = nil, to path: FilePath, isInPlace: Bool
    ) throws(DataError) {
        // The usual size, in one write.
        if size.area <= Self.largestWhole {
            var whole: [UInt8] = []
            swap(&whole, &bytes)
            whole.removeAll(keepingCapacity: true)
            try append(mask, at: size, drawn: drawn, named: path, to: &whole)
            swap(&whole, &bytes)
            return isInPlace ? try path.writeFileInPlace(bytes) : try path.writeFile(bytes, isFlushed: false)
        }
        let file = try OutputFile(path, isFlushed: false)
        var part: [UInt8] = []
        encoder.begin(size)
        for rows in ImageBands(of: size) {
            part.removeAll(keepingCapacity: true)
            try append(rows, of: mask, at: size, named: path, to: &part)
            try file.write(part)
        }
        part.removeAll(keepingCapacity: true)
        encoder.finish(into: &part)
        try file.write(part)
        try file.commit()
    }

    /// Appends the file of the image of `mask` at `size` to `bytes`.
    ///
    /// - Parameters:
    ///   - drawn: the image itself, if it is there already.
    ///   - path: the image's name, for errors.
    mutating func append(
        _ mask: VectorMask, at size: PixelSize, drawn: Rasterizer.Image?, named path: @autoclosure () -> FilePath,
        to bytes: inout [UInt8]
    ) throws(DataError) {
        if let drawn {
            encoder.encode(drawn, into: &bytes)
            return
        }
        encoder.begin(size)
        for rows in ImageBands(of: size) { try append(rows, of: mask, at: size, named: path(), to: &bytes) }
        encoder.finish(into: &bytes)
    }

    private mutating func append(
        _ rows: Range<Int>, of mask: VectorMask, at size: PixelSize, named path: @autoclosure () -> FilePath,
        to bytes: inout [UInt8]
    ) throws(DataError) {
        do {
            try rasterizer.rasterize(mask, at: size, rows: rows, into: &band)
        } catch {
            throw .rasterizer("\(path()): \(error)")
        }
        encoder.append(band)
        encoder.takeBytes(into: &bytes)
    }
}
