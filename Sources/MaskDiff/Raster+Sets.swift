import MaskModel
import MaskRaster

extension Raster {
    /// What is hole here and not in `other`, a raster of the same size.
    func subtracting(_ other: Raster) -> Raster {
        combined(with: other) { $0 & ~$1 }
    }

    /// A raster of the same size, word by word out of both.
    func combined(with other: Raster, _ operation: (UInt64, UInt64) -> UInt64) -> Raster {
        var result = Raster(size: size)
        for row in 0..<size.height {
            let range = row * wordsPerRow..<(row + 1) * wordsPerRow
            result.setRow(row, words: zip(words[range], other.words[range]).map(operation))
        }
        return result
    }

    /// The hole's pixels that have one without hole, or the picture's edge, above, below or beside them.
    var boundary: Raster { subtracting(erodedByCross) }

    /// The hole's pixels that have one without hole, or the picture's edge, in the square of `width` px around them.
    func band(width: Int) -> Raster { subtracting(eroded(bySquareOfRadius: width)) }

    /// The pixels whose four neighbours are hole too.
    private var erodedByCross: Raster {
        var result = Raster(size: size)
        let empty = [UInt64](repeating: 0, count: wordsPerRow)
        for row in 0..<size.height {
            let above = row > 0 ? Array(words(ofRow: row - 1)) : empty
            let below = row + 1 < size.height ? Array(words(ofRow: row + 1)) : empty
            let here = Array(words(ofRow: row))
            result.setRow(
                row,
                words: here.indices.map { index in
                    let left = here[index] << 1 | (index > 0 ? here[index - 1] >> 63 : 0)
                    let right = here[index] >> 1 | (index + 1 < here.count ? here[index + 1] << 63 : 0)
                    return here[index] & left & right & above[index] & below[index]
                })
        }
        return result
    }

    /// The pixels whose square of 2 · `radius` + 1 px a side is all hole.
    ///
    /// - Complexity: O(pixels), whatever the radius
    private func eroded(bySquareOfRadius radius: Int) -> Raster {
        var result = Raster(size: size)
        // How many rows up to this one, without a gap, have their pixel and its neighbours sideways all hole.
        var heights = [Int](repeating: 0, count: size.width)
        for row in 0..<size.height {
            var runStart = 0
            var isWide = [Bool](repeating: false, count: size.width)
            for x in 0...size.width where x == size.width || !self[x, row] {
                if x - runStart > 2 * radius {
                    for centre in runStart + radius..<x - radius { isWide[centre] = true }
                }
                runStart = x + 1
            }
            for x in 0..<size.width {
                heights[x] = isWide[x] ? heights[x] + 1 : 0
                if heights[x] > 2 * radius { result.fill(columns: x...x, row: row - radius) }
            }
        }
        return result
    }

    private func words(ofRow row: Int) -> ArraySlice<UInt64> {
        words[row * wordsPerRow..<(row + 1) * wordsPerRow]
    }

    /// Calls `body` with x and y of every pixel that is hole, row by row.
    func forEachHole(_ body: (Int, Int) -> Void) {
        for row in 0..<size.height {
            forEachHole(inRow: row) { body($0, row) }
        }
    }

    /// Calls `body` with the x of every pixel of a row that is hole.
    func forEachHole(inRow row: Int, _ body: (Int) -> Void) {
        for (index, word) in words(ofRow: row).enumerated() {
            var rest = word
            while rest != 0 {
                body(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
