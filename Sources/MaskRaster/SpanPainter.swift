import MaskModel
import PlaneGeometry

/// Receives the spans of pixels that make a hole; they overlap where strokes do.
protocol SpanPainter: ~Copyable {
    /// Whether a span may leave out pixels that another one covers.
    static var formsUnion: Bool { get }

    /// Receives the pixels from `first` to `last` of `row`, which is counted from the first row that is painted.
    mutating func fill(from first: Int, to last: Int, row: Int)
}

extension SpanPainter where Self: ~Copyable {
    static var formsUnion: Bool { true }
}

extension Bitmap.Painter: SpanPainter {}

extension BrushStroke {
    /// Paints those of the stroke's pixels that are in `rows`.
    @inline(__always)
    func paint(_ grid: SampleGrid, _ rows: Range<Int>, _ painter: inout some SpanPainter & ~Copyable) {
        path.points.span.forEachCapsule(radius: width / 2, on: grid) { $0.paint(rows, &painter) }
    }
}

extension Span<Point> {
    /// Calls `body` with each segment's capsule; a single point is a segment that ends where it starts.
    @inline(__always)
    func forEachCapsule(radius: Double, on grid: SampleGrid, _ body: (Capsule) -> Void) {
        guard count > 1 else {
            if count == 1 {
                body(Capsule(from: self[0], to: self[0], radius: radius, continues: false, on: grid))
            }
            return
        }
        for index in 1..<count {
            body(
                Capsule(
                    from: unsafe self[unchecked: index &- 1], to: unsafe self[unchecked: index], radius: radius,
                    continues: index > 1, on: grid))
        }
    }
}
