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

    init(_ rasterizer: consuming Rasterizer, bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor) {
        self.rasterizer = rasterizer
        encoder = MaskPNGEncoder(size: .smallest, bitDepth: bitDepth, holeColor: holeColor)
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
        // One band: the usual size, in one write.
        if size.area <= PictureBands.maximumArea {
            var bytes: [UInt8] = []
            try append(mask, at: size, drawn: drawn, named: path, to: &bytes)
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
            let bytes = encoder.takeBytes()
            do {
                try file.write(bytes)
            } catch {
                throw .file(error)
            }
        }
        do {
            try file.write(encoder.finish())
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
        encoder.begin(size)
        if let drawn {
            encoder.append(drawn)
        } else {
            for rows in PictureBands(of: size) {
                try encode(rows, of: mask, at: size, named: path)
                bytes += encoder.takeBytes()
            }
        }
        bytes += encoder.finish()
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
