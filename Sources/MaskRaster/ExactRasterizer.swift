public import MaskModel
import PlaneGeometry

/// The exact rule as code: a pixel is hole if and only if its centre lies within half the width of a stroke's path.
///
/// The centre of pixel (i, j) of a picture of w × h px is the point ((i + ½)·W/w, (j + ½)·H/h) of the canvas of W × H.
/// A stroke is a disc around its first point, and for each segment the rectangle along it and the disc around its end.
/// All of a segment lies within its capsule, which is convex; so from the leftmost to the rightmost of its points in a
/// row, all is hole: one run.
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
            for stroke in mask.strokes { stroke.paint(grid, rows, &painter) }
        }
    }
}

/// Takes the runs of pixels that make a hole; they overlap where strokes do.
protocol RunPainter: ~Copyable {
    /// Takes the pixels from `first` to `last` of `row`, which is counted from the first row that is painted.
    mutating func fill(from first: Int, to last: Int, row: Int)
}

extension Raster.Painter: RunPainter {}

extension BrushStroke {
    /// Paints those of the stroke's pixels that are in `rows`.
    @inline(__always)
    func paint(_ grid: CentreGrid, _ rows: Range<Int>, _ painter: inout some RunPainter & ~Copyable) {
        let points = path.points
        let radius = width / 2
        Disc(centre: points[0], radius: radius).paint(grid, rows, &painter)
        for index in 0..<points.count - 1 {
            Segment(start: points[index], end: points[index + 1], radius: radius).paint(grid, rows, &painter)
        }
    }
}

/// Where on the canvas the pixel centres of a picture lie.
struct CentreGrid {
    /// px of the canvas from one row of centres to the next.
    let rowPitch: Double
    /// px of the picture for one px of the canvas.
    let columnScale: Double
    let lastColumn: Double

    init(canvas: PixelSize, size: PixelSize) {
        self.init(canvas: canvas, columns: size.width, rows: size.height)
    }

    /// The grid of a picture of any number of columns and rows.
    init(canvas: PixelSize, columns: Int, rows: Int) {
        rowPitch = Double(canvas.height) / Double(rows)
        columnScale = Double(columns) / Double(canvas.width)
        lastColumn = Double(columns - 1)
    }

    @inline(__always)
    func y(ofRow row: Int) -> Double { (Double(row) + 0.5) * rowPitch }

    /// The rows among `limits` whose centres lie within `minY` and `maxY`.
    func rows(from minY: Double, to maxY: Double, within limits: Range<Int>) -> Range<Int> {
        let first = max((minY / rowPitch - 0.5).rounded(.up), Double(limits.lowerBound))
        let last = min((maxY / rowPitch - 0.5).rounded(.down), Double(limits.upperBound - 1))
        return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
    }

    /// Makes hole the pixels of `row`, counted from the first that is painted, whose centres lie within `minX` and
    /// `maxX`.
    @inline(__always)
    func fill(from minX: Double, to maxX: Double, row: Int, _ painter: inout some RunPainter & ~Copyable) {
        let first = max(minX * columnScale - 0.5, 0)
        let last = min(maxX * columnScale - 0.5, lastColumn)
        guard first <= last else { return }
        // Both are in range and not negative, where a conversion rounds down; it is faster than `rounded`.
        let low = Int(first)
        let firstColumn = Double(low) < first ? low &+ 1 : low
        let lastColumn = Int(last)
        guard firstColumn <= lastColumn else { return }
        painter.fill(from: firstColumn, to: lastColumn, row: row)
    }
}

/// The points within `radius` of `centre`.
struct Disc {
    let centre: Point
    let radius: Double

    func paint(_ grid: CentreGrid, _ rows: Range<Int>, _ painter: inout some RunPainter & ~Copyable) {
        for row in grid.rows(from: centre.y - radius, to: centre.y + radius, within: rows) {
            let dy = grid.y(ofRow: row) - centre.y
            let squaredReach = radius * radius - dy * dy
            guard squaredReach >= 0 else { continue }
            let reach = squaredReach.squareRoot()
            grid.fill(from: centre.x - reach, to: centre.x + reach, row: row &- rows.lowerBound, &painter)
        }
    }
}

/// The rectangle along a segment, and the disc around its end.
///
/// In coordinates from the start of the segment, a point (x, y) of the rectangle satisfies
/// |step × (x, y)| ≤ radius · length and 0 ≤ step · (x, y) ≤ length². Solved for x at one y, each is an interval whose
/// ends are linear in y.
struct Segment {
    private let start: Point
    private let step: Vector
    private let radius: Double
    private let squaredRadius: Double
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
        // A horizontal segment: every row that it reaches is within the radius.
        acrossSlope = step.dy == 0 ? 0 : step.dx / step.dy
        acrossReach = step.dy == 0 ? .infinity : radius * squaredLength.squareRoot() / step.dy.magnitude
        // A vertical segment: the rows between its ends, all x.
        alongSlope = step.dx == 0 ? 0 : -step.dy / step.dx
        let reach = step.dx == 0 ? .infinity : squaredLength / step.dx
        alongLow = step.dx == 0 ? -.infinity : min(0, reach)
        alongHigh = max(0, reach)
    }

    /// Makes hole the pixels among `rows` whose centres belong to the segment.
    func paint(_ grid: CentreGrid, _ rows: Range<Int>, _ painter: inout some RunPainter & ~Copyable) {
        let minY = start.y + min(step.dy, 0) - radius
        let maxY = start.y + max(step.dy, 0) + radius
        let isVertical = step.dx == 0
        for row in grid.rows(from: minY, to: maxY, within: rows) {
            let dy = grid.y(ofRow: row) - start.y
            let endDY = dy - step.dy
            var low = max(acrossSlope * dy - acrossReach, alongSlope * dy + alongLow)
            var high = min(acrossSlope * dy + acrossReach, alongSlope * dy + alongHigh)
            // Not here, or beyond its ends, where a vertical segment has nothing but its disc.
            if low > high || isVertical && dy * endDY > 0 { (low, high) = (.infinity, -.infinity) }
            let squaredReach = squaredRadius - endDY * endDY
            if squaredReach >= 0 {
                let reach = squaredReach.squareRoot()
                low = min(low, step.dx - reach)
                high = max(high, step.dx + reach)
            }
            grid.fill(from: start.x + low, to: start.x + high, row: row &- rows.lowerBound, &painter)
        }
    }
}
