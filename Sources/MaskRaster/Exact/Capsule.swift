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
    /// The range of y that has pixels to paint, in canvas px.
    let minY: Double
    let maxY: Double
    /// Whether the disc around an end is already painted.
    let isUpperPainted: Bool
    let isLowerPainted: Bool
    let left: Edge
    let right: Edge
    /// Whether all columns of the capsule are within the image, so that spans need not be clamped.
    let isInside: Bool
    /// The change in column of the straight edges per canvas px downwards.
    let slope: Double

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
}
