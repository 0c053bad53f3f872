import FileAccess
import JSONText
import MaskDiff
import MaskFormats
import MaskModel
import MaskRaster
import MaskTracing
import PNGCodec
import SystemPackage

/// Traces masks one by one, and reuses its memory.
struct VectorizationWorker: ~Copyable {
    private var loader: MaskLoader
    private var rasterizer = ExactRasterizer()
    private let tracer: MaskTracer

    init(reader: PNGReader, options: TracingOptions) {
        loader = MaskLoader(reader: reader)
        tracer = MaskTracer(options)
    }

    /// Traces a mask and compares the result with it.
    mutating func trace(_ item: MaskLocation) throws(DataError) -> (record: MaskRecord, figures: TracingAccuracy) {
        let original = try bitmap(of: item)
        let mask = try item.path.locating { try tracer.trace(original) }
        let drawn = try item.path.locating { Bitmap(try rasterizer.raster(of: mask, at: mask.canvas)) }
        let comparison = try item.path.locating {
            try BitmapComparison(candidate: drawn, reference: original, tolerance: 1)
        }
        let record = MaskRecord(mask: mask, id: item.lastName, holeRatio: drawn.holeRatio)
        let figures = TracingAccuracy(
            name: item.name, pixels: original.pixelHash, mask: mask, comparison: comparison)
        return (record, figures)
    }

    /// Checks that masks are those that were traced.
    ///
    /// - Throws: `DataError` of the output folder if the pixels of one have changed.
    mutating func check(
        _ items: ArraySlice<MaskLocation>, against figures: ArraySlice<TracingAccuracy>, in output: FilePath
    ) throws(DataError) {
        for (item, mask) in zip(items, figures) where try bitmap(of: item).pixelHash != mask.pixels {
            throw DataError(
                output, "was made of other pixels of \(item.name); expected the same masks, or --overwrite")
        }
    }

    /// A vector mask.
    mutating func vector(of item: MaskLocation) throws(DataError) -> VectorMask { try loader.vector(item).mask }

    /// The pixels of a mask; those of a vector at the size of its canvas.
    mutating func bitmap(of item: MaskLocation) throws(DataError) -> Bitmap {
        switch try loader.load(item) {
        case .image(let image): return image
        case .vector(let record):
            return try item.path.locating {
                Bitmap(try rasterizer.raster(of: record.mask, at: record.mask.canvas))
            }
        }
    }
}

extension Bitmap {
    /// A hash of the size and the pixels.
    fileprivate var pixelHash: UInt64 {
        var hash = StableHash()
        hash.combine(UInt64(size.width))
        hash.combine(UInt64(size.height))
        for word in words { hash.combine(word) }
        return hash.value
    }
}

extension MaskRecord {
    /// The mask as a line of JSON Lines.
    var jsonLine: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        return json.bytes + [UInt8(ascii: "\n")]
    }
}
