import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// A mask as it was read: a vector, or somebody's picture of one.
enum LoadedMask: Hashable, Sendable {
    case vector(MaskRecord)
    case picture(Raster)
}

/// Reads masks, and keeps its buffers from one to the next.
struct MaskLoader: ~Copyable {
    private var parser = JSONParser()
    private let reader: PNGReader

    /// - Parameter reader: how pictures are read.
    init(reader: PNGReader = PNGReader()) {
        self.reader = reader
    }

    mutating func load(_ item: MaskItem) throws(DatasetError) -> LoadedMask {
        switch item.location {
        case .png(let path):
            let bytes = try DatasetError.wrapping { () throws(FileError) in try path.readFile() }
            do {
                return .picture(try reader.raster(from: bytes))
            } catch {
                throw .mask(path: path, line: nil, problem: "\(error)")
            }
        case .svg, .json, .line: return .vector(try vector(item))
        }
    }

    /// Reads a mask that is a vector.
    ///
    /// - Throws: `DatasetError` for a picture too.
    mutating func vector(_ item: MaskItem) throws(DatasetError) -> MaskRecord {
        switch item.location {
        case .png(let path):
            throw .mask(path: path, line: nil, problem: "a picture; wanted a vector mask")
        case .svg(let path):
            let bytes = try DatasetError.wrapping { () throws(FileError) in try path.readFile(limit: 1 << 30) }
            do {
                return MaskRecord(mask: try VectorMask(svg: bytes))
            } catch {
                throw .mask(path: path, line: error.line, problem: error.problem)
            }
        case .json(let path):
            let bytes = try DatasetError.wrapping { () throws(FileError) in try path.readFile(limit: 1 << 30) }
            return try record(bytes, path, line: nil)
        case .line(let path, let number, let offset, let length):
            let bytes = try DatasetError.wrapping { () throws(FileError) in
                try path.readBytes(at: offset, count: length)
            }
            return try record(bytes, path, line: number)
        }
    }

    private mutating func record(_ bytes: [UInt8], _ path: FilePath, line: Int?) throws(DatasetError) -> MaskRecord {
        let json: JSONValue
        do {
            json = try parser.parse(bytes)
        } catch {
            throw .mask(path: path, line: line, problem: "\(error)")
        }
        do {
            return try MaskRecord(json)
        } catch {
            throw .mask(path: path, line: line, problem: error.problem)
        }
    }
}
