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

    init(_ rasterizer: consuming Rasterizer, bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor) {
        self.rasterizer = rasterizer
        encoder = MaskPNGEncoder(bitDepth: bitDepth, holeColor: holeColor)
    }

    /// Writes the picture of `mask` at `size`.
    ///
    /// - Parameter isInPlace: whether to write under the final name from the start, for a folder that is itself
    ///   renamed once complete; otherwise the file is complete or absent.
    mutating func write(
        _ mask: VectorMask, at size: PixelSize, to path: FilePath, isInPlace: Bool
    ) throws(DatasetError) {
        encoder.begin(size)
        // One band: the usual size, in one write.
        if size.area <= PictureBands.maximumArea {
            try draw(0..<size.height, of: mask, at: size, for: path)
            encoder.append(raster)
            bytes.removeAll(keepingCapacity: true)
            encoder.finish(into: &bytes)
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
        for rows in PictureBands(of: size) {
            try draw(rows, of: mask, at: size, for: path)
            encoder.append(raster)
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

    private mutating func draw(
        _ rows: Range<Int>, of mask: VectorMask, at size: PixelSize, for path: FilePath
    ) throws(DatasetError) {
        do {
            try rasterizer.rasterize(mask, at: size, rows: rows, into: &raster)
        } catch {
            throw .rasterizer("\(path): \(error)")
        }
    }
}
