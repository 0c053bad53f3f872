import MaskModel
import PlaneGeometry

/// The distances of pixel centers from a path, up to a limit.
///
/// It owns its memory and reuses it from path to path.
@safe struct PathDistances: ~Copyable {
    /// The squared distance of each pixel of the band, in canvas px²; infinite where it is not measured.
    private var squares = UnsafeMutableBufferPointer<Double>.allocate(capacity: 0)
    /// For each row, the range of measured pixels; empty if the first is greater than the last.
    private var spans = UnsafeMutableBufferPointer<(first: Int, last: Int)>.allocate(capacity: 0)
    private var width = 0
    private var rows = 0..<0
    /// The distance between adjacent pixel centers of a row, in canvas px.
    private var columnPitch = 1.0
    private var grid = SampleGrid(canvas: .smallest, size: .smallest)

    deinit {
        unsafe squares.deallocate()
        unsafe spans.deallocate()
    }

    /// Starts a band of an image without distances.
    mutating func begin(_ rows: Range<Int>, of size: PixelSize, canvas: PixelSize) {
        self.rows = rows
        width = size.width
        columnPitch = Double(canvas.width) / Double(size.width)
        grid = SampleGrid(canvas: canvas, size: size)
        if unsafe squares.count < rows.count * width {
            unsafe squares.deallocate()
            unsafe squares = .allocate(capacity: rows.count * width)
        }
        if unsafe spans.count < rows.count {
            unsafe spans.deallocate()
            unsafe spans = .allocate(capacity: rows.count)
        }
        unsafe squares.initialize(repeating: .infinity)
        unsafe spans.initialize(repeating: (width, -1))
    }

    /// Measures the distances from `path` that are at most `limit` canvas px; others may stay infinite.
    mutating func measure(_ path: Polyline, within limit: Double) {
        path.points.span.forEachCapsule(radius: limit, on: grid) { capsule in
            guard let squares = unsafe squares.baseAddress, let spans = unsafe spans.baseAddress else { return }
            let step = capsule.lower - capsule.upper
            var painter = unsafe Painter(
                squares: squares, spans: spans, width: width, columnPitch: columnPitch, grid: grid,
                firstRow: rows.lowerBound, start: capsule.upper, step: step,
                projection: step.squaredLength > 0 ? step * (1 / step.squaredLength) : step)
            capsule.paint(rows, &painter)
        }
    }

    /// Measures the distances of pixels from one segment, in memory lent by `measure`.
    @safe
    private struct Painter: SpanPainter {
        let squares: UnsafeMutablePointer<Double>
        let spans: UnsafeMutablePointer<(first: Int, last: Int)>
        let width: Int
        let columnPitch: Double
        let grid: SampleGrid
        let firstRow: Int
        /// The start of the segment, and the vector to its end.
        let start: Point
        let step: Vector
        /// `step` divided by its squared length: the dot product with a vector is its projection onto the segment, from 0
        /// (start) to 1 (end). Zero for a dot.
        let projection: Vector

        /// Measures the pixels from `first` to `last` of a row.
        func fill(from first: Int, to last: Int, row: Int) {
            unsafe spans[row] = (min(spans[row].first, first), max(spans[row].last, last))
            let squares = unsafe squares + row &* width
            let y = grid.y(ofRow: firstRow &+ row) - start.y
            let alongOfY = y * projection.dy
            // 32-bit columns, which vector instructions convert to doubles.
            let end = Int32(truncatingIfNeeded: last)
            var column = Int32(truncatingIfNeeded: first)
            while column <= end {
                let x = (Double(column) + 0.5) * columnPitch - start.x
                let along = min(max(x * projection.dx + alongOfY, 0), 1)
                let (dx, dy) = (x - along * step.dx, y - along * step.dy)
                let square = dx * dx + dy * dy
                let place = Int(column)
                unsafe squares[place] = min(squares[place], square)
                column &+= 1
            }
        }
    }

    /// Raises the levels of all rows to those of a stroke of `radius` along the path with an edge of the width `reach`,
    /// and clears the distances.
    mutating func raise(_ levels: UnsafeMutablePointer<UInt8>, radius: Double, reach: Double) {
        let steps = Double(FeatherRasterizer.highestLevel) / reach
        for row in 0..<rows.count {
            let (first, last) = unsafe spans[row]
            guard first <= last, let start = unsafe squares.baseAddress else { continue }
            unsafe spans[row] = (width, -1)
            let squares = unsafe start + row &* width
            let levels = unsafe levels + row &* width
            for column in first...last {
                let square = unsafe squares[column]
                // Pixels between two parts of the path are not measured.
                guard square < .infinity else { continue }
                unsafe squares[column] = .infinity
                let level = FeatherRasterizer.level(squaredDistance: square, radius: radius, steps: steps)
                unsafe levels[column] = max(levels[column], level)
            }
        }
    }
}
