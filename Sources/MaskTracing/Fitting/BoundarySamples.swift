import MaskModel
import MaskRaster
import PlaneGeometry

/// Pixel centers near the boundary of a mask, and on which side of it they must be, sorted by cells of 16×16 px.
struct BoundarySamples {
    /// The side of a cell, in px.
    static let cellSide = 16

    /// The number of cells in a row, and the number of rows of cells.
    let columns: Int
    let rows: Int
    private(set) var points: [Point]
    /// 1 for a hole pixel, −1 for another.
    private(set) var signs: [Double]
    /// The factor of the margin: below 1 for a point that must only just be on its side.
    private(set) var marginFactors: [Double]
    /// The samples in blocks of eight, as vector instructions process them.
    private(set) var blocks: [Block] = []
    /// The index of the first block of each cell, and the number of blocks at the end.
    private(set) var blockStarts: [Int] = []

    /// Eight samples of a cell, in 32-bit numbers. In the last block of a cell, the last sample is repeated, with the sign 0.
    struct Block {
        /// The index of the first sample.
        let first: Int
        /// Relative to the center of the cell.
        var x = SIMD8<Float>()
        var y = SIMD8<Float>()
        var signs = SIMD8<Float>()
        var marginFactors = SIMD8<Float>()
    }

    /// The center of a cell.
    func center(ofCell cell: Int) -> Point {
        let side = Double(Self.cellSide)
        return Point(x: (Double(cell % columns) + 0.5) * side, y: (Double(cell / columns) + 0.5) * side)
    }

    /// Takes the pixels of `mask` within reach of a pixel of the other kind.
    init(_ mask: Bitmap, reaches: [Int]) {
        let layers = mask.boundaryLayers(reaches: reaches)
        var points: [Point] = []
        var signs: [Double] = []
        for y in 0..<mask.size.height {
            for (place, word) in layers[y * mask.wordsPerRow..<(y + 1) * mask.wordsPerRow].enumerated() {
                var rest = word
                while rest != 0 {
                    let bit = rest.trailingZeroBitCount
                    rest &= rest - 1
                    points.append(Point(x: Double(place * 64 + bit) + 0.5, y: Double(y) + 0.5))
                    signs.append(mask.words[y * mask.wordsPerRow + place] >> UInt64(bit) & 1 == 1 ? 1 : -1)
                }
            }
        }
        columns = (mask.size.width + Self.cellSide - 1) / Self.cellSide
        rows = (mask.size.height + Self.cellSide - 1) / Self.cellSide
        (self.points, self.signs, marginFactors) = ([], [], [])
        sort(points, signs, [Double](repeating: 1, count: points.count))
    }

    /// The samples and `extra` points that must be hole, without a margin to speak of.
    func adding(_ extra: [Point]) -> BoundarySamples {
        var result = self
        result.sort(
            points + extra, signs + [Double](repeating: 1, count: extra.count),
            marginFactors + [Double](repeating: 0.2, count: extra.count))
        return result
    }

    private mutating func sort(_ unsorted: [Point], _ unsortedSigns: [Double], _ unsortedFactors: [Double]) {
        let columns = columns
        let cells = unsorted.map { Int($0.y) / Self.cellSide * columns + Int($0.x) / Self.cellSide }
        var starts = [Int](repeating: 0, count: columns * rows + 1)
        for cell in cells { starts[cell + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var next = starts
        points = unsorted
        signs = unsortedSigns
        marginFactors = unsortedFactors
        for (index, cell) in cells.enumerated() {
            points[next[cell]] = unsorted[index]
            signs[next[cell]] = unsortedSigns[index]
            marginFactors[next[cell]] = unsortedFactors[index]
            next[cell] += 1
        }
        (blocks, blockStarts) = ([], [0])
        for cell in 0..<columns * rows {
            addBlocks(of: starts[cell]..<starts[cell + 1], around: center(ofCell: cell))
            blockStarts.append(blocks.count)
        }
    }

    private mutating func addBlocks(of samples: Range<Int>, around center: Point) {
        for start in stride(from: samples.lowerBound, to: samples.upperBound, by: 8) {
            var block = Block(first: start)
            for lane in 0..<8 {
                let sample = min(start + lane, samples.upperBound - 1)
                block.x[lane] = Float(points[sample].x - center.x)
                block.y[lane] = Float(points[sample].y - center.y)
                guard start + lane < samples.upperBound else { continue }
                block.signs[lane] = Float(signs[sample])
                block.marginFactors[lane] = Float(marginFactors[sample])
            }
            blocks.append(block)
        }
    }
}
