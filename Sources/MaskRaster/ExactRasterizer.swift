public import MaskModel
import PlaneGeometry

/// The exact rule as code: a pixel is hole if and only if its center lies within half the width of a stroke's path.
///
/// The center of pixel (i, j) of an image of w × h px is the point ((i + ½)·W/w, (j + ½)·H/h) of the canvas of W × H.
/// A stroke is the union of its segments' capsules, which are convex; so from the leftmost to the rightmost of a
/// capsule's points in a row, all is hole: one run.
public struct ExactRasterizer: MaskRasterizer, Sendable {
    /// True: it is the rule.
    public static let followsExactRule = true

    /// A rasterizer; it keeps nothing from mask to mask.
    public init() {}

    /// Draws rows of an image by the exact rule; see `ImageRasterizer`.
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout Bitmap
    ) throws(RasterizerError) {
        try raster.reset(to: rows, of: size)
        let grid = SampleGrid(canvas: mask.canvas, size: size)
        raster.paint { painter in
            for stroke in mask.strokes { stroke.paint(grid, rows, &painter) }
        }
    }
}

/// Takes the runs of pixels that make a hole; they overlap where strokes do.
protocol SpanPainter: ~Copyable {
    /// Whether a run may leave out pixels that another one makes hole.
    static var takesUnion: Bool { get }

    /// Takes the pixels from `first` to `last` of `row`, which is counted from the first row that is painted.
    mutating func fill(from first: Int, to last: Int, row: Int)
}

extension SpanPainter where Self: ~Copyable {
    static var takesUnion: Bool { true }
}

extension Bitmap.Painter: SpanPainter {}

extension BrushStroke {
    /// Paints those of the stroke's pixels that are in `rows`.
    @inline(__always)
    func paint(_ grid: SampleGrid, _ rows: Range<Int>, _ painter: inout some SpanPainter & ~Copyable) {
        path.forEachCapsule(radius: width / 2, on: grid) { $0.paint(rows, &painter) }
    }
}
