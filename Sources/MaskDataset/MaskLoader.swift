import Archives
package import FileAccess
import JSONText
package import MaskFormats
import MaskModel
package import MaskRaster
package import PNGCodec
import SystemPackage

/// A mask as it was read: a vector, or somebody's image of one.
package enum LoadedMask: Hashable, Sendable {
    case vector(MaskRecord)
    case image(Bitmap)
}

/// Reads masks, and keeps its buffers from one to the next.
package struct MaskLoader: ~Copyable {
    private var parser = JSONParser()
    private let reader: PNGReader

    /// - Parameter reader: how images are read.
    package init(reader: PNGReader = PNGReader()) {
        self.reader = reader
    }

    package mutating func load(_ item: MaskItem) throws(DataError) -> LoadedMask {
        guard item.kind == .png else { return .vector(try vector(item)) }
        let bytes = try bytes(of: item, limit: 1 << 32)
        do {
            return .image(try reader.raster(from: bytes))
        } catch {
            throw .mask(path: item.path, line: nil, problem: "\(error)")
        }
    }

    /// Reads a mask that is a vector.
    ///
    /// - Throws: `DataError` for an image too.
    package mutating func vector(_ item: MaskItem) throws(DataError) -> MaskRecord {
        switch item.kind {
        case .png:
            throw .mask(path: item.path, line: nil, problem: "an image; expected a vector mask")
        case .svg:
            let bytes = try bytes(of: item, limit: 1 << 30)
            do {
                return MaskRecord(mask: try VectorMask(svg: bytes))
            } catch {
                throw .mask(path: item.path, line: error.line, problem: error.problem)
            }
        case .json:
            return try record(try bytes(of: item, limit: 1 << 30), item.path, line: item.line)
        }
    }

    private func bytes(of item: MaskItem, limit: Int) throws(DataError) -> [UInt8] {
        switch item.location {
        case .png(let path), .svg(let path), .json(let path): return try path.readFile(limit: limit)
        case .line(let path, _, let offset, let length): return try path.readBytes(at: offset, count: length)
        case .member(let member, let tar):
            guard member.length <= limit else {
                throw DataError(item.path, "has \(member.length) bytes; expected at most \(limit)")
            }
            return try tar.readBytes(at: member.offset, count: member.length)
        }
    }

    private mutating func record(_ bytes: [UInt8], _ path: FilePath, line: Int?) throws(DataError) -> MaskRecord {
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

extension MaskItem {
    /// What the mask is written as.
    fileprivate var kind: DatasetFormat {
        switch location {
        case .png: .png
        case .svg: .svg
        case .json, .line: .json
        case .member(let member, _): DatasetFormat(rawValue: FilePath(member.name).ending) ?? .json
        }
    }

    /// The line in its file, if it is a line.
    fileprivate var line: Int? {
        if case .line(_, let number, _, _) = location { number } else { nil }
    }
}
