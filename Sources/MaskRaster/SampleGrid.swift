import MaskModel

/// Where on the canvas the pixel centers of an image lie.
struct SampleGrid {
    /// px of the canvas from one row of centers to the next.
    let rowPitch: Double
    /// px of the image for one px of the canvas.
    let columnScale: Double
    let columns: Int
    private let lastRow: Double

    init(canvas: PixelSize, size: PixelSize) {
        self.init(canvas: canvas, columns: size.width, rows: size.height)
    }

    /// The grid of an image of any number of columns and rows.
    init(canvas: PixelSize, columns: Int, rows: Int) {
        rowPitch = Double(canvas.height) / Double(rows)
        columnScale = Double(columns) / Double(canvas.width)
        self.columns = columns
        lastRow = Double(rows - 1)
    }

    @inline(__always)
    func y(ofRow row: Int) -> Double { (Double(row) + 0.5) * rowPitch }

    /// The column, with its fraction, of what is at `x`.
    @inline(__always)
    func column(ofX x: Double) -> Double { x * columnScale - 0.5 }

    /// The row, with its fraction, of what is at `y`.
    @inline(__always)
    func row(ofY y: Double) -> Double { y / rowPitch - 0.5 }

    /// The rows of the image whose centers lie within `minY` and `maxY`.
    @inline(__always)
    func rows(from minY: Double, to maxY: Double) -> Range<Int> {
        let first = max(row(ofY: minY), 0)
        let last = min(row(ofY: maxY), lastRow)
        guard first <= last else { return 0..<0 }
        let start = Int(first)
        let end = Int(last) &+ 1
        return min(Double(start) < first ? start &+ 1 : start, end)..<end
    }
}
