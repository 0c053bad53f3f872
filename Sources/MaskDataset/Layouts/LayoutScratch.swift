import FileAccess
import JSONText
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec
import SystemPackage

/// The memory that a task reuses from mask to mask while it writes a layout, and access to each mask through it.
struct LayoutScratch: ~Copyable {
    private let context: LayoutContext
    private let reader: PNGReader
    /// Encodes the images again if their holes have a different color in the layout.
    private var encoder: MaskPNGEncoder?
    private var parser = JSONParser()
    /// The lines of the range of masks that was read last, and its split and number.
    private var lines: [ArraySlice<UInt8>] = []
    private var linesShard: (Split, Int)?
    var json = JSONWriter()

    init(_ context: LayoutContext) {
        self.context = context
        let settings = context.plan.settings
        reader = PNGReader(holeColor: settings.holeColor)
        if settings.holeColor != context.holeColor {
            encoder = MaskPNGEncoder(
                bitDepth: settings.bitDepth, holeColor: context.holeColor, channels: settings.channels)
        }
    }

    /// Puts the mask's image into the layout's folder under `name`; as a link if its bytes are the same.
    mutating func place(_ mask: LayoutContext.Mask, as name: String) throws(DataError) {
        let target = context.folder.pushing(FilePath(name))
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

    /// Returns the mask's image.
    func raster(of mask: LayoutContext.Mask) throws(DataError) -> Bitmap {
        let path = file(of: mask)
        let bytes = try path.readFile()
        return try path.locating { try reader.raster(from: bytes) }
    }

    /// Returns the mask's line of JSON, with its line end.
    mutating func line(of mask: LayoutContext.Mask) throws(DataError) -> ArraySlice<UInt8> {
        let (shard, index) = mask.index.quotientAndRemainder(dividingBy: MaskRanges.usualSize)
        if linesShard.map({ $0 != (mask.split, shard) }) ?? true {
            lines = try context.lines?.lines(of: shard, mask.split, in: context.merged) ?? []
            linesShard = (mask.split, shard)
        }
        guard lines.indices.contains(index) else {
            throw DataError(context.merged.vectorFile(mask.split), line: mask.index + 1, "no line; expected a mask")
        }
        return lines[index]
    }

    /// Returns the mask's record.
    mutating func record(of mask: LayoutContext.Mask) throws(DataError) -> MaskRecord {
        let line = Array(try line(of: mask))
        return try context.merged.vectorFile(mask.split).locating(line: mask.index + 1) {
            try MaskRecord(parser.parse(line))
        }
    }

    private func file(of mask: LayoutContext.Mask) -> FilePath {
        context.merged.pngFolder(mask.split).appending(mask.id + ".png")
    }
}
