import MaskModel
import MaskRaster

extension Bitmap {
    /// The bounding box of the hole, in pixels; all 0 if there is no hole.
    var holeBounds: (x: Int, y: Int, width: Int, height: Int) {
        var columns = [UInt64](repeating: 0, count: wordsPerRow)
        var rows: ClosedRange<Int>?
        for y in 0..<size.height {
            let row = words(ofRow: y)
            var any: UInt64 = 0
            for (index, word) in row.enumerated() {
                columns[index] |= word
                any |= word
            }
            if any != 0 { rows = (rows?.lowerBound ?? y)...y }
        }
        guard let rows, let first = columns.firstIndex(where: { $0 != 0 }),
            let last = columns.lastIndex(where: { $0 != 0 })
        else { return (0, 0, 0, 0) }
        let left = 64 * first + columns[first].trailingZeroBitCount
        let right = 64 * last + 63 - columns[last].leadingZeroBitCount
        return (left, rows.lowerBound, right - left + 1, rows.count)
    }
}
