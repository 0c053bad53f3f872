import MaskModel
import MaskRaster

extension Bitmap {
    /// The number of corners of the boundary of the hole, between pixels; at the right edge of the image, not all count.
    ///
    /// - Complexity: O(words)
    var cornerCount: Int {
        let wordCount = wordsPerRow
        var rowAbove = [UInt64](repeating: 0, count: wordCount)
        // A bit is set where a pixel differs from the one to its left.
        var changesAbove = rowAbove
        var count = 0
        for row in 0...size.height {
            var last: UInt64 = 0
            for index in 0..<wordCount {
                let word = row < size.height ? words[row * wordCount + index] : 0
                let changes = word ^ (word << 1 | last)
                last = word >> 63
                // A vertical side of the boundary ends, or two holes touch at their corners.
                let ends = changes ^ changesAbove[index]
                let touching = changes & changesAbove[index] & (word ^ rowAbove[index])
                count += ends.nonzeroBitCount + 2 * touching.nonzeroBitCount
                (rowAbove[index], changesAbove[index]) = (word, changes)
            }
        }
        return count
    }
}
