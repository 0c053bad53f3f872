import MaskModel
import MaskRaster

/// Where holes fall: for each cell of a grid over the image, how much of it is hole in the mean of many masks.
struct HeatMap: Hashable, Sendable {
    /// A share of 1 as `sums` count it: whole numbers add up to the same in any order.
    private static let whole = 1 << 16

    /// How many masks were added.
    private(set) var maskCount = 0
    /// Row by row, the sum of the masks' shares of hole; none before the first mask.
    private var sums: [Int] = []

    /// Adds a mask, of which `counts` has the pixels of hole in each cell of `grid`, the same grid for all.
    mutating func add(_ counts: [Int], of grid: CellGrid) {
        if sums.isEmpty { sums = [Int](repeating: 0, count: counts.count) }
        maskCount += 1
        for (cell, count) in counts.enumerated() where count > 0 {
            sums[cell] += count * Self.whole / grid.area(ofCell: cell)
        }
    }

    mutating func add(_ other: HeatMap) {
        maskCount += other.maskCount
        if sums.isEmpty {
            sums = other.sums
        } else {
            for (cell, sum) in other.sums.enumerated() { sums[cell] += sum }
        }
    }

    /// The mean share of hole of each cell, 0 to 1, row by row.
    ///
    /// - Complexity: O(cells)
    var shares: [Double] { sums.map { Double($0) / Double(max(maskCount, 1) * Self.whole) } }
}

/// An image's pixels in cells: 64 across and 64 down, or one for each pixel where there are fewer.
struct CellGrid: Hashable, Sendable {
    /// How many cells there are, across and down; images of different sizes mostly have the same.
    struct Shape: Hashable, Sendable {
        let columns: Int
        let rows: Int
    }

    static let side = 64

    let size: PixelSize
    let shape: Shape
    /// The first pixel of each column of cells, and behind the last the image's width.
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

    /// How many pixels a cell has, 1 or more.
    func area(ofCell cell: Int) -> Int {
        let (row, column) = cell.quotientAndRemainder(dividingBy: shape.columns)
        return (columnStarts[column + 1] - columnStarts[column]) * (rowStarts[row + 1] - rowStarts[row])
    }

    /// Adds to `counts` the pixels of hole of each cell, of a band that begins with row `firstRow` of the image.
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
                    // A smart shift: by 64 it leaves nothing.
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
