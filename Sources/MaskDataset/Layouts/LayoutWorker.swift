import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// What a task needs of each mask while it writes a layout, with what it keeps from mask to mask.
struct LayoutWorker: ~Copyable {
    private let work: LayoutWork
    private let reader: PNGReader
    /// Writes the pictures anew, where their holes are to be of another colour.
    private var encoder: MaskPNGEncoder?
    private var parser = JSONParser()
    /// The lines of the shard that was read last, and which it is.
    private var lines: [ArraySlice<UInt8>] = []
    private var linesShard: (Split, Int)?
    var json = JSONWriter()

    init(_ work: LayoutWork) {
        self.work = work
        let settings = work.plan.settings
        reader = PNGReader(holeColor: settings.holeColor)
        if settings.holeColor != work.holeColor {
            encoder = MaskPNGEncoder(bitDepth: settings.bitDepth, holeColor: work.holeColor)
        }
    }

    /// Puts the mask's picture into the layout's folder under `name`: as a link where it is the same.
    mutating func place(_ mask: LayoutWork.Mask, as name: String) throws(DatasetError) {
        let target = work.folder.pushing(FilePath(name))
        if encoder == nil {
            return try DatasetError.wrapping { () throws(FileError) in try file(of: mask).linkOrCopy(to: target) }
        }
        var bytes: [UInt8] = []
        try appendPicture(of: mask, to: &bytes)
        try DatasetError.wrapping { () throws(FileError) in try target.writeFileInPlace(bytes) }
    }

    /// Appends the file of the mask's picture to `bytes`.
    mutating func appendPicture(of mask: LayoutWork.Mask, to bytes: inout [UInt8]) throws(DatasetError) {
        if encoder == nil {
            bytes += try DatasetError.wrapping { () throws(FileError) in try file(of: mask).readFile() }
            return
        }
        let raster = try raster(of: mask)
        encoder?.encode(raster, into: &bytes)
    }

    /// The mask's picture.
    func raster(of mask: LayoutWork.Mask) throws(DatasetError) -> Raster {
        let path = file(of: mask)
        let bytes = try DatasetError.wrapping { () throws(FileError) in try path.readFile() }
        do {
            return try reader.raster(from: bytes)
        } catch {
            throw .mask(path: path, line: nil, problem: "\(error)")
        }
    }

    /// The mask's line of JSON, with its end.
    mutating func line(of mask: LayoutWork.Mask) throws(DatasetError) -> ArraySlice<UInt8> {
        let (shard, place) = mask.index.quotientAndRemainder(dividingBy: ExportPlan.shardSize)
        if linesShard.map({ $0 != (mask.split, shard) }) ?? true {
            do {
                lines = try work.lines.lines(of: shard, mask.split, in: work.staging)
            } catch {
                throw .file(error)
            }
            linesShard = (mask.split, shard)
        }
        guard lines.indices.contains(place) else {
            throw .mask(
                path: work.staging.vectorFile(mask.split), line: mask.index + 1, problem: "not there; wanted a mask")
        }
        return lines[place]
    }

    /// The mask's record.
    mutating func record(of mask: LayoutWork.Mask) throws(DatasetError) -> MaskRecord {
        let line = try line(of: mask)
        let path = work.staging.vectorFile(mask.split)
        let value: JSONValue
        do {
            value = try parser.parse(Array(line))
        } catch {
            throw .mask(path: path, line: mask.index + 1, problem: "\(error)")
        }
        do {
            return try MaskRecord(value)
        } catch {
            throw .mask(path: path, line: mask.index + 1, problem: error.problem)
        }
    }

    private func file(of mask: LayoutWork.Mask) -> FilePath {
        work.staging.pngFolder(mask.split).appending(mask.id + ".png")
    }
}
