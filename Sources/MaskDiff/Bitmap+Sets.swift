import MaskModel
package import MaskRaster

extension Bitmap {
    /// The hole of this bitmap without the hole of `other`, a bitmap of the same size.
    package func subtracting(_ other: Bitmap) -> Bitmap {
        mappingWords { $0 & ~other.words[$1] }
    }

    /// The bitmap of the words that `transform` returns for each word and its index; bits beyond the width must stay 0.
    private func mappingWords(_ transform: (UInt64, Int) -> UInt64) -> Bitmap {
        var result = self
        unsafe result.withMutableWords { words in
            for index in words.indices { unsafe words[index] = unsafe transform(words[index], index) }
        }
        return result
    }

    /// The pixels of the hole with a neighbor above, below, to the left, or to the right that is not hole or is outside the
    /// image.
    var boundary: Bitmap { subtracting(erodedByCross) }

    /// The pixels of the hole within `width` px, in the maximum metric, of a pixel that is not hole or is outside the image.
    func band(width: Int) -> Bitmap { subtracting(eroded(bySquareOfRadius: width)) }

    /// The pixels of the hole whose four neighbors are hole too.
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

    /// The pixels whose surrounding square with a side of 2 · `radius` + 1 px is completely hole.
    ///
    /// - Complexity: O(*n* log `radius`) in the number of words
    private func eroded(bySquareOfRadius radius: Int) -> Bitmap {
        let length = 2 * radius + 1
        // A bit is 1 if all of the `length` pixels that start at it are: first to the right, then downward.
        var bits = Self.runs(of: length, in: words) { shiftedLeft($0, by: $1) }
        bits = Self.runs(of: length, in: bits) { shiftedUp($0, by: $1) }
        bits = shiftedUp(shiftedLeft(bits, by: -radius), by: -radius)
        // Bits that were shifted beyond the width are removed.
        return mappingWords { $0 & bits[$1] }
    }

    /// The starts of runs of `length` ones: each step but the last doubles the length.
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

    /// All rows shifted by `step` pixels to the left, or to the right if it is negative, filled with 0.
    private func shiftedLeft(_ bits: [UInt64], by step: Int) -> [UInt64] {
        // In words and bits, rounded down: −5 px are −1 word and 59 bits.
        let (whole, part) = (step >> 6, UInt64(step & 63))
        var result = [UInt64](repeating: 0, count: bits.count)
        for start in stride(from: 0, to: bits.count, by: wordsPerRow) {
            func word(_ index: Int) -> UInt64 { (0..<wordsPerRow).contains(index) ? bits[start + index] : 0 }
            for index in 0..<wordsPerRow {
                // A shift by 64 results in 0.
                result[start + index] = word(index + whole) >> part | word(index + whole + 1) << (64 - part)
            }
        }
        return result
    }

    /// All rows shifted up by `step`, or down if it is negative, filled with 0.
    private func shiftedUp(_ bits: [UInt64], by step: Int) -> [UInt64] {
        let count = min(abs(step), size.height) * wordsPerRow
        let zeros = [UInt64](repeating: 0, count: count)
        return step >= 0 ? bits.dropFirst(count) + zeros : zeros + bits.dropLast(count)
    }

    /// Calls `body` with x and y of each pixel of the hole, row by row.
    func forEachHole(_ body: (Int, Int) -> Void) {
        for row in 0..<size.height {
            forEachHole(inRow: row) { body($0, row) }
        }
    }
}
