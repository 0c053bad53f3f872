import FileAccess
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// Draws masks by a rasteriser and writes them as PNG files, large ones band by band.
struct PictureWriter<Rasterizer: MaskRasterizer & ~Copyable>: ~Copyable {
    private var rasterizer: Rasterizer
    private var raster = Raster(size: .smallest)
    private var encoder: MaskPNGEncoder
    private var bytes: [UInt8] = []
    /// The largest picture, in px, whose file is held as a whole.
    private static var largestWhole: Int { 1 << 26 }

    init(_ rasterizer: consuming Rasterizer, bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor) {
        self.rasterizer = rasterizer
        encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
    }

    /// Writes the picture of `mask` at `size`.
    ///
    /// - Parameters:
    ///   - drawn: the picture itself, if it is there already.
    ///   - isInPlace: whether to write under the final name from the start, for a folder that is itself renamed once
    ///     complete; otherwise the file is complete or absent.
    mutating func write(
        _ mask: VectorMask, at size: PixelSize, drawn: Raster? = nil, to path: FilePath, isInPlace: Bool
    ) throws(DatasetError) {
        // The usual size, in one write.
        if size.area <= Self.largestWhole {
            var whole: [UInt8] = []
            swap(&whole, &bytes)
            whole.removeAll(keepingCapacity: true)
            try append(mask, at: size, drawn: drawn, named: path, to: &whole)
            swap(&whole, &bytes)
            return try DatasetError.wrapping { () throws(FileError) in
                isInPlace ? try path.writeFileInPlace(bytes) : try path.writeFile(bytes)
            }
        }
        let file: OutputFile
        do {
            file = try OutputFile(path)
        } catch {
            throw .file(error)
        }
        encoder.begin(size)
        for rows in PictureBands(of: size) {
            try encode(rows, of: mask, at: size, named: path)
            bytes.removeAll(keepingCapacity: true)
            encoder.takeBytes(into: &bytes)
            do {
                try file.write(bytes)
            } catch {
                throw .file(error)
            }
        }
        bytes.removeAll(keepingCapacity: true)
        encoder.finish(into: &bytes)
        do {
            try file.write(bytes)
            try file.commit()
        } catch {
            throw .file(error)
        }
    }

    /// Appends the file of the picture of `mask` at `size` to `bytes`.
    ///
    /// - Parameters:
    ///   - drawn: the picture itself, if it is there already.
    ///   - path: the picture's name, for errors.
    mutating func append(
        _ mask: VectorMask, at size: PixelSize, drawn: Raster?, named path: FilePath, to bytes: inout [UInt8]
    ) throws(DatasetError) {
        if let drawn {
            encoder.encode(drawn, into: &bytes)
            return
        }
        encoder.begin(size)
        for rows in PictureBands(of: size) {
            try encode(rows, of: mask, at: size, named: path)
            encoder.takeBytes(into: &bytes)
        }
        encoder.finish(into: &bytes)
    }

    private mutating func encode(
        _ rows: Range<Int>, of mask: VectorMask, at size: PixelSize, named path: FilePath
    ) throws(DatasetError) {
        do {
            try rasterizer.rasterize(mask, at: size, rows: rows, into: &raster)
        } catch {
            throw .rasterizer("\(path): \(error)")
        }
        encoder.append(raster)
    }
}
