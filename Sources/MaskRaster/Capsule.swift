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
    @inline(__always)
    func paint<Painter: SpanPainter & ~Copyable>(_ rows: Range<Int>, _ painter: inout Painter) {
        let visible = grid.rows(from: minY, to: maxY).clamped(to: rows)
        let straight = grid.rows(
            from: max(left.straightFrom, right.straightFrom), to: min(left.straightTo, right.straightTo))
        let lines = lines(in: straight)
        var row = visible.lowerBound
        while row < visible.upperBound {
            if let lines, straight.contains(row) {
                let end = min(straight.upperBound, visible.upperBound)
                lines.paint(row..<end, columns: grid.columns, firstRow: rows.lowerBound, &painter)
                row = end
                continue
            }
            let y = grid.y(ofRow: row)
            let first = Self.ceiling(column(left, -1, y, Painter.takesUnion), from: 0, to: grid.columns)
            let last = 0 &- Self.ceiling(-column(right, 1, y, Painter.takesUnion), from: 1 &- grid.columns, to: 1)
            if first <= last { painter.fill(from: first, to: last, row: row &- rows.lowerBound) }
            row &+= 1
        }
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
        let dy = y - center.y
        let square = radius * radius - dy * dy
        let reach = (square > 0 ? square : 0).squareRoot()
        return grid.column(ofX: center.x) + sign * (reach * grid.columnScale)
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

extension Polyline {
    /// Calls `body` with each segment's capsule; a single point is a segment that ends where it starts.
    @inline(__always)
    func forEachCapsule(radius: Double, on grid: SampleGrid, _ body: (Capsule) -> Void) {
        for index in 0..<max(points.count - 1, 1) {
            body(
                Capsule(
                    from: points[index], to: points[min(index + 1, points.count - 1)], radius: radius,
                    continues: index > 0, on: grid))
        }
    }
}
