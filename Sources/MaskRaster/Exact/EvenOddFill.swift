import PlaneGeometry

/// The inside of a closed path by the even-odd rule, as spans of rows of a grid.
///
/// A row is inside between the first and the second crossing with the path, between the third and the fourth, and so on.
/// An edge includes its upper end but not its lower one, so that a vertex counts once where the path passes through it.
struct EvenOddFill {
    /// The rows that the path can reach, from the first row of the band on.
    private let reached: Range<Int>
    /// The columns of the crossings of each row, sorted.
    private var crossings: [Double]
    /// For each row, the index of its first crossing; one more for the end.
    private var starts: [Int]
    private let columnCount: Int

    /// The largest number of spans in a row.
    private(set) var rankCount = 0

    /// Finds the crossings of a path, which returns to its start, with `rows`.
    ///
    /// - Complexity: O(*n* log *n*) in the number of crossings
    init(_ path: Polyline, on grid: SampleGrid, rows: Range<Int>) {
        columnCount = grid.columns
        let (points, bounds) = (path.points, path.bounds)
        // A row more at both ends, for the rounding.
        let visible = grid.rows(from: bounds.minY - grid.rowPitch, to: bounds.maxY + grid.rowPitch, within: rows)
        reached = visible.lowerBound - rows.lowerBound..<visible.upperBound - rows.lowerBound
        starts = [Int](repeating: 0, count: visible.count + 1)
        crossings = []
        guard !visible.isEmpty else { return }
        var found: [(row: Int, column: Double)] = []
        for index in points.indices {
            let (start, end) = (points[index], points[index + 1 < points.count ? index + 1 : 0])
            guard start.y != end.y else { continue }
            // In either direction, the columns are the same: so edges that coincide cancel.
            let (upper, lower) = start.y < end.y ? (start, end) : (end, start)
            let slope = (lower.x - upper.x) / (lower.y - upper.y)
            let near = grid.rows(from: upper.y - grid.rowPitch, to: lower.y + grid.rowPitch, within: visible)
            for row in near {
                let y = grid.y(ofRow: row)
                guard y >= upper.y, y < lower.y else { continue }
                found.append((row - visible.lowerBound, grid.column(ofX: upper.x + (y - upper.y) * slope)))
                starts[row - visible.lowerBound + 1] += 1
            }
        }
        for row in 0..<visible.count {
            rankCount = max(rankCount, starts[row + 1] / 2)
            starts[row + 1] += starts[row]
        }
        crossings = [Double](repeating: 0, count: found.count)
        var next = starts
        for crossing in found {
            crossings[next[crossing.row]] = crossing.column
            next[crossing.row] += 1
        }
        for row in 0..<visible.count where starts[row + 1] - starts[row] > 1 {
            crossings[starts[row]..<starts[row + 1]].sort()
        }
    }

    /// Paints span number `rank` of every row that has as many.
    @inline(__always)
    func paint<Painter: SpanPainter>(rank: Int, _ painter: inout Painter) {
        for row in 0..<reached.count {
            let index = starts[row] + 2 * rank
            guard index + 1 < starts[row + 1] else { continue }
            let first = max(crossings[index].rounded(.up), 0)
            let last = min(crossings[index + 1].rounded(.down), Double(columnCount - 1))
            if first <= last { painter.fill(from: Int(first), to: Int(last), row: reached.lowerBound + row) }
        }
    }
}

extension SpanBuffer {
    /// Adds the inside of a path, each row's first span as a shape, then the second ones, and so on.
    mutating func add(_ fill: EvenOddFill) {
        for rank in 0..<fill.rankCount { add { fill.paint(rank: rank, &$0) } }
    }
}
