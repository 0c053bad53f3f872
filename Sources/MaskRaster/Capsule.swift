import PlaneGeometry

/// The points within a radius of a segment, row by row of a grid.
///
/// From its top down, the left edge of a capsule is an arc around the upper end, a straight line beside the segment, and
/// an arc around the lower end; so is the right edge.
struct Capsule {
    private let grid: SampleGrid
    private let radius: Double
    /// The ends of the segment, the upper one first.
    let upper: Point
    let lower: Point
    /// The heights between which there is something to paint.
    private let minY: Double
    private let maxY: Double
    /// Whether the disc around an end is painted already.
    private let isUpperPainted: Bool
    private let isLowerPainted: Bool
    private let left: Edge
    private let right: Edge
    /// How many columns the straight lines go to the right with each px of the canvas downwards.
    private let slope: Double

    private struct Edge {
        /// Between these heights it is straight.
        let straightFrom: Double
        let straightTo: Double
        /// In which column the straight line is at the height of the upper end.
        let column: Double
    }

    /// - Parameters:
    ///   - radius: px of the canvas, as the ends.
    ///   - continues: whether the disc around `start` is painted already, as the end of another capsule; then rows are
    ///     left out that have nothing else.
    @inline(__always)
    init(from start: Point, to end: Point, radius: Double, continues: Bool, on grid: SampleGrid) {
        self.grid = grid
        self.radius = radius
        (upper, lower) = start.y <= end.y ? (start, end) : (end, start)
        let step = lower - upper
        let length = step.length
        // An edge is straight from where the radius ends that is square to the segment. A level segment, or a dot, has
        // no such place: one edge is an arc around the one end, the other an arc around the other.
        let rise = step.dy > 0 ? radius * (step.dx / length) : step.dx < 0 ? -.infinity : .infinity
        // Of no use where the segment is level.
        slope = step.dx / step.dy * grid.columnScale
        let reach = radius * (length / step.dy) * grid.columnScale
        let column = grid.column(ofX: upper.x)
        left = Edge(straightFrom: upper.y + rise, straightTo: lower.y + rise, column: column - reach)
        right = Edge(straightFrom: upper.y - rise, straightTo: lower.y - rise, column: column + reach)
        isUpperPainted = continues && start.y <= end.y
        isLowerPainted = continues && !isUpperPainted
        // Beyond both radii that are square to the segment there is nothing but the disc.
        let discReach = min(rise.magnitude, radius)
        minY = upper.y - (isUpperPainted ? discReach : radius)
        maxY = lower.y + (isLowerPainted ? discReach : radius)
    }

    /// Paints those of the capsule's pixels that are in `rows`.
    ///
    /// From its top to its bottom a capsule has up to five kinds of rows: both edges are arcs around the upper end; one is;
    /// both are straight; one is an arc around the lower end; both are.
    @inline(__always)
    func paint<Painter: SpanPainter & ~Copyable>(_ rows: Range<Int>, _ painter: inout Painter) {
        let visible = grid.rows(from: minY, to: maxY).clamped(to: rows)
        if upper.y == lower.y { return paintLevel(visible, firstRow: rows.lowerBound, &painter) }
        var row = paintCap(
            visible, around: upper, to: min(left.straightFrom, right.straightFrom),
            isPainted: Painter.formsUnion && isUpperPainted, firstRow: rows.lowerBound, &painter)
        let straight = grid.rows(
            from: max(left.straightFrom, right.straightFrom), to: min(left.straightTo, right.straightTo))
        let lines = lines(in: straight)
        let lowerCap = max(left.straightTo, right.straightTo)
        while row < visible.upperBound {
            if let lines, straight.contains(row) {
                let end = min(straight.upperBound, visible.upperBound)
                lines.paint(row..<end, columns: grid.columns, firstRow: rows.lowerBound, &painter)
                row = end
                continue
            }
            let y = grid.y(ofRow: row)
            if y >= lowerCap { break }
            fill(
                from: column(left, -1, y, Painter.formsUnion), to: column(right, 1, y, Painter.formsUnion),
                row: row &- rows.lowerBound, &painter)
            row &+= 1
        }
        _ = paintCap(
            row..<max(row, visible.upperBound), around: lower, to: .infinity,
            isPainted: Painter.formsUnion && isLowerPainted, firstRow: rows.lowerBound, &painter)
    }

