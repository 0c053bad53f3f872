public import MaskModel
import PlaneGeometry

/// An antialiasing rasterizer: the level of a pixel is the fraction of its area that is hole.
///
/// The fraction is k / 4096 if k of 4,096 sample points in the pixel are hole by the exact rule: 16 rows of 256, evenly
/// spaced, like the pixel centers of an image 256 times as wide and 16 times as high. So the level is the mean of that
/// image over the pixel, 255 · k / 4096 rounded, halves up; overlapping strokes count once. That image is never stored:
/// its rows are spans, and only the two ends of a span cost time.
///
/// Sample points are dense along rows, where they cost nothing. An edge that is parallel to the rows can be off by half a
/// row of sample points, 8 levels; any other edge crosses rows of sample points and is usually off by less than a level.
public struct AntialiasingRasterizer: ImageRasterizer, ~Copyable {
    /// The number of columns of sample points per pixel.
    public static let columnsPerPixel = 256
    /// The number of rows of sample points per pixel.
    public static let rowsPerPixel = 16
    /// The approximate number of spans that are collected before they are drawn, so that they stay in the cache of a core.
    private static let spanLimit = 1 << 13

    private var spans = SpanBuffer()
    private var row = CoverageRow()
    private var bits = SampleBitmap()

    /// Creates a rasterizer; it allocates memory with the first mask and reuses it.
    public init() {}

    /// Draws a band of an image; see `ImageRasterizer`.
    ///
    /// - Complexity: O(points + pixels of `rows` + 16 · rows that the segments meet)
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout GrayImage
    ) throws(RasterizerError) {
        try raster.reset(to: rows, of: size)
        row.begin(width: size.width)
        let mask = mask.withoutFlatEnds
        if mask.segmentCount > ActiveSegmentTable.segmentLimit, !mask.hasShapes {
            return try rasterizeDense(mask, at: size, rows: rows, into: &raster)
        }
        // A stroke has at most as many capsules as points, and each adds at most one span to a row.
        let spansPerRow = mask.strokes.reduce(0) { $0 + $1.path.points.count }
        let bandHeight = max(Self.spanLimit / (max(spansPerRow, 1) * Self.rowsPerPixel), 1)
        let grid = SampleGrid(
            canvas: mask.canvas, columns: size.width * Self.columnsPerPixel, rows: size.height * Self.rowsPerPixel)
        unsafe raster.withMutableLevels { levels in
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: bandHeight) {
                let end = min(start + bandHeight, rows.upperBound)
                let fineRows = start * Self.rowsPerPixel..<end * Self.rowsPerPixel
                spans.reset(rowCount: fineRows.count)
                for stroke in mask.strokes {
                    if stroke.isFilled { spans.add(EvenOddFill(stroke.path, on: grid, rows: fineRows)) }
                    stroke.outline.points.span.forEachCapsule(radius: stroke.width / 2, on: grid) { capsule in
                        spans.add { capsule.paint(fineRows, &$0) }
                    }
                }
                for index in 0..<end - start {
                    for fineRow in index * Self.rowsPerPixel..<(index + 1) * Self.rowsPerPixel {
                        spans.forEachSpan(inRow: fineRow) { row.add(from: Int($0.start), to: Int($0.end) &- 1) }
                    }
                    unsafe row.takeLevels(into: levels + (start - rows.lowerBound + index) * size.width)
                }
            }
        }
    }

    /// Draws a mask of many segments band by band, each with those segments that are visible in it.
    ///
    /// The core of the hole, pixels that one stroke covers entirely, hides most segments if many overlap.
    /// - Complexity: O(points + pixels + 16 · rows that the visible segments meet)
    private mutating func rasterizeDense(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout GrayImage
    ) throws(RasterizerError) {
        let grid = SampleGrid(
            canvas: mask.canvas, columns: size.width * Self.columnsPerPixel, rows: size.height * Self.rowsPerPixel)
        // Half the diagonal of a pixel, and somewhat more for the rounding.
        let pixel = Vector(
            dx: Double(mask.canvas.width) / Double(size.width), dy: Double(mask.canvas.height) / Double(size.height))
        let occlusion = OcclusionTest(canvas: mask.canvas, size: size, rows: rows, margin: 0.51 * pixel.length)
        var core = Bitmap(size: try size.band(rows))
        occlusion.paint(mask.strokes, into: &core)
        let height = min(max(Self.denseArea / size.width, 1), 8)
        var bands = ActiveSegmentTable(mask, at: size, rows: rows, height: height, margin: 0) { segment in
            occlusion.isSegmentOccluded(from: segment.start, to: segment.end, radius: segment.radius, in: core)
        }
        var hasBits = false
        unsafe raster.withMutableLevels { levels in
            for (index, start) in stride(from: rows.lowerBound, to: rows.upperBound, by: height).enumerated() {
                let end = min(start + height, rows.upperBound)
                let fineRows = start * Self.rowsPerPixel..<end * Self.rowsPerPixel
                let bandLevels = unsafe levels + (start - rows.lowerBound) * size.width
                let count = bands.begin(band: index)
                if count > size.width / Self.rowsPerPixel {
                    if !hasBits { bits.begin(width: size.width, height: height) }
                    hasBits = true
                    let (top, bottom) = (Double(start) * pixel.dy, Double(end) * pixel.dy)
                    paintBits(bands, fineRows, on: grid, from: top, to: bottom, columnPitch: pixel.dx)
                    for row in 0..<end - start {
                        unsafe bits.takeLevels(ofRow: row, into: bandLevels + row * size.width)
                    }
                } else if count > 0 {
                    spans.reset(rowCount: fineRows.count)
                    bands.forEachSegment { segment in
                        spans.add { segment.capsule(on: grid).paint(fineRows, &$0) }
                        return true
                    }
                    for row in 0..<end - start {
                        for fineRow in row * Self.rowsPerPixel..<(row + 1) * Self.rowsPerPixel {
                            spans.forEachSpan(inRow: fineRow) {
                                self.row.add(from: Int($0.start), to: Int($0.end) &- 1)
                            }
                        }
                        unsafe self.row.takeLevels(into: bandLevels + row * size.width)
                    }
                }
                for row in start..<end {
                    let rowLevels = unsafe levels + (row - rows.lowerBound) * size.width
                    core.forEachHole(inRow: row - rows.lowerBound) { unsafe rowLevels[$0] = 255 }
                }
            }
        }
    }

    /// Paints the segments of a band as bits, except those whose pixels are all covered by others.
    private mutating func paintBits(
        _ bands: ActiveSegmentTable, _ fineRows: Range<Int>, on grid: SampleGrid, from top: Double, to bottom: Double,
        columnPitch: Double
    ) {
        var painted = 0
        bands.forEachSegment { segment in
            if painted > Self.segmentsPerCheck {
                let reach = segment.radius
                guard let range = DownwardSegment(segment).columns(from: top - reach, to: bottom + reach),
                    !bits.isFull(from: (range.min - reach) / columnPitch - 0.01, to: (range.max + reach) / columnPitch)
                else { return true }
            }
            bits.paint { segment.capsule(on: grid).paint(fineRows, &$0) }
            painted += 1
            guard painted % Self.segmentsPerCheck == 0 else { return true }
            bits.findOpenColumns()
            return !bits.isFull
        }
    }

    /// The approximate number of pixels of a band that is painted as bits: as many bits as stay in the cache of a core.
    private static let denseArea = 1 << 11
    /// The number of segments after which the pixels that are covered entirely are found again.
    private static let segmentsPerCheck = 1024
}

