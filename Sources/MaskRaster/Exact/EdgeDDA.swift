/// Two parallel edges in fixed point, advanced by one addition per row: a digital differential analyzer (DDA).
///
/// Columns have 40 fractional bits. The error grows by less than 2⁻⁴¹ columns per row, so it is less than 5 · 10⁻⁷ px after
/// a million rows. The result for a row does not depend on the row at which painting starts.
struct EdgeDDA {
    private let firstRow: Int
    private let left: Int
    private let right: Int
    private let slope: Int

    private static var fractionBits: Int { 40 }
    /// Columns must be less than this in magnitude.
    private static var limit: Double { 0x1p21 }

    /// Creates a pair of edges that paints nothing, for where there are none.
    @inline(__always)
    init() {
        (firstRow, left, right, slope) = (0, 0, 0, 0)
    }

    /// Creates a pair of edges; nil if there are no rows, or if a column exceeds the limit.
    ///
    /// - Parameters:
    ///   - rows: The rows in which the edges are straight.
    ///   - left: The fractional column of the left edge in the first row.
    ///   - right: The fractional column of the right edge in the first row.
    ///   - slope: The change in column from one row to the next.
    @inline(__always)
    init?(rows: Range<Int>, left: Double, right: Double, slope: Double) {
        let way = slope * Double(rows.count)
        guard !rows.isEmpty else { return nil }
        guard left.magnitude < Self.limit, right.magnitude < Self.limit, way.magnitude < Self.limit else { return nil }
        firstRow = rows.lowerBound
        // So that the shift in `paint` rounds up.
        self.left = Self.fixed(left) &+ (1 &<< Self.fractionBits &- 1)
        self.right = Self.fixed(right)
        self.slope = Self.rounded(slope * 0x1p40)
    }

    /// Returns the nearest integer of a number below 2⁶² in magnitude, halves away from zero. The standard library's
    /// `rounded()` calls libm on processors without SSE 4.1.
    @inline(__always)
    private static func rounded(_ number: Double) -> Int {
        let whole = Int(number)
        // Twice the fraction truncates to what the rounding adds: 1, 0, or −1. It cannot be predicted, so nothing branches.
        return whole &+ Int(2 * (number - Double(whole)))
    }

    /// Returns a column in fixed point, rounded to 2⁻³⁰, so that a rounding error does not move it off a pixel center.
    @inline(__always)
    private static func fixed(_ column: Double) -> Int {
        // The low bits of the sum are the multiple of 2⁻³⁰.
        let shift = 0x1.8p22
        let sum = (column + shift).bitPattern &- shift.bitPattern
        return Int(truncatingIfNeeded: sum) &<< (fractionBits &- 30)
    }

    /// Paints the pixels between the edges in some of the rows.
    ///
    /// It is not inlined: in the middle of the other rows of a capsule, its loops would run out of registers.
    @inline(never)
    func paint<Painter: SpanPainter>(_ range: Range<Int>, columns: Int, firstRow: Int, _ painter: inout Painter) {
        var local = painter
        let skipped = slope &* (range.lowerBound &- self.firstRow)
        var (left, right) = (left &+ skipped, right &+ skipped)
        var row = range.lowerBound &- firstRow
        let end = range.upperBound &- firstRow
        // Edges are monotonic: if both ends of both edges are within the image, and the edges are at least a pixel apart, no
        // row needs a test.
        let way = slope &* (end &- 1 &- row)
        let isInside =
            min(left, left &+ way) >= 0 && max(right, right &+ way) < columns &<< Self.fractionBits
            && right &- left >= 1 &<< Self.fractionBits
        if isInside {
            local.fill(
                from: left, to: right, slope: slope, fractionBits: Self.fractionBits,
                rows: unsafe Range(uncheckedBounds: (row, end)))
        } else {
            while row < end, !local.isFinished {
                let first = max(left &>> Self.fractionBits, 0)
                let last = min(right &>> Self.fractionBits, columns &- 1)
                if first <= last { local.fill(from: first, to: last, row: row) }
                left &+= slope
                right &+= slope
                row &+= 1
            }
        }
        painter = local
    }
}
