import PlaneGeometry

extension Capsule {
    /// Paints the pixels of the capsule that are in `rows`.
    ///
    /// From top to bottom, a capsule has up to five kinds of rows: both edges are arcs around the upper end; one edge is;
    /// both are straight (or one is an arc around the upper end and the other an arc around the lower end); one is an arc
    /// around the lower end; both are. One loop per kind avoids branches that are hard to predict.
    ///
    /// The *late* edge is the one with the longer arc around the upper end, so it is the last to become straight; it ends
    /// in the shorter arc around the lower end. The other edge is the *early* one.
    @inline(__always)
    func paint<Painter: SpanPainter>(_ rows: Range<Int>, _ painter: inout Painter) {
        let visible = grid.rows(from: minY, to: maxY, within: rows)
        guard !visible.isEmpty else { return }
        // A local copy stays in registers; what is behind `inout` is read again after each write of pixels.
        var local = painter
        if upper.y == lower.y {
            paintLevel(visible, firstRow: rows.lowerBound, &local)
        } else {
            paintSloped(visible, in: rows, &local)
        }
        painter = local
    }

    @inline(__always)
    private func paintSloped<Painter: SpanPainter>(
        _ visible: Range<Int>, in rows: Range<Int>, _ painter: inout Painter
    ) {
        let isLeftLate = left.straightFrom > right.straightFrom
        let late = isLeftLate ? left : right
        let early = isLeftLate ? right : left
        let straight = grid.rows(from: late.straightFrom, to: early.straightTo, within: grid.allRows)
        let lines = lines(in: straight)
        let firstStraight = lines == nil ? visible.upperBound : straight.lowerBound
        let ends = SpanEnds(isLeftFirst: isLeftLate, isInside: isInside, columns: grid.columns)
        // Columns and slopes of the late edge are negated if it is the right one, those of the early edge if it is not.
        let sign = isLeftLate ? 1.0 : -1.0
        let lateSlope = sign * slope
        let lateColumn = sign * late.column
        let earlyColumn = -sign * early.column
        let lateUpper = sign * grid.column(ofX: upper.x)
        let lateLower = sign * grid.column(ofX: lower.x)
        let isUpperPainted = Painter.formsUnion && isUpperPainted
        let isLowerPainted = Painter.formsUnion && isLowerPainted

        var loop = RowLoop(
            row: visible.lowerBound, end: min(firstStraight, visible.upperBound), firstRow: rows.lowerBound, grid: grid)
        loop.run(&painter, while: { $0 <= early.straightFrom }) { y, row, painter in
            if isUpperPainted { return }
            let reach = reach(y - upper.y)
            ends.fill(lateUpper - reach, -lateUpper - reach, row: row, &painter)
        }
        loop.run(&painter, while: { $0 <= late.straightFrom && $0 < early.straightTo }) { y, row, painter in
            let dy = y - upper.y
            ends.fill(
                lateUpper - (isUpperPainted ? 0 : reach(dy)), earlyColumn - lateSlope * dy, row: row, &painter)
        }
        // For rows without lines, or that rounding leaves between two kinds.
        let paintStraight = { (y: Double, row: Int, painter: inout Painter) in
            let way = lateSlope * (y - upper.y)
            ends.fill(lateColumn + way, earlyColumn - way, row: row, &painter)
        }
        loop.run(&painter, while: { $0 > late.straightFrom && $0 < early.straightTo }) { paintStraight($0, $1, &$2) }
        loop.end = visible.upperBound
        if let lines, straight.contains(loop.row) {
            let end = min(straight.upperBound, visible.upperBound)
            if loop.row < end {
                lines.paint(loop.row..<end, columns: grid.columns, firstRow: rows.lowerBound, &painter)
                loop.skip(to: end)
            }
            loop.run(&painter, while: { $0 < early.straightTo }) { paintStraight($0, $1, &$2) }
        }
        loop.run(&painter, while: { $0 <= late.straightFrom }) { y, row, painter in
            ends.fill(
                lateUpper - (isUpperPainted ? 0 : reach(y - upper.y)),
                -lateLower - (isLowerPainted ? 0 : reach(y - lower.y)), row: row, &painter)
        }
        loop.run(&painter, while: { $0 < late.straightTo }) { y, row, painter in
            ends.fill(
                lateColumn + lateSlope * (y - upper.y), -lateLower - (isLowerPainted ? 0 : reach(y - lower.y)),
                row: row, &painter)
        }
        if isLowerPainted { return }
        loop.run(&painter, while: { _ in true }) { y, row, painter in
            let reach = reach(y - lower.y)
            ends.fill(lateLower - reach, -lateLower - reach, row: row, &painter)
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
        mutating func run<Painter: SpanPainter>(
            _ painter: inout Painter, while condition: (Double) -> Bool,
            paint: (_ y: Double, _ row: Int, inout Painter) -> Void
        ) {
            while row < end {
                let y = center * rowPitch
                guard condition(y), !painter.isFinished else { return }
                paint(y, row &- firstRow, &painter)
                row &+= 1
                center += 1
            }
        }
    }

    /// Paints the rows of a horizontal segment or a dot: the edges are arcs around the left and the right end.
    @inline(__always)
    private func paintLevel<Painter: SpanPainter>(_ visible: Range<Int>, firstRow: Int, _ painter: inout Painter) {
        let isUpperLeft = upper.x <= lower.x
        let (leftX, rightX) = isUpperLeft ? (upper.x, lower.x) : (lower.x, upper.x)
        let isPainted = (
            left: Painter.formsUnion && (isUpperLeft ? isUpperPainted : isLowerPainted),
            right: Painter.formsUnion && (isUpperLeft ? isLowerPainted : isUpperPainted)
        )
        let ends = SpanEnds(isLeftFirst: true, isInside: isInside, columns: grid.columns)
        let (left, right) = (grid.column(ofX: leftX), grid.column(ofX: rightX))
        for row in visible where !painter.isFinished {
            let reach = reach(grid.y(ofRow: row) - upper.y)
            ends.fill(
                left - (isPainted.left ? 0 : reach), -right - (isPainted.right ? 0 : reach), row: row &- firstRow,
                &painter)
        }
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
}
