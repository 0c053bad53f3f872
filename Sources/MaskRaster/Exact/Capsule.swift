import PlaneGeometry

/// The points within a radius of a segment, rasterized row by row of a grid.
///
/// From top to bottom, the left edge of a capsule is an arc around the upper end, a straight line parallel to the segment,
/// and an arc around the lower end; so is the right edge.
struct Capsule {
    private let grid: SampleGrid
    private let radius: Double
    /// The ends of the segment, the upper one first.
    let upper: Point
    let lower: Point
    /// The range of y that has pixels to paint, in canvas px.
    private let minY: Double
    private let maxY: Double
    /// Whether the disc around an end is already painted.
    private let isUpperPainted: Bool
    private let isLowerPainted: Bool
    private let left: Edge
    private let right: Edge
    /// Whether all columns of the capsule are within the image, so that spans need not be clamped.
    private let isInside: Bool
    /// The change in column of the straight edges per canvas px downwards.
    private let slope: Double

    private struct Edge {
        /// The range of y where the edge is straight.
        let straightFrom: Double
        let straightTo: Double
        /// The column of the straight edge at the y of the upper end.
        let column: Double
    }

    /// Creates the capsule of a segment.
    ///
    /// - Parameters:
    ///   - start: One end of the segment, in canvas px.
    ///   - end: The other end, in canvas px.
    ///   - radius: The radius, in canvas px.
    ///   - continues: Whether the disc around `start` is already painted, as the end of the previous capsule; rows with
    ///     nothing else are then skipped.
    ///   - grid: The pixel centers.
    @inline(__always)
    init(from start: Point, to end: Point, radius: Double, continues: Bool, on grid: SampleGrid) {
        self.grid = grid
        self.radius = radius
        (upper, lower) = start.y <= end.y ? (start, end) : (end, start)
        let step = lower - upper
        let length = step.length
        // The straight part of an edge starts at the end of the radius that is perpendicular to the segment. A horizontal
        // segment, or a dot, has no straight part: each of its edges is an arc around one of the ends.
        let rise = step.dy > 0 ? radius * (step.dx / length) : step.dx < 0 ? -.infinity : .infinity
        // Not used for a horizontal segment.
        slope = step.dx / step.dy * grid.columnScale
        let reach = radius * (length / step.dy) * grid.columnScale
        let column = grid.column(ofX: upper.x)
        left = Edge(straightFrom: upper.y + rise, straightTo: lower.y + rise, column: column - reach)
        right = Edge(straightFrom: upper.y - rise, straightTo: lower.y - rise, column: column + reach)
        isInside =
            grid.column(ofX: min(upper.x, lower.x) - radius) >= 0
            && grid.column(ofX: max(upper.x, lower.x) + radius) <= Double(grid.columns - 1)
        isUpperPainted = continues && start.y <= end.y
        isLowerPainted = continues && !isUpperPainted
        // Beyond both perpendicular radii there is only the disc.
        let discReach = min(rise.magnitude, radius)
        minY = upper.y - (isUpperPainted ? discReach : radius)
        maxY = lower.y + (isLowerPainted ? discReach : radius)
    }

    /// Paints the pixels of the capsule that are in `rows`.
    ///
    /// From top to bottom, a capsule has up to five kinds of rows: both edges are arcs around the upper end; one edge is;
    /// both are straight (or one is an arc around the upper end and the other an arc around the lower end); one is an arc
    /// around the lower end; both are. One loop per kind avoids branches that are hard to predict.
    @inline(__always)
    func paint<Painter: SpanPainter & ~Copyable>(_ rows: Range<Int>, _ painter: inout Painter) {
        let visible = grid.rows(from: minY, to: maxY).clamped(to: rows)
        if upper.y == lower.y { return paintLevel(visible, firstRow: rows.lowerBound, &painter) }
        let straight = grid.rows(
            from: max(left.straightFrom, right.straightFrom), to: min(left.straightTo, right.straightTo))
        let lines = lines(in: straight)
        let firstStraight = lines == nil ? visible.upperBound : straight.lowerBound
        // The edge with the longer arc around the upper end ends in the shorter arc around the lower end.
        let bendsLeft = left.straightFrom > right.straightFrom
        let (late, early) = bendsLeft ? (left, right) : (right, left)
        let isUpperPainted = Painter.formsUnion && isUpperPainted
        let isLowerPainted = Painter.formsUnion && isLowerPainted
        let (upperColumn, lowerColumn) = (grid.column(ofX: upper.x), grid.column(ofX: lower.x))

        var loop = RowLoop(
            row: visible.lowerBound, end: min(firstStraight, visible.upperBound), firstRow: rows.lowerBound, grid: grid)
        loop.run(while: { $0 <= early.straightFrom }) { y, row in
            if isUpperPainted { return }
            let reach = reach(y - upper.y)
            fill(from: upperColumn - reach, to: upperColumn + reach, row: row, &painter)
        }
        loop.run(while: { $0 <= late.straightFrom && $0 < early.straightTo }) { y, row in
            fill(
                bendsLeft, arc: upperColumn, reach: isUpperPainted ? 0 : reach(y - upper.y),
                other: early.column + slope * (y - upper.y), row: row, &painter)
        }
        // For rows without lines, or that rounding leaves between two kinds.
        let paintStraight = { (y: Double, row: Int, painter: inout Painter) in
            fill(
                from: left.column + slope * (y - upper.y), to: right.column + slope * (y - upper.y), row: row, &painter)
        }
        loop.run(while: { $0 > late.straightFrom && $0 < early.straightTo }) { paintStraight($0, $1, &painter) }
        loop.end = visible.upperBound
        if let lines, straight.contains(loop.row) {
            let end = min(straight.upperBound, visible.upperBound)
            lines.paint(loop.row..<max(end, loop.row), columns: grid.columns, firstRow: rows.lowerBound, &painter)
            loop.skip(to: end)
            loop.run(while: { $0 < early.straightTo }) { paintStraight($0, $1, &painter) }
        }
        loop.run(while: { $0 <= late.straightFrom }) { y, row in
            let lowerReach = isLowerPainted ? 0 : reach(y - lower.y)
            fill(
                bendsLeft, arc: upperColumn, reach: isUpperPainted ? 0 : reach(y - upper.y),
                other: lowerColumn + (bendsLeft ? lowerReach : -lowerReach), row: row, &painter)
        }
        loop.run(while: { $0 < late.straightTo }) { y, row in
            fill(
                !bendsLeft, arc: lowerColumn, reach: isLowerPainted ? 0 : reach(y - lower.y),
                other: late.column + slope * (y - upper.y), row: row, &painter)
        }
        if isLowerPainted { return }
        loop.run(while: { _ in true }) { y, row in
            let reach = reach(y - lower.y)
            fill(from: lowerColumn - reach, to: lowerColumn + reach, row: row, &painter)
        }
    }

