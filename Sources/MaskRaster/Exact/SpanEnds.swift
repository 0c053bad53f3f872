/// Turns the two fractional ends of a row's span into the pixels between them.
///
/// The right end is negated: the last pixel is then −⌈−right⌉, and both ends are rounded up at once. Either may come first.
struct SpanEnds {
    private let isLeftFirst: Bool
    /// Whether all spans are within the image, so that they need not be clamped.
    private let isInside: Bool
    private let lowest: SIMD2<Double>
    private let highest: SIMD2<Double>

    /// Creates the ends of the spans of one shape.
    ///
    /// - Parameters:
    ///   - isLeftFirst: Whether the first of two ends is the left one.
    ///   - isInside: Whether all spans are within the image.
    ///   - columns: The number of columns of the image.
    @inline(__always)
    init(isLeftFirst: Bool, isInside: Bool, columns: Int) {
        self.isLeftFirst = isLeftFirst
        self.isInside = isInside
        let columns = Double(columns)
        lowest = isLeftFirst ? SIMD2(0, 1 - columns) : SIMD2(1 - columns, 0)
        highest = isLeftFirst ? SIMD2(columns, 1) : SIMD2(1, columns)
    }

    /// Paints the pixels with centers between two fractional columns, the right one negated.
    @inline(__always)
    func fill(_ first: Double, _ second: Double, row: Int, _ painter: inout some SpanPainter) {
        var (first, second) = (first, second)
        if !isInside {
            first = Self.clamped(first, from: lowest.x, to: highest.x)
            second = Self.clamped(second, from: lowest.y, to: highest.y)
        }
        let ends = SIMD2(first, second).roundedUp
        let (x, y) = (Int(truncatingIfNeeded: ends.x), Int(truncatingIfNeeded: ends.y))
        let start = isLeftFirst ? x : y
        let last = 0 &- (isLeftFirst ? y : x)
        if start <= last { painter.fill(from: start, to: last, row: row) }
    }

    /// Returns the column clamped to `lowest` … `highest`; NaN becomes one of the limits.
    @inline(__always)
    private static func clamped(_ column: Double, from lowest: Double, to highest: Double) -> Double {
        let low = column > lowest ? column : lowest
        return low < highest ? low : highest
    }
}
