import MaskModel
import PlaneGeometry

/// The distances of pixel centers from one path, as far as they are within a limit.
///
/// It owns its memory, so that path after path can be measured without taking more.
@safe struct PathDistances: SpanPainter, ~Copyable {
    /// A pixel that two segments reach may be nearer to either.
    static var formsUnion: Bool { false }

    /// For each pixel of the rows the squared distance, in px² of the canvas; infinite where nothing was measured.
    private var squares = UnsafeMutableBufferPointer<Double>.allocate(capacity: 0)
    /// Of each row the pixels that were measured; none if the first is behind the last.
    private var spans = UnsafeMutableBufferPointer<(first: Int, last: Int)>.allocate(capacity: 0)
    private var width = 0
    private var rows = 0..<0
    /// px of the canvas from one pixel center to the next.
    private var columnPitch = 1.0
    private var grid = SampleGrid(canvas: .smallest, size: .smallest)
    /// The segment whose runs come.
    private var start = Point(x: 0, y: 0)
    private var step = Vector(dx: 0, dy: 0)
    /// `step` by its squared length: its product with a vector says how far along the segment that leads, 0 to 1. Zero
    /// for a point.
    private var share = Vector(dx: 0, dy: 0)

    deinit {
        unsafe squares.deallocate()
        unsafe spans.deallocate()
    }

    /// Forgets all, for some rows of an image.
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

    /// Measures the distances from `path` that are at most `limit` px of the canvas; others may be left infinite.
    mutating func measure(_ path: Polyline, within limit: Double) {
        path.points.span.forEachCapsule(radius: limit, on: grid) { capsule in
            start = capsule.upper
            step = capsule.lower - start
            share = step.squaredLength > 0 ? step * (1 / step.squaredLength) : step
            capsule.paint(rows, &self)
        }
    }

    /// Measures the pixels from `first` to `last` of a row.
    mutating func fill(from first: Int, to last: Int, row: Int) {
        unsafe spans[row] = (min(spans[row].first, first), max(spans[row].last, last))
        guard let squares = unsafe squares.baseAddress.map({ unsafe $0 + row &* width }) else { return }
        let (start, step, share, columnPitch) = (start, step, share, columnPitch)
        let y = grid.y(ofRow: rows.lowerBound &+ row) - start.y
        let alongOfY = y * share.dy
        // 32 bits, which become numbers several at a time.
        let end = Int32(truncatingIfNeeded: last)
        var column = Int32(truncatingIfNeeded: first)
        while column <= end {
            let x = (Double(column) + 0.5) * columnPitch - start.x
            let along = min(max(x * share.dx + alongOfY, 0), 1)
            let (dx, dy) = (x - along * step.dx, y - along * step.dy)
            let square = dx * dx + dy * dy
            let place = Int(column)
            unsafe squares[place] = min(squares[place], square)
            column &+= 1
        }
    }

    /// Raises the levels of all rows to those of a stroke of `radius` along the path, whose edge reaches `reach`, and
    /// forgets the distances.
    mutating func raise(_ levels: UnsafeMutablePointer<UInt8>, radius: Double, reach: Double) {
        let steps = 254 / reach
        for row in 0..<rows.count {
            let (first, last) = unsafe spans[row]
            guard first <= last, let start = unsafe squares.baseAddress else { continue }
            unsafe spans[row] = (width, -1)
            let squares = unsafe start + row &* width
            let levels = unsafe levels + row &* width
            for column in first...last {
                let square = unsafe squares[column]
                // Between two parts of the path nothing was measured.
                guard square < .infinity else { continue }
                unsafe squares[column] = .infinity
                let depth = min(max((square.squareRoot() - radius) * steps, 0), 254)
                unsafe levels[column] = max(levels[column], 254 &- UInt8(depth))
            }
        }
    }
}