    /// A loop over rows that continues from one kind of rows to the next.
    private struct RowLoop {
        private(set) var row: Int
        var end: Int
        private var center: Double
        private let firstRow: Int
        private let rowPitch: Double

        @inline(__always)
        init(row: Int, end: Int, firstRow: Int, grid: SampleGrid) {
            self.row = row
            self.end = end
            self.firstRow = firstRow
            center = Double(row) + 0.5
            rowPitch = grid.rowPitch
        }

        @inline(__always)
        mutating func skip(to row: Int) {
            self.row = row
            center = Double(row) + 0.5
        }

        /// Calls `paint` with the y and the index of each row while its y meets the condition.
        @inline(__always)
        mutating func run(while condition: (Double) -> Bool, paint: (Double, Int) -> Void) {
            while row < end {
                let y = center * rowPitch
                guard condition(y) else { return }
                paint(y, row &- firstRow)
                row &+= 1
                center += 1
            }
        }
    }

    /// Paints a row between an arc and another edge.
    ///
    /// - Parameters:
    ///   - isLeft: Whether the arc is the left edge.
    ///   - column: The column of the center of the arc.
    ///   - reach: The distance of the arc from its center, in columns.
    ///   - other: The column of the other edge.
    ///   - row: The row, from the first row to paint.
    ///   - painter: Receives the span.
    @inline(__always)
    private func fill(
        _ isLeft: Bool, arc column: Double, reach: Double, other: Double, row: Int,
        _ painter: inout some SpanPainter & ~Copyable
    ) {
        let arc = isLeft ? column - reach : column + reach
        fill(from: isLeft ? arc : other, to: isLeft ? other : arc, row: row, &painter)
    }

    /// Paints the rows of a horizontal segment or a dot: the edges are arcs around the left and the right end.
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

    /// Paints the pixels with centers between two fractional columns.
    @inline(__always)
    private func fill(
        from left: Double, to right: Double, row: Int, _ painter: inout some SpanPainter & ~Copyable
    ) {
        // Both ends at once: the last column is −⌈−right⌉.
        var ends = SIMD2(left, -right)
        if !isInside {
            let columns = Double(grid.columns)
            ends = Self.clamped(ends, from: SIMD2(0, 1 - columns), to: SIMD2(columns, 1))
        }
        let columns = Self.ceiling(ends)
        let (first, last) = (Int(truncatingIfNeeded: columns.x), 0 &- Int(truncatingIfNeeded: columns.y))
        if first <= last { painter.fill(from: first, to: last, row: row) }
    }

    /// Returns both edges where they are straight; nil if there is no such row, or if they are too far from the image.
    @inline(__always)
    private func lines(in rows: Range<Int>) -> EdgeDDA? {
        guard !rows.isEmpty else { return nil }
        let dy = grid.y(ofRow: rows.lowerBound) - upper.y
        return EdgeDDA(
            rows: rows, left: left.column + slope * dy, right: right.column + slope * dy, slope: slope * grid.rowPitch)
    }

    /// Returns the half-width of the disc around an end, at a vertical distance of `dy` from its center, in columns.
    @inline(__always)
    private func reach(_ dy: Double) -> Double {
        let square = radius * radius - dy * dy
        return (square > 0 ? square : 0).squareRoot() * grid.columnScale
    }

    /// Returns the columns clamped to `lowest` … `highest`; NaN becomes one of the limits.
    @inline(__always)
    private static func clamped(
        _ columns: SIMD2<Double>, from lowest: SIMD2<Double>, to highest: SIMD2<Double>
    ) -> SIMD2<Double> {
        let low = lowest.replacing(with: columns, where: columns .> lowest)
        return highest.replacing(with: low, where: low .< highest)
    }

    /// Returns ⌈`columns`⌉ for columns below 2⁵¹ in magnitude.
    @inline(__always)
    private static func ceiling(_ columns: SIMD2<Double>) -> SIMD2<Int64> {
        // The low bits of the sum are the nearest integer; an ordinary conversion would be checked for overflow.
        let shift = SIMD2<Double>(repeating: 0x1.8p52)
        let sum = columns + shift
        let nearest = unsafe unsafeBitCast(sum, to: SIMD2<Int64>.self) &- unsafeBitCast(shift, to: SIMD2<Int64>.self)
        return nearest.replacing(with: nearest &+ 1, where: (sum - shift) .< columns)
    }
}
