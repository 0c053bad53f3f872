import PlaneGeometry

extension Capsule {
    /// Paints the pixels of the capsule that are in `rows`.
    ///
    /// From top to bottom, a capsule that is not nearly horizontal has three parts: rows in which an edge is an arc around
    /// the upper end, or already straight; rows in which both edges are straight; and rows in which an edge is an arc
    /// around the lower end, or still straight. There is one loop for each part, since where a loop ends is hard to
    /// predict; within it, nothing branches on the form of an edge.
    @inline(__always)
    func paint<Painter: SpanPainter>(_ rows: Range<Int>, _ painter: inout Painter) {
        let first = visible.lowerBound > rows.lowerBound ? visible.lowerBound : rows.lowerBound
        let end = visible.upperBound < rows.upperBound ? visible.upperBound : rows.upperBound
        guard first < end else { return }
        let visible = unsafe Range(uncheckedBounds: (first, end))
        if upper.y == lower.y {
            paintLevel(visible, firstRow: rows.lowerBound, &painter)
        } else {
            paintSloped(visible, firstRow: rows.lowerBound, &painter)
        }
    }

    @inline(__always)
    private func paintSloped<Painter: SpanPainter>(_ visible: Range<Int>, firstRow: Int, _ painter: inout Painter) {
        let pairs = RowPairs(firstRow: firstRow, grid: grid)
        let upperColumn = grid.column(ofX: upper.x)
        let lowerColumn = grid.column(ofX: lower.x)
        guard straight.lowerBound < straight.upperBound else {
            pairs.paint(visible, &painter) { y in
                let dy = y - upper.y
                let (upperReach, lowerReach) = (reach(dy), reach(y - lower.y))
                let way = slope * dy
                let isAboveLine = (left: y .<= left.straightFrom, right: y .<= right.straightFrom)
                let isOnLine = (left: y .< left.straightTo, right: y .< right.straightTo)
                return (
                    (lowerColumn - lowerReach)
                        .replacing(with: left.column + way, where: isOnLine.left)
                        .replacing(with: upperColumn - upperReach, where: isAboveLine.left),
                    (-lowerColumn - lowerReach)
                        .replacing(with: -right.column - way, where: isOnLine.right)
                        .replacing(with: -upperColumn - upperReach, where: isAboveLine.right)
                )
            }
            return
        }
        let top = min(straight.lowerBound, visible.upperBound)
        if visible.lowerBound < top {
            pairs.paint(unsafe Range(uncheckedBounds: (visible.lowerBound, top)), &painter) { y in
                let dy = y - upper.y
                let (reach, way) = (reach(dy), slope * dy)
                return (
                    (left.column + way).replacing(with: upperColumn - reach, where: y .<= left.straightFrom),
                    (-right.column - way).replacing(with: -upperColumn - reach, where: y .<= right.straightFrom)
                )
            }
        }
        let (middle, end) = (max(straight.lowerBound, visible.lowerBound), min(straight.upperBound, visible.upperBound))
        if middle < end {
            lines.paint(
                unsafe Range(uncheckedBounds: (middle, end)), columns: grid.columns, firstRow: firstRow, &painter)
        }
        let bottom = max(straight.upperBound, visible.lowerBound)
        if bottom < visible.upperBound {
            pairs.paint(unsafe Range(uncheckedBounds: (bottom, visible.upperBound)), &painter) { y in
                let reach = reach(y - lower.y)
                let way = slope * (y - upper.y)
                return (
                    (lowerColumn - reach).replacing(with: left.column + way, where: y .< left.straightTo),
                    (-lowerColumn - reach).replacing(with: -right.column - way, where: y .< right.straightTo)
                )
            }
        }
    }

    /// Paints rows of which the edges are computed, two at a time: a square root takes as long for two numbers as for one.
    private struct RowPairs {
        private let firstRow: Int
        private let rowPitch: Double
        private let columns: Double

        @inline(__always)
        init(firstRow: Int, grid: SampleGrid) {
            self.firstRow = firstRow
            rowPitch = grid.rowPitch
            columns = Double(grid.columns)
        }

        /// Paints the pixels between two fractional columns of each row.
        ///
        /// One row is in the upper half of the rows, the other one in the lower half. Both halves contain the middle one of
        /// an odd number of rows, which is painted twice: so nothing depends on whether the number is odd.
        ///
        /// - Parameters:
        ///   - rows: The rows; at least one.
        ///   - painter: Receives the spans.
        ///   - edges: Returns the left edge and the right one, which is negated, in the rows with two y.
        @inline(__always)
        func paint<Painter: SpanPainter>(
            _ rows: Range<Int>, _ painter: inout Painter,
            edges: (SIMD2<Double>) -> (left: SIMD2<Double>, right: SIMD2<Double>)
        ) {
            // A local copy stays in registers; what is behind `inout` is read again after each write of pixels.
            var local = painter
            let pairCount = (rows.upperBound &- rows.lowerBound &+ 1) &>> 1
            var row = rows.lowerBound &- firstRow
            let (end, distance) = (row &+ pairCount, rows.upperBound &- rows.lowerBound &- pairCount)
            var centers = SIMD2(Double(rows.lowerBound), Double(rows.upperBound &- pairCount)) + 0.5
            while row < end, !local.isFinished {
                let (left, right) = edges(centers * rowPitch)
                centers += 1
                // The last pixel is −⌈−right⌉, so both edges are rounded up.
                let first = Self.clamped(left, from: 0, to: columns).roundedUp
                let last = 0 &- Self.clamped(right, from: 1 - columns, to: 1).roundedUp
                local.fill(from: first, to: last, rows: (row, row &+ distance))
                row &+= 1
            }
            painter = local
        }

        /// Returns the columns clamped to `lowest` … `highest`; NaN becomes one of the limits.
        @inline(__always)
        private static func clamped(
            _ columns: SIMD2<Double>, from lowest: Double, to highest: Double
        ) -> SIMD2<Double> {
            // Lane by lane, the compiler finds the instructions for both at once.
            let low = SIMD2(columns.x > lowest ? columns.x : lowest, columns.y > lowest ? columns.y : lowest)
            return SIMD2(low.x < highest ? low.x : highest, low.y < highest ? low.y : highest)
        }
    }

    /// Paints the rows of a horizontal segment or a dot: the edges are arcs around the left and the right end.
    @inline(__always)
    private func paintLevel<Painter: SpanPainter>(_ visible: Range<Int>, firstRow: Int, _ painter: inout Painter) {
        let (left, right) = (
            grid.column(ofX: upper.x < lower.x ? upper.x : lower.x),
            grid.column(ofX: upper.x < lower.x ? lower.x : upper.x)
        )
        RowPairs(firstRow: firstRow, grid: grid).paint(visible, &painter) { y in
            let reach = reach(y - upper.y)
            return (left - reach, -right - reach)
        }
    }

    /// Returns the half-widths of the disc around an end, at vertical distances of `dy` from its center, in columns.
    @inline(__always)
    private func reach(_ dy: SIMD2<Double>) -> SIMD2<Double> {
        let squares = radius * radius - dy * dy
        return SIMD2(Self.root(squares.x), Self.root(squares.y)) * grid.columnScale
    }

    /// Returns the square root, or 0 for a number below 0.
    @inline(__always)
    private static func root(_ square: Double) -> Double { (square > 0 ? square : 0).squareRoot() }
}
