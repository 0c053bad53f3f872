import MaskModel

/// The positions of the pixel centers of an image on the canvas.
struct SampleGrid {
    /// The distance between adjacent rows of pixel centers, in canvas px.
    let rowPitch: Double
    /// The number of image px per canvas px, horizontally.
    let columnScale: Double
    let columns: Int
    private let lastRow: Double

    init(canvas: PixelSize, size: PixelSize) {
        self.init(canvas: canvas, columns: size.width, rows: size.height)
    }

    /// Creates the grid of an image of any number of columns and rows.
    init(canvas: PixelSize, columns: Int, rows: Int) {
        rowPitch = Double(canvas.height) / Double(rows)
        columnScale = Double(columns) / Double(canvas.width)
        self.columns = columns
        lastRow = Double(rows - 1)
    }

    /// Returns the y of the pixel centers of a row, in canvas px.
    @inline(__always)
    func y(ofRow row: Int) -> Double { (Double(row) + 0.5) * rowPitch }

    /// Returns the fractional column of `x`, an integer at pixel centers.
    @inline(__always)
    func column(ofX x: Double) -> Double { x * columnScale - 0.5 }

    /// Returns the fractional row of `y`, an integer at pixel centers.
    @inline(__always)
    func row(ofY y: Double) -> Double { y / rowPitch - 0.5 }

    /// Returns the rows of the image whose centers are from `minY` to `maxY`.
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
