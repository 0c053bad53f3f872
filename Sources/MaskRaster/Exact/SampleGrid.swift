import MaskModel

/// The positions of the pixel centers of an image on the canvas.
struct SampleGrid {
    /// The distance between adjacent rows of pixel centers, in canvas px.
    let rowPitch: Double
    /// The number of image px per canvas px, horizontally.
    let columnScale: Double
    let columns: Int
    private let rowCount: Int

    init(canvas: PixelSize, size: PixelSize) {
        self.init(canvas: canvas, columns: size.width, rows: size.height)
    }

    /// Creates the grid of an image of any number of columns and rows.
    init(canvas: PixelSize, columns: Int, rows: Int) {
        rowPitch = Double(canvas.height) / Double(rows)
        columnScale = Double(columns) / Double(canvas.width)
        self.columns = columns
        rowCount = rows
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

    /// All rows of the image.
    @inline(__always)
    var allRows: Range<Int> { unsafe Range(uncheckedBounds: (0, rowCount)) }

    /// Returns those of some rows of the image whose centers are from `minY` to `maxY`.
    @inline(__always)
    func rows(from minY: Double, to maxY: Double, within rows: Range<Int>) -> Range<Int> {
        // The last row is negated, so that both ends are rounded up at once.
        let (first, last) = (Double(rows.lowerBound), Double(1 &- rows.upperBound))
        var fractional = SIMD2(minY, maxY)
        // Where image and canvas have the same rows, which is the rule, nothing waits for a division.
        if rowPitch != 1 { fractional /= rowPitch }
        let (start, end) = (fractional.x - 0.5, 0.5 - fractional.y)
        let ends = SIMD2(start < first ? first : start, end < last ? last : end)
        guard ends.x <= -ends.y else { return unsafe Range(uncheckedBounds: (0, 0)) }
        let rounded = ends.roundedUp
        let (lower, upper) = (Int(truncatingIfNeeded: rounded.x), 1 &- Int(truncatingIfNeeded: rounded.y))
        return unsafe Range(uncheckedBounds: (lower < upper ? lower : upper, upper))
    }
}
