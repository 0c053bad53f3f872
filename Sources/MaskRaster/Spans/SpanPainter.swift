/// Receives the hole spans of strokes, one by one; spans of a row may overlap, or come twice.
///
/// It is copied into registers while a shape is painted; so it borrows its memory and does not own it.
protocol SpanPainter {
    /// Whether the painter ignores all further spans.
    var isFinished: Bool { get }

    /// Receives the pixels from `first` to `last` of `row`; row 0 is the first row of the band.
    mutating func fill(from first: Int, to last: Int, row: Int)

    /// Receives the pixels from `first` to `last` of two rows, perhaps of the same one; none where `last` is less.
    mutating func fill(from first: SIMD2<Int64>, to last: SIMD2<Int64>, rows: (Int, Int))

    /// Receives the pixels between two parallel edges, which are at least a pixel apart.
    ///
    /// - Parameters:
    ///   - left: The first column of the first row, in fixed point; no column is outside the image.
    ///   - right: The last column of the first row.
    ///   - slope: The change of both from one row to the next.
    ///   - fractionBits: The number of fractional bits of all three.
    ///   - rows: At least one row.
    mutating func fill(from left: Int, to right: Int, slope: Int, fractionBits: Int, rows: Range<Int>)
}

extension SpanPainter {
    var isFinished: Bool { false }

    @inline(__always)
    mutating func fill(from first: SIMD2<Int64>, to last: SIMD2<Int64>, rows: (Int, Int)) {
        let (start, end) = (Int(truncatingIfNeeded: first.x), Int(truncatingIfNeeded: last.x))
        if start <= end { fill(from: start, to: end, row: rows.0) }
        let (otherStart, otherEnd) = (Int(truncatingIfNeeded: first.y), Int(truncatingIfNeeded: last.y))
        if otherStart <= otherEnd { fill(from: otherStart, to: otherEnd, row: rows.1) }
    }

    @inline(__always)
    mutating func fill(from left: Int, to right: Int, slope: Int, fractionBits: Int, rows: Range<Int>) {
        var (left, right, row) = (left, right, rows.lowerBound)
        while row < rows.upperBound, !isFinished {
            fill(from: left &>> fractionBits, to: right &>> fractionBits, row: row)
            left &+= slope
            right &+= slope
            row &+= 1
        }
    }
}

extension Bitmap.Painter: SpanPainter {}
