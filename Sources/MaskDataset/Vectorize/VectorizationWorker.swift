import FileAccess
import JSONText
import MaskDiff
import MaskFormats
import MaskModel
import MaskRaster
import MaskTracing
import PNGCodec

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
    mutating func trace(_ item: MaskItem) throws(DataError) -> (record: MaskRecord, figures: VectorizedMask) {
        let original = try bitmap(of: item)
        let mask = try item.path.locating { try tracer.trace(original) }
        let drawn = try item.path.locating { Bitmap(try rasterizer.raster(of: mask, at: mask.canvas)) }
        let comparison = try item.path.locating {
            try BitmapComparison(candidate: drawn, reference: original, tolerance: 1)
        }
        let record = MaskRecord(mask: mask, id: item.lastName, holeRatio: drawn.holeRatio)
        return (record, VectorizedMask(name: item.name, mask: mask, comparison: comparison))
    }

    /// A vector mask.
    mutating func vector(of item: MaskItem) throws(DataError) -> VectorMask { try loader.vector(item).mask }

    /// The pixels of a mask; those of a vector at the size of its canvas.
    mutating func bitmap(of item: MaskItem) throws(DataError) -> Bitmap {
        switch try loader.load(item) {
        case .image(let image): return image
        case .vector(let record):
            return try item.path.locating {
                Bitmap(try rasterizer.raster(of: record.mask, at: record.mask.canvas))
            }
        }
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
