import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// What a task needs of each mask while it writes a layout, with what it keeps from mask to mask.
struct LayoutScratch: ~Copyable {
    private let work: LayoutContext
    private let reader: PNGReader
    /// Writes the images anew, where their holes are to be of another color.
    private var encoder: MaskPNGEncoder?
    private var parser = JSONParser()
    /// The lines of the shard that was read last, and which it is.
    private var lines: [ArraySlice<UInt8>] = []
    private var linesShard: (Split, Int)?
    var json = JSONWriter()

    init(_ work: LayoutContext) {
        self.work = work
        let settings = work.plan.settings
        reader = PNGReader(holeColor: settings.holeColor)
        if settings.holeColor != work.holeColor {
            encoder = MaskPNGEncoder(bitDepth: settings.bitDepth, holeColor: work.holeColor)
        }
    }

    /// Puts the mask's image into the layout's folder under `name`: as a link where it is the same.
    mutating func place(_ mask: LayoutContext.Mask, as name: String) throws(DataError) {
        let target = work.folder.pushing(FilePath(name))
        if encoder == nil {
            return try file(of: mask).linkOrCopy(to: target)
        }
        var bytes: [UInt8] = []
        try appendImage(of: mask, to: &bytes)
        try target.writeFileInPlace(bytes)
    }

    /// Appends the file of the mask's image to `bytes`.
    mutating func appendImage(of mask: LayoutContext.Mask, to bytes: inout [UInt8]) throws(DataError) {
        if encoder == nil {
            bytes += try file(of: mask).readFile()
            return
        }
        let raster = try raster(of: mask)
        encoder?.encode(SpanMask(raster), into: &bytes)
    }

    /// The mask's image.
    func raster(of mask: LayoutContext.Mask) throws(DataError) -> Bitmap {
        let path = file(of: mask)
        let bytes = try path.readFile()
        do {
            return try reader.raster(from: bytes)
        } catch {
            throw .mask(path: path, line: nil, problem: "\(error)")
        }
    }

    /// The mask's line of JSON, with its end.
    mutating func line(of mask: LayoutContext.Mask) throws(DataError) -> ArraySlice<UInt8> {
        let (shard, place) = mask.index.quotientAndRemainder(dividingBy: ExportPlan.shardSize)
        if linesShard.map({ $0 != (mask.split, shard) }) ?? true {
            lines = try work.lines.lines(of: shard, mask.split, in: work.staging)
            linesShard = (mask.split, shard)
        }
        guard lines.indices.contains(place) else {
            throw .mask(
                path: work.staging.vectorFile(mask.split), line: mask.index + 1, problem: "not there; expected a mask")
        }
        return lines[place]
    }

    /// The mask's record.
    mutating func record(of mask: LayoutContext.Mask) throws(DataError) -> MaskRecord {
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

    private func file(of mask: LayoutContext.Mask) -> FilePath {
        work.staging.pngFolder(mask.split).appending(mask.id + ".png")
    }
}
