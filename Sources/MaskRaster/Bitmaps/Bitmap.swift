public import MaskModel

/// A raster of one bit per pixel: 1 = hole.
///
/// Pixel (0, 0) is at the top left. Pixel *x* of a row is bit *x* mod 64 of word *x* / 64, counted from the least
/// significant bit; the bits beyond the width are always 0.
public struct Bitmap: Hashable, Sendable {
    /// The size in pixels.
    public let size: PixelSize
    /// The number of 64-bit words per row.
    public let wordsPerRow: Int
    /// The words of all rows, from top to bottom.
    public private(set) var words: [UInt64]

    /// Creates a bitmap without hole pixels.
    public init(size: PixelSize) {
        self.size = size
        wordsPerRow = (size.width + 63) / 64
        words = [UInt64](repeating: 0, count: wordsPerRow * size.height)
    }

    /// Whether a pixel is hole; false outside the bitmap.
    public subscript(x: Int, y: Int) -> Bool {
        guard (0..<size.width).contains(x), (0..<size.height).contains(y) else { return false }
        return words[y * wordsPerRow + x >> 6] >> UInt64(x & 63) & 1 == 1
    }

    /// The number of hole pixels.
    ///
    /// - Complexity: O(words)
    public var holeCount: Int {
        let step = MemoryLayout<BitCounter.Word>.size / 8
        let blockEnd = words.count - words.count % (BitCounter.blockCount * step)
        var counter = BitCounter()
        unsafe words.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: blockEnd, by: BitCounter.blockCount * step) {
                counter.add { index in
                    unsafe bytes.loadUnaligned(
                        fromByteOffset: 8 &* (start &+ index &* step), as: BitCounter.Word.self)
                }
            }
        }
        return words[blockEnd...].reduce(counter.count) { $0 + $1.nonzeroBitCount }
    }

    /// Returns the words of one row, which must be a row of the bitmap.
    public func words(ofRow row: Int) -> ArraySlice<UInt64> {
        words[row * wordsPerRow..<(row + 1) * wordsPerRow]
    }

    /// Calls `body` with the column of every hole pixel of a row, from left to right.
    ///
    /// - Complexity: O(words of the row + hole pixels)
    @inlinable
    public func forEachHole(inRow row: Int, _ body: (Int) -> Void) {
        for (index, word) in words(ofRow: row).enumerated() {
            var rest = word
            while rest != 0 {
                body(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    /// The ratio of hole pixels to all pixels, 0 to 1.
    ///
    /// - Complexity: O(words)
    public var holeRatio: Double {
        Double(holeCount) / Double(size.area)
    }

    /// Returns whether a pixel of the first or last column is hole, or one of the first or last row where requested.
    ///
    /// - Complexity: O(height + width / 64)
    public func hasHoleAtEdge(top: Bool, bottom: Bool) -> Bool {
        if top, words(ofRow: 0).contains(where: { $0 != 0 }) { return true }
        if bottom, words(ofRow: size.height - 1).contains(where: { $0 != 0 }) { return true }
        return (0..<size.height).contains { self[0, $0] || self[size.width - 1, $0] }
    }

    /// Sets every pixel to no hole.
    ///
    /// - Complexity: O(words)
    public mutating func clear() {
        for index in words.indices { words[index] = 0 }
    }

    /// Becomes an empty bitmap for a band of an image; reuses its memory if it already has the size of the band.
    ///
    /// - Throws: `RasterizerError` if `rows` is empty or not within the image.
    /// - Complexity: O(words)
    public mutating func reset(to rows: Range<Int>, of size: PixelSize) throws(RasterizerError) {
        let bandSize = try size.band(rows)
        if self.size == bandSize { clear() } else { self = Bitmap(size: bandSize) }
    }

    /// Lends the pixels to `body` for any number of fills without bounds checks.
    @inline(__always)
    mutating func paint(_ body: (inout Painter) -> Void) {
        let wordsPerRow = wordsPerRow
        unsafe words.withUnsafeMutableBufferPointer { words in
            guard let start = words.baseAddress else { return }
            var painter = unsafe Painter(words: start, wordsPerRow: wordsPerRow)
            body(&painter)
        }
    }

    /// Fills spans in memory lent by `paint`.
    @safe struct Painter {
        fileprivate let words: UnsafeMutablePointer<UInt64>
        fileprivate let wordsPerRow: Int

        /// Sets the pixels from `first` to `last` of `row` to hole; all must be within the bitmap.
        @inline(__always)
        mutating func fill(from first: Int, to last: Int, row: Int) {
            let rowWords = unsafe words + row &* wordsPerRow
            let firstWord = first &>> 6
            let lastWord = last &>> 6
            let firstMask = UInt64.max &<< UInt64(truncatingIfNeeded: first & 63)
            let lastMask = UInt64.max &>> UInt64(truncatingIfNeeded: 63 &- last & 63)
            // Whether the ends are in the same word is hard to predict: so both are written in any case, without a branch.
            let spread: UInt64 = firstWord == lastWord ? 0 : .max
            unsafe rowWords[firstWord] |= firstMask & (lastMask | spread)
            unsafe rowWords[lastWord] |= lastMask & (firstMask | spread)
            var word = firstWord &+ 1
            while word < lastWord {
                unsafe rowWords[word] = .max
                word &+= 1
            }
        }
    }

    /// Sets the pixels `columns` of `row` to hole; both must be within the bitmap, or the program stops.
    public mutating func fill(columns: ClosedRange<Int>, row: Int) {
        precondition(columns.lowerBound >= 0 && columns.upperBound < size.width && (0..<size.height).contains(row))
        paint { $0.fill(from: columns.lowerBound, to: columns.upperBound, row: row) }
    }

    /// Sets the pixels to hole that are hole in `other`, a bitmap of the same size, or the program stops.
    ///
    /// - Complexity: O(words)
    public mutating func formUnion(_ other: Bitmap) {
        precondition(other.size == size, "a bitmap of \(other.size) px; expected \(size)")
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Lends all words to `body` for writing, in the layout of `words`; bits beyond the width must stay 0, on which the
    /// conversion to spans relies.
    package mutating func withMutableWords(_ body: (UnsafeMutableBufferPointer<UInt64>) -> Void) {
        unsafe words.withUnsafeMutableBufferPointer { unsafe body($0) }
    }

    /// Replaces one row by the first `wordsPerRow` of `newWords`, in the layout of `words`; bits beyond the width are
    /// dropped. With fewer words, or outside the bitmap, the program stops.
    public mutating func setRow(_ row: Int, words newWords: some Collection<UInt64>) {
        precondition((0..<size.height).contains(row))
        let end = (row + 1) * wordsPerRow
        var index = end - wordsPerRow
        for word in newWords.prefix(wordsPerRow) {
            words[index] = word
            index += 1
        }
        precondition(index == end, "a row of fewer than \(wordsPerRow) words")
        let spare = wordsPerRow * 64 - size.width
        words[end - 1] &= UInt64.max >> UInt64(spare)
    }

    /// Replaces one row by thresholded 8-bit pixels: values of at least `threshold` are hole.
    ///
    /// - Parameters:
    ///   - row: The row, from 0 at the top.
    ///   - pixels: The values, one for each column; with fewer, the program stops.
    ///   - threshold: The lowest value of a hole, 1 to 255.
    /// - Complexity: O(width / 8)
    public mutating func setRow(_ row: Int, pixels: Span<UInt8>, threshold: UInt8 = 128) {
        precondition((0..<size.height).contains(row) && pixels.count >= size.width)
        let start = row * wordsPerRow
        let bytes = unsafe pixels.bytes
        let width = size.width
        for index in 0..<width / 64 {
            let block = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index * 64, as: SIMD8<UInt64>.self)
            var word: UInt64 = 0
            // Most of a mask is not hole.
            if block != .zero {
                for byte in 0..<8 {
                    word |= Self.bits(of: UInt64(littleEndian: block[byte]), from: threshold) << UInt64(8 * byte)
                }
            }
            words[start + index] = word
        }
        guard width % 64 > 0 else { return }
        var word: UInt64 = 0
        for offset in width / 64 * 64..<width where pixels[offset] >= threshold { word |= 1 << UInt64(offset & 63) }
        words[start + width / 64] = word
    }

    /// Swaps hole and no hole in one row.
    public mutating func invertRow(_ row: Int) {
        setRow(row, words: words(ofRow: row).map { ~$0 })
    }

    /// Returns eight bits for eight bytes, the first byte in the lowest bit: 1 if the byte is at least `threshold`.
    private static func bits(of bytes: UInt64, from threshold: UInt8) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let low = bytes & (ones * 0x7F)
        // In the top bit of each byte: the sum carries into it if the low seven bits reach those of the threshold.
        let reached =
            threshold <= 128
            ? (low + ones * UInt64(128 - threshold)) | bytes : (low + ones * (256 - UInt64(threshold))) & bytes
        // The multiplication gathers the eight bits in the top byte.
        return (((reached >> 7) & ones) &* 0x0102_0408_1020_4080) >> 56
    }
}

extension Bitmap {
    /// The bitmap as lines of text, `#` for hole and `.` for no hole.
    public var asciiArt: String {
        (0..<size.height).map { y in
            String((0..<size.width).map { x in self[x, y] ? "#" : "." })
        }
        .joined(separator: "\n")
    }

    /// Creates a bitmap from `asciiArt`; nil if it is empty, its lines differ in length, or it has another character.
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
