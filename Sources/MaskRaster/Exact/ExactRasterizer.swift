public import MaskModel
package import PlaneGeometry

/// The exact rasterizer: a pixel is hole if and only if its center is within half the width of a stroke's path, or inside
/// the path of a filled stroke.
///
/// The center of pixel (i, j) of an image of w × h px is the point ((i + ½)·W/w, (j + ½)·H/h) of the canvas of W × H px.
/// A stroke is the union of the capsules of its segments. A capsule is convex, so it covers one span of each row.
public struct ExactRasterizer: BinaryRasterizer, ~Copyable {
    /// Always true.
    public static let followsExactRule = true

    private var buffer = SpanBuffer()
    private var grid = SampleGrid(canvas: .smallest, size: .smallest)
    private var rows = 0..<1
    private var size = PixelSize.smallest

    /// Creates a rasterizer; it allocates memory with the first mask and reuses it.
    public init() {}

    /// Draws a band of an image by the exact rule; see `ImageRasterizer`.
    ///
    /// - Complexity: O(points + rows + rows that the segments cross)
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout SpanMask
    ) throws(RasterizerError) {
        let band = try size.band(rows)
        begin(SampleGrid(canvas: mask.canvas, size: size), rows, band)
        for stroke in mask.strokes {
            if stroke.isPlain { add(stroke.path.points.span, width: stroke.width) } else { add(stroke) }
        }
        raster = finish()
    }

    /// Starts an image of `size` for a mask on `canvas`; `add` draws its strokes, and `finish` returns the image.
    package mutating func begin(canvas: PixelSize, size: PixelSize) {
        begin(SampleGrid(canvas: canvas, size: size), 0..<size.height, size)
    }

    private mutating func begin(_ grid: SampleGrid, _ rows: Range<Int>, _ band: PixelSize) {
        self.grid = grid
        self.rows = rows
        size = band
        buffer.reset(rowCount: band.height)
    }

    /// Draws a stroke through `points`; points and width are in canvas px.
    package mutating func add(_ points: borrowing Span<Point>, width: Double) {
        points.forEachCapsule(radius: width / 2, on: grid) { capsule in buffer.add { capsule.paint(rows, &$0) } }
    }

    /// Draws a stroke that is filled or has flat ends.
    package mutating func add(_ stroke: BrushStroke) {
        for part in stroke.withoutFlatEnds {
            if part.isFilled { buffer.add(EvenOddFill(part.path, on: grid, rows: rows)) }
            add(part.outline.points.span, width: part.width)
        }
    }

    /// Returns the image of the strokes added since `begin`.
    package mutating func finish() -> SpanMask {
        SpanMask(size: size, &buffer)
    }
}
