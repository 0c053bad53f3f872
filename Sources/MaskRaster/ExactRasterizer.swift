public import MaskModel
import PlaneGeometry

/// The exact rule as code: a pixel is hole if and only if its centre lies within half the width of a stroke's path.
///
/// The centre of pixel (i, j) of a picture of w × h px is the point ((i + ½)·W/w, (j + ½)·H/h) of the canvas of W × H.
/// A stroke is a union of capsules, one for each segment; a capsule is convex, so it meets a row of centres in one run.
public struct ExactRasterizer: MaskRasterizer, Sendable {
    /// A rasteriser; it keeps nothing from mask to mask.
    public init() {}

    /// Draws rows of a picture by the exact rule; see `MaskRasterizer`.
    public mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout Raster
    ) throws(RasterizerFailure) {
        try raster.reset(to: rows, of: size)
        for stroke in mask.strokes {
            let grid = CentreGrid(canvas: mask.canvas, size: size)
            let points = stroke.path.points
            for index in 0..<max(points.count - 1, 1) {
                let capsule = Capsule(
                    start: points[index], end: points[min(index + 1, points.count - 1)], radius: stroke.width / 2)
                for row in grid.rows(from: capsule.minY, to: capsule.maxY, within: rows) {
                    guard let run = capsule.run(atY: grid.y(ofRow: row)),
                        let columns = grid.columns(from: run.lowerBound, to: run.upperBound)
                    else { continue }
                    raster.fill(columns: columns, row: row - rows.lowerBound)
                }
            }
        }
    }
}

/// Where on the canvas the pixel centres of a picture lie.
private struct CentreGrid {
    /// px of the canvas from one centre to the next.
    let columnPitch: Double
    let rowPitch: Double
    let lastColumn: Double

    init(canvas: PixelSize, size: PixelSize) {
        columnPitch = Double(canvas.width) / Double(size.width)
        rowPitch = Double(canvas.height) / Double(size.height)
        lastColumn = Double(size.width - 1)
    }

    func y(ofRow row: Int) -> Double { (Double(row) + 0.5) * rowPitch }

    /// The rows among `limits` whose centres lie within `minY` and `maxY`.
    func rows(from minY: Double, to maxY: Double, within limits: Range<Int>) -> Range<Int> {
        let first = max((minY / rowPitch - 0.5).rounded(.up), Double(limits.lowerBound))
        let last = min((maxY / rowPitch - 0.5).rounded(.down), Double(limits.upperBound - 1))
        return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
    }

    /// The columns whose centres lie within `minX` and `maxX`.
    func columns(from minX: Double, to maxX: Double) -> ClosedRange<Int>? {
        let first = max((minX / columnPitch - 0.5).rounded(.up), 0)
        let last = min((maxX / columnPitch - 0.5).rounded(.down), lastColumn)
        return first <= last ? Int(first)...Int(last) : nil
    }
}

/// The points within `radius` of a segment; a disc if its ends are one point.
private struct Capsule {
    let start: Point
    let step: Vector
    let radius: Double
    let length: Double
    let minY: Double
    let maxY: Double

    init(start: Point, end: Point, radius: Double) {
        self.start = start
        self.radius = radius
        step = end - start
        length = step.length
        minY = min(start.y, end.y) - radius
        maxY = max(start.y, end.y) + radius
    }

    /// The x that belong to the capsule at one y: the hull of what the two end discs and the rectangle between them
    /// give there.
    func run(atY y: Double) -> ClosedRange<Double>? {
        let dy = y - start.y
        var low = Double.infinity
        var high = -Double.infinity
        func include(from first: Double, to last: Double) {
            guard first <= last else { return }
            low = min(low, first)
            high = max(high, last)
        }
        func includeDisc(centreDX: Double, centreDY: Double) {
            let squaredReach = radius * radius - centreDY * centreDY
            guard squaredReach >= 0 else { return }
            let reach = squaredReach.squareRoot()
            include(from: centreDX - reach, to: centreDX + reach)
        }
        includeDisc(centreDX: 0, centreDY: dy)
        if length > 0 {
            includeDisc(centreDX: step.dx, centreDY: dy - step.dy)
            // At (x, dy) from the start: across = |step × (x, dy)| ≤ radius · length, along = 0 ≤ step · (x, dy) ≤ length².
            let across = Self.interval(
                slope: step.dy, from: step.dx * dy - radius * length, to: step.dx * dy + radius * length)
            let along = Self.interval(slope: step.dx, from: -step.dy * dy, to: length * length - step.dy * dy)
            include(from: max(across.0, along.0), to: min(across.1, along.1))
        }
        return low <= high ? start.x + low...start.x + high : nil
    }

    /// The x with `first` ≤ slope · x ≤ `last`: all or none of them where the slope is 0.
    private static func interval(slope: Double, from first: Double, to last: Double) -> (Double, Double) {
        if slope == 0 {
            return first <= 0 && last >= 0 ? (-.infinity, .infinity) : (.infinity, -.infinity)
        }
        return slope > 0 ? (first / slope, last / slope) : (last / slope, first / slope)
    }
}
