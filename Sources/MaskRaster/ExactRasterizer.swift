public import MaskModel
import PlaneGeometry

/// The exact rule as code: a pixel is hole if and only if its centre lies within half the width of a stroke's path.
///
/// The centre of pixel (i, j) of a picture of w × h px is the point ((i + ½)·W/w, (j + ½)·H/h) of the canvas of W × H.
/// A stroke is a union of capsules, one for each segment; a capsule is convex, so it meets a row of centres in one run.
public struct ExactRasterizer: MaskRasterizer, Sendable {
    /// True: it is the rule.
    public static let followsExactRule = true

    /// A rasteriser; it keeps nothing from mask to mask.
    public init() {}

    /// Draws rows of a picture by the exact rule; see `MaskRasterizer`.
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout Raster
    ) throws(RasterizerFailure) {
        try raster.reset(to: rows, of: size)
        let grid = CentreGrid(canvas: mask.canvas, size: size)
        raster.paint { painter in
            for stroke in mask.strokes {
                let points = stroke.path.points
                let radius = stroke.width / 2
                if points.count == 1 {
                    Capsule(start: points[0], end: points[0], radius: radius).paint(grid, rows, &painter)
                }
                for index in 0..<points.count - 1 {
                    Capsule(start: points[index], end: points[index + 1], radius: radius).paint(grid, rows, &painter)
                }
            }
        }
    }
}

/// Where on the canvas the pixel centres of a picture lie.
private struct CentreGrid {
    /// px of the canvas from one row of centres to the next.
    let rowPitch: Double
    /// px of the picture for one px of the canvas.
    let columnScale: Double
    let lastColumn: Double

    init(canvas: PixelSize, size: PixelSize) {
        rowPitch = Double(canvas.height) / Double(size.height)
        columnScale = Double(size.width) / Double(canvas.width)
        lastColumn = Double(size.width - 1)
    }

    @inline(__always)
    func y(ofRow row: Int) -> Double { (Double(row) + 0.5) * rowPitch }

    /// The rows among `limits` whose centres lie within `minY` and `maxY`.
    func rows(from minY: Double, to maxY: Double, within limits: Range<Int>) -> Range<Int> {
        let first = max((minY / rowPitch - 0.5).rounded(.up), Double(limits.lowerBound))
        let last = min((maxY / rowPitch - 0.5).rounded(.down), Double(limits.upperBound - 1))
        return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
    }

    /// The columns whose centres lie within `minX` and `maxX`.
    @inline(__always)
    func columns(from minX: Double, to maxX: Double) -> ClosedRange<Int>? {
        let first = max(minX * columnScale - 0.5, 0)
        let last = min(maxX * columnScale - 0.5, lastColumn)
        guard first <= last else { return nil }
        // Both are in range and not negative, where a conversion rounds down; it is faster than `rounded`.
        let low = Int(first)
        let firstColumn = Double(low) < first ? low &+ 1 : low
        let lastColumn = Int(last)
        return firstColumn <= lastColumn ? firstColumn...lastColumn : nil
    }
}

/// The points within `radius` of a segment; a disc if its ends are one point.
///
/// In coordinates from the start of the segment, a point (x, y) of the rectangle between the two end discs satisfies
/// |step × (x, y)| ≤ radius · length and 0 ≤ step · (x, y) ≤ length². Solved for x at one y, each is an interval whose
/// ends are linear in y.
private struct Capsule {
    private let start: Point
    private let step: Vector
    private let radius: Double
    private let squaredRadius: Double
    private let hasLength: Bool
    /// |x − acrossSlope · y| ≤ acrossReach
    private let acrossSlope: Double
    private let acrossReach: Double
    /// alongLow ≤ x − alongSlope · y ≤ alongHigh
    private let alongSlope: Double
    private let alongLow: Double
    private let alongHigh: Double

    init(start: Point, end: Point, radius: Double) {
        self.start = start
        self.radius = radius
        squaredRadius = radius * radius
        step = end - start
        let squaredLength = step.squaredLength
        hasLength = squaredLength > 0
        // A horizontal segment: every row that the capsule reaches is within the radius.
        acrossSlope = step.dy == 0 ? 0 : step.dx / step.dy
        acrossReach = step.dy == 0 ? .infinity : radius * squaredLength.squareRoot() / step.dy.magnitude
        // A vertical segment: the rows between its ends, all x.
        alongSlope = step.dx == 0 ? 0 : -step.dy / step.dx
        let reach = step.dx == 0 ? .infinity : squaredLength / step.dx
        alongLow = step.dx == 0 ? -.infinity : min(0, reach)
        alongHigh = max(0, reach)
    }

    /// Makes hole the pixels among `rows` whose centres belong to the capsule.
    @inline(__always)
    func paint(_ grid: CentreGrid, _ rows: Range<Int>, _ painter: inout Raster.Painter) {
        let minY = start.y + min(step.dy, 0) - radius
        let maxY = start.y + max(step.dy, 0) + radius
        for row in grid.rows(from: minY, to: maxY, within: rows) {
            let run = run(atDY: grid.y(ofRow: row) - start.y)
            if let columns = grid.columns(from: start.x + run.low, to: start.x + run.high) {
                painter.fill(columns: columns, row: row &- rows.lowerBound)
            }
        }
    }

    /// The x, from the start of the segment, that belong to the capsule at one y: the hull of what the two discs and
    /// the rectangle give there. None if `low` > `high`.
    @inline(__always)
    private func run(atDY dy: Double) -> (low: Double, high: Double) {
        var low = Double.infinity
        var high = -Double.infinity
        let squaredReach = squaredRadius - dy * dy
        if squaredReach >= 0 {
            high = squaredReach.squareRoot()
            low = -high
        }
        guard hasLength else { return (low, high) }
        let endDY = dy - step.dy
        let squaredEndReach = squaredRadius - endDY * endDY
        if squaredEndReach >= 0 {
            let reach = squaredEndReach.squareRoot()
            low = min(low, step.dx - reach)
            high = max(high, step.dx + reach)
        }
        // Beyond its ends, a vertical segment has nothing but its discs.
        if step.dx == 0, dy * endDY > 0 { return (low, high) }
        let first = max(acrossSlope * dy - acrossReach, alongSlope * dy + alongLow)
        let last = min(acrossSlope * dy + acrossReach, alongSlope * dy + alongHigh)
        if first <= last {
            low = min(low, first)
            high = max(high, last)
        }
        return (low, high)
    }
}