extension ActiveSegmentTable.Segment {
    @inline(__always)
    fileprivate func capsule(on grid: SampleGrid) -> Capsule {
        Capsule(from: start, to: end, radius: radius, continues: continues, on: grid)
    }
}

/// The number of hole sample points of each pixel of a row.
@safe private struct CoverageRow: ~Copyable {
    private static let columns = AntialiasingRasterizer.columnsPerPixel
    private static let samples = columns * AntialiasingRasterizer.rowsPerPixel

    private var width = 0
    /// For each pixel, the difference of its number from that of the previous pixel; two elements more than pixels, for
    /// spans that end with the last pixel.
    private var changes = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 0)
    /// The range of pixels whose changes may differ from 0; empty if the first is greater than the last.
    private var firstChanged = 0
    private var lastChanged = -1

    deinit {
        unsafe changes.deallocate()
    }

    /// Becomes a row without hole pixels.
    mutating func begin(width: Int) {
        self.width = width
        if unsafe changes.count < width + 2 {
            unsafe changes.deallocate()
            unsafe changes = .allocate(capacity: width + 2)
        }
        unsafe changes.initialize(repeating: 0)
        (firstChanged, lastChanged) = (width, -1)
    }

    /// Adds the sample points from `first` to `last` of a row of sample points.
    @inline(__always)
    mutating func add(from first: Int, to last: Int) {
        let start = change(at: first, by: 1)
        let end = change(at: last &+ 1, by: -1)
        firstChanged = min(firstChanged, start)
        lastChanged = max(lastChanged, end &+ 1)
    }

    /// Adds `sign` for every sample point from `sample` on; returns the pixel of `sample`.
    @inline(__always)
    private mutating func change(at sample: Int, by sign: Int16) -> Int {
        let pixel = sample / Self.columns
        let offset = Int16(truncatingIfNeeded: sample % Self.columns)
        unsafe changes[pixel] &+= sign &* (Int16(Self.columns) &- offset)
        unsafe changes[pixel &+ 1] &+= sign &* offset
        return pixel
    }

    /// Writes the levels of the pixels in the changed range, and becomes a row without hole pixels.
    @inline(__always)
    mutating func takeLevels(into levels: UnsafeMutablePointer<UInt8>) {
        let (first, last) = (firstChanged, min(lastChanged, width &- 1))
        (firstChanged, lastChanged) = (width, -1)
        var count = 0
        var level: UInt8 = 0
        var x = first
        while x <= last {
            // Most pixels equal the previous one: write eight at a time.
            if x &+ 7 <= last, unsafe changes.load(eightFrom: x) == .zero {
                unsafe UnsafeMutableRawPointer(levels + x).storeBytes(
                    of: SIMD8(repeating: level), as: SIMD8<UInt8>.self)
                x &+= 8
                continue
            }
            count &+= unsafe Int(changes[x])
            level = UInt8(truncatingIfNeeded: (255 &* count &+ Self.samples / 2) / Self.samples)
            unsafe levels[x] = level
            unsafe changes[x] = 0
            x &+= 1
        }
        // A span that ends with the last pixel changes these.
        unsafe changes[width] = 0
        unsafe changes[width &+ 1] = 0
    }
}

extension UnsafeMutableBufferPointer<Int16> {
    @inline(__always)
    fileprivate func load(eightFrom index: Int) -> SIMD8<Int16> {
        unsafe UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: 2 &* index, as: SIMD8<Int16>.self)
    }
}
