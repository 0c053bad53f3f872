import Archives
package import FileAccess
import JPEGCodec
import JSONText
package import MaskFormats
import MaskModel
package import MaskRaster
package import PNGCodec
import SystemPackage

/// A mask that was read: a vector, or an image.
package enum LoadedMask: Hashable, Sendable {
    case vector(MaskRecord)
    case image(Bitmap)
}

/// Reads masks, and reuses its memory from one to the next.
package struct MaskLoader: ~Copyable {
    private var parser = JSONParser()
    private let reader: PNGReader

    /// - Parameter reader: reads the images.
    package init(reader: PNGReader = PNGReader()) {
        self.reader = reader
    }

    package mutating func load(_ item: MaskLocation) throws(DataError) -> LoadedMask {
        switch item.embedded {
        case .runs(let runs): return .image(runs.bitmap())
        case .pixels(let size):
            let bytes = try item.source.bytes(limit: 1 << 32)
            return try item.path.locating { .image(try reader.raster(ofArray: bytes, size)) }
        case nil: break
        }
        guard item.format == .image else { return .vector(try vector(item)) }
        let bytes = try item.source.bytes(limit: 1 << 32)
        guard !bytes.isEmpty else { throw DataError(item.path, "is empty; expected PNG or JPEG") }
        return try item.path.locating {
            if JPEGReader.isJPEG(bytes) { return .image(try JPEGReader(reader).raster(from: bytes)) }
            if let name = UnsupportedImageFormat.name(of: bytes) { throw ForeignImageError(format: name) }
            return .image(try reader.raster(from: bytes))
        }
    }

    /// Reads a vector mask.
    ///
    /// - Throws: `DataError` also for an image.
    package mutating func vector(_ item: MaskLocation) throws(DataError) -> MaskRecord {
        guard item.embedded == nil else { throw DataError(item.path, "is an image; expected a vector mask") }
        switch item.format {
        case .image:
            throw DataError(item.path, "is an image; expected a vector mask")
        case .svg:
            let bytes = try item.source.bytes(limit: 1 << 30)
            if bytes.starts(with: UnsupportedImageFormat.pointer) { throw MaskFile.isPointer(item.path) }
            do {
                return try MaskRecord(svg: bytes)
            } catch {
                throw DataError(item.path, line: error.line, error.problem)
            }
        case .json:
            let bytes = try item.source.bytes(limit: 1 << 30)
            if bytes.starts(with: UnsupportedImageFormat.pointer) { throw MaskFile.isPointer(item.path) }
            return try item.path.locating(line: item.line) { try MaskRecord(parser.parse(bytes)) }
        }
    }
}
