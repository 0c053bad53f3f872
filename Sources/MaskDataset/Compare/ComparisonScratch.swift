import FileAccess
import MaskDiff
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec

/// The memory that a task reuses from pair to pair of a comparison.
struct ComparisonScratch<Rasterizer: BinaryRasterizer & ~Copyable>: ~Copyable {
    private var candidateLoader: MaskLoader
    private var referenceLoader: MaskLoader
    private var rasterizer: Rasterizer
    private let ignored: IgnoredPixels
    /// The ignored pixels of the last pair.
    private var ignoredBitmap: Bitmap?

    init(
        candidateReader: PNGReader, referenceReader: PNGReader, ignored: IgnoredPixels, rasterizer: consuming Rasterizer
    ) {
        self.ignored = ignored
        candidateLoader = MaskLoader(reader: candidateReader)
        referenceLoader = MaskLoader(reader: referenceReader)
        self.rasterizer = rasterizer
    }

    /// Returns both masks as rasters without the ignored pixels; of the same size, unless two images or two canvases differ
    /// in it.
    mutating func rasters(
        _ candidate: MaskLocation, _ reference: MaskLocation
    ) throws(DataError) -> (candidate: Bitmap, reference: Bitmap) {
        let whole = try wholeRasters(candidate, reference)
        guard !ignored.isEmpty, whole.candidate.size == whole.reference.size else { return whole }
        if ignoredBitmap?.size != whole.candidate.size {
            ignoredBitmap = try ignored.bitmap(whole.candidate.size)
        }
        guard let ignoredBitmap else { return whole }
        return (whole.candidate.subtracting(ignoredBitmap), whole.reference.subtracting(ignoredBitmap))
    }

    private mutating func wholeRasters(
        _ candidate: MaskLocation, _ reference: MaskLocation
    ) throws(DataError) -> (candidate: Bitmap, reference: Bitmap) {
        switch (try candidateLoader.load(candidate), try referenceLoader.load(reference)) {
        case (.image(let first), .image(let second)):
            return (first, second)
        case (.vector(let first), .image(let second)):
            return (try raster(of: first, candidate, at: second.size), second)
        case (.image(let first), .vector(let second)):
            return (first, try raster(of: second, reference, at: first.size))
        case (.vector(let first), .vector(let second)):
            return (
                try raster(of: first, candidate, at: first.mask.canvas),
                try raster(of: second, reference, at: second.mask.canvas)
            )
        }
    }

    private mutating func raster(
        of record: MaskRecord, _ item: MaskLocation, at size: PixelSize
    ) throws(DataError) -> Bitmap {
        guard size.hasAspectRatio(of: record.mask.canvas) else {
            throw DataError(
                item.path,
                "a canvas of \(record.mask.canvas) px, but the other image has \(size) px; expected its aspect ratio")
        }
        return try item.path.locating { Bitmap(try rasterizer.raster(of: record.mask(for: size), at: size)) }
    }
}
