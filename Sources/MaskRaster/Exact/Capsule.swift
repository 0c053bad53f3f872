import PlaneGeometry

/// The points within a radius of a segment, rasterized row by row of a grid.
///
/// From top to bottom, the left edge of a capsule is an arc around the upper end, a straight line parallel to the segment,
/// and an arc around the lower end; so is the right edge.
struct Capsule {
    let grid: SampleGrid
    let radius: Double
    /// The ends of the segment, the upper one first.
    let upper: Point
    let lower: Point
    /// The rows of the image that have pixels to paint.
    let visible: Range<Int>
    let left: Edge
    let right: Edge
    /// The change in column of the straight edges per canvas px downwards.
    let slope: Double
    /// The rows in which both edges are straight, if `lines` can paint them; else none.
    let straight: Range<Int>
    /// Both edges in those rows.
    let lines: EdgeDDA

    struct Edge {
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
        let (upper, lower) = start.y <= end.y ? (start, end) : (end, start)
        (self.upper, self.lower) = (upper, lower)
        let step = lower - upper
        let length = step.length
        // The straight part of an edge starts at the end of the radius that is perpendicular to the segment. A horizontal
        // segment, or a dot, has no straight part: each of its edges is an arc around one of the ends.
        let rise = step.dy > 0 ? radius * (step.dx / length) : step.dx < 0 ? -.infinity : .infinity
        // Two divisions at once; not used for a horizontal segment.
        let ratios = SIMD2(step.dx, length) / step.dy
        slope = ratios.x * grid.columnScale
        let reach = radius * ratios.y * grid.columnScale
        let column = grid.column(ofX: upper.x)
        left = Edge(straightFrom: upper.y + rise, straightTo: lower.y + rise, column: column - reach)
        right = Edge(straightFrom: upper.y - rise, straightTo: lower.y - rise, column: column + reach)
        let isUpperPainted = continues && start.y <= end.y
        let isLowerPainted = continues && !isUpperPainted
        // Beyond both perpendicular radii there is only the disc.
        let discReach = min(rise.magnitude, radius)
        visible = grid.rows(
            from: upper.y - (isUpperPainted ? discReach : radius), to: lower.y + (isLowerPainted ? discReach : radius),
            within: grid.allRows)
        let rows = grid.rows(from: upper.y + rise.magnitude, to: lower.y - rise.magnitude, within: grid.allRows)
        let dy = grid.y(ofRow: rows.lowerBound) - upper.y
        let lines = EdgeDDA(
            rows: rows, left: left.column + slope * dy, right: right.column + slope * dy, slope: slope * grid.rowPitch)
        straight = lines == nil ? unsafe Range(uncheckedBounds: (0, 0)) : rows
        self.lines = lines ?? EdgeDDA()
    }
}

extension Span<Point> {
    /// Calls `body` with the capsule of each segment; a single point is a segment of length 0.
    @inline(__always)
    func forEachCapsule(radius: Double, on grid: SampleGrid, _ body: (Capsule) -> Void) {
        guard count > 1 else {
            if count == 1 {
                body(Capsule(from: self[0], to: self[0], radius: radius, continues: false, on: grid))
            }
            return
        }
        // Several capsules are prepared before the first of them is painted. What prepares one takes a chain of slow
        // operations, a square root and divisions; so the processor works on several chains at once. And when it paints, it
        // knows how many rows there are, which it cannot predict, as soon as it asks.
        unsafe withUnsafeTemporaryAllocation(of: Capsule.self, capacity: Capsule.batchCount) { batch in
            guard let batch = batch.baseAddress else { return }
            var start = 1
            while start < count {
                let batchCount = Swift.min(Capsule.batchCount, count &- start)
                for index in 0..<batchCount {
                    unsafe (batch + index).initialize(
                        to: Capsule(
                            from: self[unchecked: start &+ index &- 1], to: self[unchecked: start &+ index],
                            radius: radius, continues: start &+ index > 1, on: grid))
                }
                for index in 0..<batchCount { unsafe body(batch[index]) }
                start &+= batchCount
            }
        }
    }
}

extension Capsule {
    /// As many as fit in the kilobyte that a function may borrow from the stack.
    fileprivate static var batchCount: Int { 1024 / MemoryLayout<Capsule>.stride }
}
