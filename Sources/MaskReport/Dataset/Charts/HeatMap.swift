/// The positions of holes: the mean hole ratio of many masks in each cell of a grid over the image.
struct HeatMap: Hashable, Sendable {
    /// The value of a ratio of 1 in `sums`: the sum of whole numbers does not depend on their order.
    private static let one = 1 << 16

    /// The number of masks.
    private(set) var maskCount = 0
    /// The sum of the masks' hole ratios in each cell, row by row; empty before the first mask.
    private var sums: [Int] = []

    /// Adds a mask.
    ///
    /// - Parameters:
    ///   - counts: the number of hole pixels in each cell.
    ///   - grid: the same for all masks.
    mutating func add(_ counts: [Int], of grid: HeatMapGrid) {
        if sums.isEmpty { sums = [Int](repeating: 0, count: counts.count) }
        maskCount += 1
        for (cell, count) in counts.enumerated() where count > 0 {
            sums[cell] += count * Self.one / grid.area(ofCell: cell)
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

    /// The mean hole ratio of each cell, 0 to 1, row by row.
    ///
    /// - Complexity: O(cells)
    var ratios: [Double] { sums.map { Double($0) / Double(max(maskCount, 1) * Self.one) } }
}
