import MaskModel
import MaskRaster

extension Bitmap {
    /// What is hole here and not in `other`, a raster of the same size.
    func subtracting(_ other: Bitmap) -> Bitmap {
        mappingWords { $0 & ~other.words[$1] }
    }

    /// What `transform` makes of each word and its index; bits beyond the width must stay 0.
    private func mappingWords(_ transform: (UInt64, Int) -> UInt64) -> Bitmap {
        var result = self
        unsafe result.withMutableWords { words in
            for index in words.indices { unsafe words[index] = unsafe transform(words[index], index) }
        }
        return result
    }

    /// The hole's pixels that have one without hole, or the image's edge, above, below or beside them.
    var boundary: Bitmap { subtracting(erodedByCross) }

    /// The hole's pixels that have one without hole, or the image's edge, in the square of `width` px around them.
    func band(width: Int) -> Bitmap { subtracting(eroded(bySquareOfRadius: width)) }

    /// The pixels whose four neighbors are hole too.
    private var erodedByCross: Bitmap {
        let (words, wordsPerRow) = (words, wordsPerRow)
        func word(_ index: Int) -> UInt64 { words.indices.contains(index) ? words[index] : 0 }
        return mappingWords { here, index in
            let place = index % wordsPerRow
            let left = here << 1 | (place > 0 ? words[index - 1] >> 63 : 0)
            let right = here >> 1 | (place + 1 < wordsPerRow ? words[index + 1] << 63 : 0)
            return here & left & right & word(index - wordsPerRow) & word(index + wordsPerRow)
        }
    }

    /// The pixels whose square of 2 · `radius` + 1 px a side is all hole.
    ///
    /// - Complexity: O(words · log `radius`)
    private func eroded(bySquareOfRadius radius: Int) -> Bitmap {
        let length = 2 * radius + 1
        // A bit is 1 where the `length` pixels from it on are, to the right and then downwards.
        var bits = Self.runs(of: length, in: words) { shiftedSideways($0, by: $1) }
        bits = Self.runs(of: length, in: bits) { shiftedUpright($0, by: $1) }
        bits = shiftedUpright(shiftedSideways(bits, by: -radius), by: -radius)
        // All are hole here; what was moved beyond the width is not.
        return mappingWords { $0 & bits[$1] }
    }

    /// Where a run of `length` ones begins: each step doubles the length, up to the last.
    private static func runs(
        of length: Int, in bits: [UInt64], shifted: ([UInt64], Int) -> [UInt64]
    ) -> [UInt64] {
        var result = bits
        var covered = 1
        while covered < length {
            let step = min(covered, length - covered)
            let moved = shifted(result, step)
            for index in result.indices { result[index] &= moved[index] }
            covered += step
        }
        return result
    }

    /// Every row moved by `step` pixels to the left, or to the right if it is negative; what comes in is 0.
    private func shiftedSideways(_ bits: [UInt64], by step: Int) -> [UInt64] {
        // In words and bits, rounded down: -5 px are one word less, and 59 bits more.
        let (whole, part) = (step >> 6, UInt64(step & 63))
        var result = [UInt64](repeating: 0, count: bits.count)
        for start in stride(from: 0, to: bits.count, by: wordsPerRow) {
            func word(_ index: Int) -> UInt64 { (0..<wordsPerRow).contains(index) ? bits[start + index] : 0 }
            for index in 0..<wordsPerRow {
                // A shift by 64 gives 0.
                result[start + index] = word(index + whole) >> part | word(index + whole + 1) << (64 - part)
            }
        }
        return result
    }

    /// All rows moved up by `step`, or down if it is negative; what comes in is 0.
    private func shiftedUpright(_ bits: [UInt64], by step: Int) -> [UInt64] {
        let count = min(abs(step), size.height) * wordsPerRow
        let zeros = [UInt64](repeating: 0, count: count)
        return step >= 0 ? bits.dropFirst(count) + zeros : zeros + bits.dropLast(count)
    }

    /// Calls `body` with x and y of every pixel that is hole, row by row.
    func forEachHole(_ body: (Int, Int) -> Void) {
        for row in 0..<size.height {
            forEachHole(inRow: row) { body($0, row) }
        }
    }
}
