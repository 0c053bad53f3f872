import PlaneGeometry

/// Receives the hole spans of strokes, one by one; spans of a row may overlap.
///
/// It is copied into registers while a shape is painted; so it borrows its memory and does not own it.
protocol SpanPainter {
    /// Whether only the union of the spans matters; then a span may omit pixels that another one covers.
    static var formsUnion: Bool { get }

    /// Whether the painter ignores all further spans.
    var isFinished: Bool { get }

    /// Receives the pixels from `first` to `last` of `row`; row 0 is the first row of the band.
    mutating func fill(from first: Int, to last: Int, row: Int)
}

extension SpanPainter {
    static var formsUnion: Bool { true }
    var isFinished: Bool { false }
}

extension Bitmap.Painter: SpanPainter {}

extension Span<Point> {
    /// Calls `body` with the capsule of each segment; a single point is a segment of length 0.
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
