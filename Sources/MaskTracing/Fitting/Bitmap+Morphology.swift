import MaskModel
import MaskRaster

extension Bitmap {
    /// The pixels within reach of a hole pixel, as words.
    ///
    /// - Parameter reaches: The number of columns to reach, in the same row, the next, and so on; at most 63 each.
    func dilatedWords(reaches: [Int]) -> [UInt64] {
        var result = [UInt64](repeating: 0, count: words.count)
        let spread = Set(reaches).reduce(into: [Int: [UInt64]]()) { $0[$1] = spreadWords(by: $1) }
        for (distance, reach) in reaches.enumerated() {
            guard let source = spread[reach] else { continue }
            for row in 0..<size.height {
                for other in distance == 0 ? [row] : [row - distance, row + distance] {
                    guard (0..<size.height).contains(other) else { continue }
                    for word in 0..<wordsPerRow {
                        result[row * wordsPerRow + word] |= source[other * wordsPerRow + word]
                    }
                }
            }
        }
        return result
    }

    private func spreadWords(by reach: Int) -> [UInt64] {
        var result = words
        for step in 0..<reach {
            _ = step
            let old = result
            for row in 0..<size.height {
                let start = row * wordsPerRow
                for index in start..<start + wordsPerRow {
                    let left = old[index] << 1 | (index > start ? old[index - 1] >> 63 : 0)
                    let right = old[index] >> 1 | (index + 1 < start + wordsPerRow ? old[index + 1] << 63 : 0)
                    result[index] |= left | right
                }
            }
        }
        return result
    }

    /// The bitmap of the pixels that are not hole.
    var complement: Bitmap {
        var result = Bitmap(size: size)
        for row in 0..<size.height { result.setRow(row, words: words(ofRow: row).map { ~$0 }) }
        return result
    }

    /// The pixels within reach of a pixel of the other kind, as words: layers on both sides of the boundary.
    func boundaryLayers(reaches: [Int]) -> [UInt64] {
        let complement = complement
        let (outer, inner) = (dilatedWords(reaches: reaches), complement.dilatedWords(reaches: reaches))
        return words.indices.map { outer[$0] & complement.words[$0] | inner[$0] & words[$0] }
    }
}
