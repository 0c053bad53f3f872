/// Two parallel lines, row by row, in fixed-point numbers: an addition leads from one row to the next.
///
/// Their columns have 40 bits behind the point. From the first row on they go astray by less than 2⁻⁴¹ a row, so by less
/// than 5 · 10⁻⁷ px in a million rows; and it makes no difference at which row one begins to paint.
struct EdgeDDA {
    private let rows: Range<Int>
    private let left: Int
    private let right: Int
    private let slope: Int

    private static var fractionBits: Int { 40 }
    /// Columns must be less.
    private static var limit: Double { 0x1p21 }

    /// - Parameters:
    ///   - left, right: the columns in the first row.
    ///   - slope: by how many columns they are further to the right in each row.
    @inline(__always)
    init?(rows: Range<Int>, left: Double, right: Double, slope: Double) {
        let way = slope * Double(rows.count)
        guard max(left.magnitude, right.magnitude, way.magnitude) < Self.limit else { return nil }
        self.rows = rows
        // Rounded up.
        self.left = Self.fixed(left) &+ (1 &<< Self.fractionBits &- 1)
        self.right = Self.fixed(right)
        self.slope = Int((slope * 0x1p40).rounded())
    }

    /// What lies on a pixel's center but for a rounding error is put there.
    @inline(__always)
    private static func fixed(_ column: Double) -> Int {
        let shift = 0x1.8p22
        return Int(((column + shift) - shift) * 0x1p40)
    }

    /// Makes hole the pixels of some of the rows between the lines.
    @inline(__always)
    func paint(_ range: Range<Int>, columns: Int, firstRow: Int, _ painter: inout some SpanPainter & ~Copyable) {
        guard !range.isEmpty else { return }
        let skipped = slope &* (range.lowerBound &- rows.lowerBound)
        var (left, right) = (left &+ skipped, right &+ skipped)
        // Lines are monotonic: if both ends of them are within the image, and a pixel apart, no row needs a test.
        let way = slope &* (range.count &- 1)
        let isInside =
            min(left, left &+ way) >= 0 && max(right, right &+ way) < columns &<< Self.fractionBits
            && right &- left >= 1 &<< Self.fractionBits
        if isInside {
            for row in range {
                painter.fill(
                    from: left &>> Self.fractionBits, to: right &>> Self.fractionBits, row: row &- firstRow)
                left &+= slope
                right &+= slope
            }
            return
        }
        for row in range {
            let first = max(left &>> Self.fractionBits, 0)
            let last = min(right &>> Self.fractionBits, columns &- 1)
            if first <= last { painter.fill(from: first, to: last, row: row &- firstRow) }
            left &+= slope
            right &+= slope
        }
    }
}
