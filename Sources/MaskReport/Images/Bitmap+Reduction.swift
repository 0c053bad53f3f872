import MaskModel
import MaskRaster

extension Bitmap {
    /// Returns the bitmap with each block of pixels reduced to one: hole if at least half of the block is.
    ///
    /// - Parameter side: the maximum side of the result in px, at least 1; a smaller bitmap is returned unchanged.
    /// - Complexity: O(pixels)
    func reduced(toSide side: Int) -> Bitmap {
        let block = DownscalingGrid(size, toSide: side)
        guard block.side > 1 else { return self }
        var reduced = Bitmap(size: block.size)
        for y in 0..<block.size.height {
            for x in 0..<block.size.width {
                let (columns, rows) = (block.columns(of: x), block.rows(of: y))
                let holeCount = rows.reduce(0) { sum, row in sum + columns.count { self[$0, row] } }
                if 2 * holeCount >= columns.count * rows.count { reduced.fill(columns: x...x, row: y) }
            }
        }
        return reduced
    }
}
