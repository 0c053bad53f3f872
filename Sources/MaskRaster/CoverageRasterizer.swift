public import MaskModel
import PlaneGeometry

/// Antialiasing: the level of a pixel is the share of it that is hole.
///
/// The share is k / 4096 if k of 4,096 sample points in the pixel are hole by the exact rule: 16 rows of 256, evenly
/// spaced, as the pixel centers of an image 256 times as wide and 16 times as high. So the level is the mean of that
/// image over the pixel, 255 · k / 4096 rounded, halves up; strokes that overlap count once. The image is never
/// made: its rows are spans between edges, and of each run only the two ends cost work.
///
/// Sample points are dense along rows, where they cost nothing. An edge that spans along the rows can be half a row of them
/// off, 8 levels; any other crosses the rows, and is as a rule less than a level off.
public struct CoverageRasterizer: ImageRasterizer, ~Copyable {
    /// How many sample points a pixel has across.
    public static let columnsPerPixel = 256
    /// How many sample points a pixel has down.
    public static let rowsPerPixel = 16
    /// About how many spans are collected before they are drawn: they stay in a core's cache.
    private static let spanLimit = 1 << 13

    private var spans = SpanBuffer()
    private var row = CoverageRow()

    /// A rasterizer; it takes its memory with the first mask.
    public init() {}

    /// Draws rows of an image; see `ImageRasterizer`.
    ///
    /// - Complexity: O(points + pixels of `rows` + 16 · rows that the segments meet)
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout GrayImage
    ) throws(RasterizerError) {
        try raster.reset(to: rows, of: size)
        row.begin(width: size.width)
        // A stroke has as many parts as points: a disc, and segments. Each is one run in a row, at most.
        let spansPerRow = mask.strokes.reduce(0) { $0 + $1.path.points.count }
        let stripHeight = max(Self.spanLimit / (max(spansPerRow, 1) * Self.rowsPerPixel), 1)
        let grid = SampleGrid(
            canvas: mask.canvas, columns: size.width * Self.columnsPerPixel, rows: size.height * Self.rowsPerPixel)
        unsafe raster.withMutableLevels { levels in
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: stripHeight) {
                let end = min(start + stripHeight, rows.upperBound)
                let fineRows = start * Self.rowsPerPixel..<end * Self.rowsPerPixel
                spans.reset(rowCount: fineRows.count)
                for stroke in mask.strokes {
                    stroke.path.points.span.forEachCapsule(radius: stroke.width / 2, on: grid) { capsule in
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
}

/// How many sample points of each pixel of a row are hole.
@safe private struct CoverageRow: ~Copyable {
    private static let columns = CoverageRasterizer.columnsPerPixel
    private static let samples = columns * CoverageRasterizer.rowsPerPixel

    private var width = 0
    /// For each pixel by how much its number differs from that of the pixel before; two more than pixels, as a run may
    /// end with the last.
    private var changes = UnsafeMutableBufferPointer<Int16>.allocate(capacity: 0)
    /// The pixels whose changes may differ from 0; none if the first is behind the last.
    private var firstTouched = 0
    private var lastTouched = -1

    deinit {
        unsafe changes.deallocate()
    }

    /// Becomes a row without a hole.
    mutating func begin(width: Int) {
        self.width = width
        if unsafe changes.count < width + 2 {
            unsafe changes.deallocate()
            unsafe changes = .allocate(capacity: width + 2)
        }
        unsafe changes.initialize(repeating: 0)
        (firstTouched, lastTouched) = (width, -1)
    }

    /// Adds the sample points from `first` to `last` of one row of them.
    @inline(__always)
    mutating func add(from first: Int, to last: Int) {
        let start = change(at: first, by: 1)
        let end = change(at: last &+ 1, by: -1)
        firstTouched = min(firstTouched, start)
        lastTouched = max(lastTouched, end &+ 1)
    }

    /// Adds `sign` to the numbers from a sample point on; gives its pixel.
    @inline(__always)
    private mutating func change(at sample: Int, by sign: Int16) -> Int {
        let pixel = sample / Self.columns
        let offset = Int16(truncatingIfNeeded: sample % Self.columns)
        unsafe changes[pixel] &+= sign &* (Int16(Self.columns) &- offset)
        unsafe changes[pixel &+ 1] &+= sign &* offset
        return pixel
    }

    /// Writes the levels of the pixels that were touched, and becomes a row without a hole.
    @inline(__always)
    mutating func takeLevels(into levels: UnsafeMutablePointer<UInt8>) {
        let (first, last) = (firstTouched, min(lastTouched, width &- 1))
        (firstTouched, lastTouched) = (width, -1)
        var count = 0
        var level: UInt8 = 0
        var x = first
        while x <= last {
            // Most pixels are like the one before: eight at a time.
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
        // What a run changes that ends with the last pixel.
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
