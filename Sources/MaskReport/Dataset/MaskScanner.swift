import FileAccess
import MaskDataset
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec

/// Reads masks and counts their pixels, and reuses its memory from one to the next.
struct MaskScanner: ~Copyable {
    private var loader: MaskLoader
    private var rasterizer = ExactRasterizer()
    private var raster = SpanMask(size: .smallest)
    /// The grid over the mask that was scanned last.
    private(set) var grid = HeatMapGrid(.smallest)
    /// The number of hole pixels in each of its cells.
    private(set) var cellCounts: [Int] = []

    init(reader: PNGReader) {
        loader = MaskLoader(reader: reader)
    }

    /// Reads a mask and counts its pixels; a vector is rasterized by the exact rule at the size of its canvas.
    ///
    /// - Throws: `DataError` if it cannot be read.
    mutating func scan(_ item: MaskLocation) throws(DataError) -> ScannedMask {
        switch try loader.load(item) {
        case .image(let image):
            begin(image.size)
            var scan = BandScan(size: image.size)
            scan.add(image, rows: 0..<image.size.height)
            grid.count(image, firstRow: 0, into: &cellCounts)
            return ScannedMask(
                size: image.size, holeCount: scan.holeCount, touchesBorder: scan.touchesBorder, record: nil,
                split: item.split)
        case .vector(let record):
            let canvas = record.mask.canvas
            begin(canvas)
            var scan = BandScan(size: canvas)
            do {
                for rows in ImageBands(of: canvas) {
                    try rasterizer.rasterize(record.mask, at: canvas, rows: rows, into: &raster)
                    let band = Bitmap(raster)
                    scan.add(band, rows: rows)
                    grid.count(band, firstRow: rows.lowerBound, into: &cellCounts)
                }
            } catch {
                throw DataError(at: item.name, "\(error)")
            }
            return ScannedMask(
                size: canvas, holeCount: scan.holeCount, touchesBorder: scan.touchesBorder, record: record,
                split: record.split ?? item.split)
        }
    }

    /// Reads a mask without counting its pixels.
    mutating func load(_ item: MaskLocation) throws(DataError) -> LoadedMask {
        try loader.load(item)
    }

    /// Returns the hole ratio of a vector by the exact rule at `size`.
    mutating func holeRatio(of record: MaskRecord, at size: PixelSize) throws(RasterizerError) -> Double {
        Double(try rasterizer.holeCount(of: record.mask, at: size, using: &raster)) / Double(size.area)
    }

    private mutating func begin(_ size: PixelSize) {
        if grid.size != size { grid = HeatMapGrid(size) }
        cellCounts.removeAll(keepingCapacity: true)
        cellCounts.append(contentsOf: repeatElement(0, count: grid.shape.columns * grid.shape.rows))
    }
}

/// The counts of an image, band by band.
private struct BandScan {
    let size: PixelSize
    var holeCount = 0
    var touchesBorder = false

    init(size: PixelSize) {
        self.size = size
    }

    mutating func add(_ band: Bitmap, rows: Range<Int>) {
        holeCount += band.holeCount
        if touchesBorder { return }
        let outerRows = [0, size.height - 1].filter(rows.contains)
        touchesBorder =
            outerRows.contains { row in band.words(ofRow: row - rows.lowerBound).contains { $0 != 0 } }
            || (0..<band.size.height).contains { band[0, $0] || band[size.width - 1, $0] }
    }
}

extension MaskLocation {
    /// The split in the first component of the mask's name, `train/00000_train`.
    var split: Split? { name.split(separator: "/").first.flatMap { Split(rawValue: String($0)) } }
}
