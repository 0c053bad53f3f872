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
    /// The index of the first sample of each cell, and the number of samples at the end.
    private(set) var cellStarts: [Int]

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
        (self.points, self.signs, marginFactors, cellStarts) = ([], [], [], [])
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
        cellStarts = starts
        points = unsorted
        signs = unsortedSigns
        marginFactors = unsortedFactors
        for (index, cell) in cells.enumerated() {
            points[starts[cell]] = unsorted[index]
            signs[starts[cell]] = unsortedSigns[index]
            marginFactors[starts[cell]] = unsortedFactors[index]
            starts[cell] += 1
        }
    }
}
