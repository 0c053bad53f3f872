public import MaskModel

/// A grid of yes and no, one bit a pixel: yes = hole.
///
/// Pixel (0, 0) is at the top left. Bit *x* mod 64 of word *x* / 64 of a row is pixel *x*; the bits beyond the width are
/// always 0.
public struct Raster: Hashable, Sendable {
    public let size: PixelSize
    /// How many 64-bit words a row takes.
    public let wordsPerRow: Int
    /// All rows, one after the other.
    public private(set) var words: [UInt64]

    /// A raster without a hole.
    public init(size: PixelSize) {
        self.size = size
        wordsPerRow = (size.width + 63) / 64
        words = [UInt64](repeating: 0, count: wordsPerRow * size.height)
    }

    /// Whether a pixel is hole. Outside the raster there is no hole.
    public subscript(x: Int, y: Int) -> Bool {
        guard (0..<size.width).contains(x), (0..<size.height).contains(y) else { return false }
        return words[y * wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 1
    }

    /// How many pixels are hole.
    ///
    /// - Complexity: O(words)
    public var holeCount: Int {
        words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The share of the pixels that are hole, 0 to 1.
    public var holeRatio: Double {
        Double(holeCount) / Double(size.area)
    }

    /// Makes every pixel no hole.
    public mutating func clear() {
        for index in words.indices { words[index] = 0 }
    }

    /// Makes pixels `columns` of `row` hole; both must lie within the raster.
    public mutating func fill(columns: ClosedRange<Int>, row: Int) {
        let start = row * wordsPerRow
        let firstWord = start + columns.lowerBound >> 6
        let lastWord = start + columns.upperBound >> 6
        let firstMask = UInt64.max << UInt64(columns.lowerBound & 63)
        let lastMask = UInt64.max >> UInt64(63 - columns.upperBound & 63)
        if firstWord == lastWord {
            words[firstWord] |= firstMask & lastMask
            return
        }
        words[firstWord] |= firstMask
        for word in firstWord + 1..<lastWord { words[word] = .max }
        words[lastWord] |= lastMask
    }

    /// Makes hole what is hole in `other`, a raster of the same size.
    public mutating func formUnion(_ other: Raster) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Replaces one row by `newWords`; bits beyond the width are dropped.
    public mutating func setRow(_ row: Int, words newWords: some Collection<UInt64>) {
        let start = row * wordsPerRow
        words.replaceSubrange(start..<start + wordsPerRow, with: newWords.prefix(wordsPerRow))
        let spare = wordsPerRow * 64 - size.width
        words[start + wordsPerRow - 1] &= UInt64.max >> UInt64(spare)
    }
}

extension Raster {
    /// The raster as lines of text, `#` for hole and `.` for none.
    public var asciiArt: String {
        (0..<size.height).map { y in
            String((0..<size.width).map { x in self[x, y] ? "#" : "." })
        }
        .joined(separator: "\n")
    }

    /// Reads what `asciiArt` gives; nil if the lines differ in length or hold another character.
    public init?(asciiArt: String) {
        let lines = asciiArt.split(separator: "\n")
        guard let width = lines.first?.count, let size = PixelSize(width: width, height: lines.count) else {
            return nil
        }
        self.init(size: size)
        for (y, line) in lines.enumerated() {
            guard line.count == width else { return nil }
            for (x, character) in line.enumerated() {
                switch character {
                case "#": fill(columns: x...x, row: y)
                case ".": break
                default: return nil
                }
            }
        }
    }
}
