import MaskModel
import MaskRaster

/// COCO's run-length encoding of a mask: column by column from top to bottom, the lengths of alternating runs without and
/// with hole.
struct RunLengthEncoding: Hashable, Sendable {
    /// The lengths in pixels. The first run is without hole; its length is 0 if the mask starts with hole.
    let runs: [Int]

    /// - Complexity: O(words + changes)
    init(_ raster: Bitmap) {
        let (width, height) = (raster.size.width, raster.size.height)
        var runs: [Int] = []
        var runStart = 0
        var isHole = false
        func change(at pixel: Int) {
            runs.append(pixel - runStart)
            runStart = pixel
            isHole.toggle()
        }
        // The rows at which each of a word's 64 columns changes; above the first row there is no hole.
        var changes = [[Int]](repeating: [], count: 64)
        for word in 0..<raster.wordsPerRow {
            for column in changes.indices { changes[column].removeAll(keepingCapacity: true) }
            var above: UInt64 = 0
            for row in 0..<height {
                let bits = raster.words[row * raster.wordsPerRow + word]
                var changed = bits ^ above
                while changed != 0 {
                    changes[changed.trailingZeroBitCount].append(row)
                    changed &= changed &- 1
                }
                above = bits
            }
            for column in 0..<min(64, width - 64 * word) {
                let start = (64 * word + column) * height
                let rows = changes[column]
                // A run continues from the end of one column to the start of the next.
                let beginsWithHole = rows.first == 0
                if beginsWithHole != isHole { change(at: start) }
                for row in beginsWithHole ? rows.dropFirst() : rows[...] { change(at: start + row) }
            }
        }
        runs.append(width * height - runStart)
        self.runs = runs
    }

    /// The encoding as text, as in pycocotools. From the fourth run on, a number is the difference from the run two before.
    /// Each number is split into groups of five bits, the lowest first; a sixth bit is set if more groups follow. A group
    /// is a character, counted from `0`.
    var text: String {
        var text: [UInt8] = []
        for (index, run) in runs.enumerated() {
            var rest = index > 2 ? run - runs[index - 2] : run
            var hasMore = true
            while hasMore {
                let group = rest & 0x1F
                rest >>= 5
                // The top bit of the last group is the sign.
                hasMore = group & 0x10 == 0 ? rest != 0 : rest != -1
                text.append(UInt8(48 + group + (hasMore ? 0x20 : 0)))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
