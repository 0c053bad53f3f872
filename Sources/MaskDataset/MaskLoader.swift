import FileAccess
import JSONText
package import MaskFormats
import MaskModel
package import MaskRaster
package import PNGCodec
import SystemPackage

/// A mask as it was read: a vector, or somebody's picture of one.
package enum LoadedMask: Hashable, Sendable {
    case vector(MaskRecord)
    case picture(Raster)
}

/// Reads masks, and keeps its buffers from one to the next.
package struct MaskLoader: ~Copyable {
    private var parser = JSONParser()
    private let reader: PNGReader

    /// - Parameter reader: how pictures are read.
    package init(reader: PNGReader = PNGReader()) {
        self.reader = reader
    }

    package mutating func load(_ item: MaskItem) throws(DatasetError) -> LoadedMask {
        guard item.kind == .png else { return .vector(try vector(item)) }
        let bytes = try bytes(of: item, limit: 1 << 32)
        do {
            return .picture(try reader.raster(from: bytes))
        } catch {
            throw .mask(path: item.path, line: nil, problem: "\(error)")
        }
    }

    /// Reads a mask that is a vector.
    ///
    /// - Throws: `DatasetError` for a picture too.
    package mutating func vector(_ item: MaskItem) throws(DatasetError) -> MaskRecord {
        switch item.kind {
        case .png:
            throw .mask(path: item.path, line: nil, problem: "a picture; wanted a vector mask")
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

    private func bytes(of item: MaskItem, limit: Int) throws(DatasetError) -> [UInt8] {
        do throws(FileError) {
            switch item.location {
            case .png(let path), .svg(let path), .json(let path): return try path.readFile(limit: limit)
            case .line(let path, _, let offset, let length): return try path.readBytes(at: offset, count: length)
            case .member(let member, let tar):
                guard member.length <= limit else {
                    throw FileError(item.path, "has \(member.length) bytes; wanted at most \(limit)")
                }
                return try tar.readBytes(at: member.offset, count: member.length)
            }
        } catch {
            throw .file(error)
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