    /// Paints the rows, up to the height `end`, in which both edges are arcs around one end of the segment.
    ///
    /// - Returns: The first row below them.
    @inline(__always)
    private func paintCap(
        _ visible: Range<Int>, around center: Point, to end: Double, isPainted: Bool, firstRow: Int,
        _ painter: inout some SpanPainter & ~Copyable
    ) -> Int {
        let middle = grid.column(ofX: center.x)
        var row = visible.lowerBound
        while row < visible.upperBound {
            let y = grid.y(ofRow: row)
            if y > end { break }
            if !isPainted {
                let reach = reach(y - center.y)
                fill(from: middle - reach, to: middle + reach, row: row &- firstRow, &painter)
            }
            row &+= 1
        }
        return row
    }

    /// Paints the rows of a level segment, or of a point: the edges are arcs around the left and the right end.
    @inline(__always)
    private func paintLevel<Painter: SpanPainter & ~Copyable>(
        _ visible: Range<Int>, firstRow: Int, _ painter: inout Painter
    ) {
        let isUpperLeft = upper.x <= lower.x
        let (leftX, rightX) = isUpperLeft ? (upper.x, lower.x) : (lower.x, upper.x)
        let isPainted = (
            left: Painter.formsUnion && (isUpperLeft ? isUpperPainted : isLowerPainted),
            right: Painter.formsUnion && (isUpperLeft ? isLowerPainted : isUpperPainted)
        )
        for row in visible {
            let reach = reach(grid.y(ofRow: row) - upper.y)
            fill(
                from: grid.column(ofX: leftX) - (isPainted.left ? 0 : reach),
                to: grid.column(ofX: rightX) + (isPainted.right ? 0 : reach), row: row &- firstRow, &painter)
        }
    }

    /// Paints the pixels whose centers are between two columns, with their fractions.
    @inline(__always)
    private func fill(
        from left: Double, to right: Double, row: Int, _ painter: inout some SpanPainter & ~Copyable
    ) {
        let first = Self.ceiling(left, from: 0, to: grid.columns)
        let last = 0 &- Self.ceiling(-right, from: 1 &- grid.columns, to: 1)
        if first <= last { painter.fill(from: first, to: last, row: row) }
    }

    /// Both edges where they are straight; nil if there is no such row, or they are too far outside the image.
    @inline(__always)
    private func lines(in rows: Range<Int>) -> EdgeDDA? {
        guard !rows.isEmpty else { return nil }
        let dy = grid.y(ofRow: rows.lowerBound) - upper.y
        return EdgeDDA(
            rows: rows, left: left.column + slope * dy, right: right.column + slope * dy, slope: slope * grid.rowPitch)
    }

    /// Where an edge is in a row, in columns; in a disc that is painted already, a run of a union may end anywhere.
    @inline(__always)
    private func column(_ edge: Edge, _ sign: Double, _ y: Double, _ takesUnion: Bool) -> Double {
        if y <= edge.straightFrom {
            return takesUnion && isUpperPainted ? grid.column(ofX: upper.x) : arc(around: upper, sign, y)
        }
        if y >= edge.straightTo {
            return takesUnion && isLowerPainted ? grid.column(ofX: lower.x) : arc(around: lower, sign, y)
        }
        return edge.column + slope * (y - upper.y)
    }

    @inline(__always)
    private func arc(around center: Point, _ sign: Double, _ y: Double) -> Double {
        grid.column(ofX: center.x) + sign * reach(y - center.y)
    }

    /// How far the disc around an end reaches to either side at a height `dy` from its center, in columns.
    @inline(__always)
    private func reach(_ dy: Double) -> Double {
        let square = radius * radius - dy * dy
        return (square > 0 ? square : 0).squareRoot() * grid.columnScale
    }

    /// The least integer that is not below `column`, but `lowest` or `highest` beyond these.
    @inline(__always)
    private static func ceiling(_ column: Double, from lowest: Int, to highest: Int) -> Int {
        let (lowest, highest) = (Double(lowest), Double(highest))
        // What is not a number becomes a limit.
        let low = column > lowest ? column : lowest
        let inside = low < highest ? low : highest
        // The sum has the nearest integer in its lowest bits; a conversion would be checked.
        let sum = inside + Self.shift
        let nearest = Int(truncatingIfNeeded: sum.bitPattern &- Self.shift.bitPattern)
        return sum - Self.shift < inside ? nearest &+ 1 : nearest
    }

    private static var shift: Double { 0x1.8p52 }
}
