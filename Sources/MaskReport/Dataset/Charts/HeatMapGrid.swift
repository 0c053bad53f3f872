import MaskModel
import MaskRaster

/// A grid of cells over an image: 64 columns and 64 rows, or one for each pixel if there are fewer.
struct HeatMapGrid: Hashable, Sendable {
    /// The number of columns and rows; most images have the same, whatever their sizes are.
    struct Shape: Hashable, Sendable {
        let columns: Int
        let rows: Int
    }

    static let side = 64

    let size: PixelSize
    let shape: Shape
    /// The first pixel of each column of cells, and after the last one the image's width.
    private let columnStarts: [Int]
    private let rowStarts: [Int]

    init(_ size: PixelSize) {
        self.size = size
        shape = Shape(columns: min(size.width, Self.side), rows: min(size.height, Self.side))
        columnStarts = Self.starts(of: shape.columns, in: size.width)
        rowStarts = Self.starts(of: shape.rows, in: size.height)
    }

    private static func starts(of cells: Int, in pixels: Int) -> [Int] {
        // Pixel p is in cell p · cells / pixels, rounded down.
        (0...cells).map { ($0 * pixels + cells - 1) / cells }
    }

    /// The number of pixels of a cell, at least 1.
    func area(ofCell cell: Int) -> Int {
        let (row, column) = cell.quotientAndRemainder(dividingBy: shape.columns)
        return (columnStarts[column + 1] - columnStarts[column]) * (rowStarts[row + 1] - rowStarts[row])
    }

    /// Adds the number of hole pixels in each cell to `counts`, for a band that starts at row `firstRow` of the image.
    ///
    /// - Complexity: O(words + runs)
    func count(_ band: Bitmap, firstRow: Int, into counts: inout [Int]) {
        for row in 0..<band.size.height {
            let firstCell = (firstRow + row) * shape.rows / size.height * shape.columns
            for (index, word) in band.words(ofRow: row).enumerated() where word != 0 {
                var rest = word
                while rest != 0 {
                    let start = rest.trailingZeroBitCount
                    let length = (~(rest >> UInt64(start))).trailingZeroBitCount
                    // Swift's `<<` accepts a shift by 64, which results in 0.
                    rest &= UInt64.max << UInt64(start + length)
                    countRun(from: 64 * index + start, to: 64 * index + start + length, firstCell, &counts)
                }
            }
        }
    }

    private func countRun(from start: Int, to end: Int, _ firstCell: Int, _ counts: inout [Int]) {
        var pixel = start
        var column = start * shape.columns / size.width
        while pixel < end {
            let stop = min(end, columnStarts[column + 1])
            counts[firstCell + column] += stop - pixel
            pixel = stop
            column += 1
        }
    }
}
