import MaskModel
import MaskRaster

/// COCO's code of a mask: the lengths of runs down one column after the other, of no hole and hole in turn.
struct RunLengthCode: Hashable, Sendable {
    /// In pixels. The first is of no hole, and 0 where the mask begins with hole.
    let runs: [Int]

    /// - Complexity: O(words + changes)
    init(_ raster: Bitmap) {
        let (width, height) = (raster.size.width, raster.size.height)
        var runs: [Int] = []
        var runStart = 0
        var isHole = false
        func change(at place: Int) {
            runs.append(place - runStart)
            runStart = place
            isHole.toggle()
        }
        // The rows at which each of a word's 64 columns changes, the first row as if below a row without hole.
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
                // Runs go on from the end of one column to the start of the next.
                let beginsWithHole = rows.first == 0
                if beginsWithHole != isHole { change(at: start) }
                for row in beginsWithHole ? rows.dropFirst() : rows[...] { change(at: start + row) }
            }
        }
        runs.append(width * height - runStart)
        self.runs = runs
    }

    /// The code as text, as pycocotools has it: from the fourth run on, the difference from the one two before; each
    /// number in pieces of five bits, the lowest first, with a sixth bit if there are more, as characters from `0` on.
    var text: String {
        var text: [UInt8] = []
        for (index, run) in runs.enumerated() {
            var rest = index > 2 ? run - runs[index - 2] : run
            var hasMore = true
            while hasMore {
                let piece = rest & 0x1F
                rest >>= 5
                // The top bit of the last piece is the sign.
                hasMore = piece & 0x10 == 0 ? rest != 0 : rest != -1
                text.append(UInt8(48 + piece + (hasMore ? 0x20 : 0)))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
