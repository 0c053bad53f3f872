import MaskModel

/// Turns rows of a mask into what they are in an 8-bit PNG: runs of bytes, and rows that repeat the one above.
///
/// Work goes with the words and with the edges between black and white, not with the pixels. A run of black goes on from
/// row to row, over the filter bytes; so what a row leaves of it, in bytes, is handed to the next.
struct ByteRowScanner: ~Copyable {
    /// How many bytes a row takes, with its filter byte.
    var rowBytes: Int { width + 1 }
    private var width = 0
    private var wordCount = 0
    /// What a word is combined with so that 1 is white.
    private let flip: UInt64
    /// Of a row's last word, the bits that are pixels.
    private var lastMask: UInt64 = 0

    /// The row that was added last, if there is one, and what the checksum needs to know of it.
    private var previousRow: [UInt64] = []
    private var stretch = Adler32.Stretch()
    /// How many rows like the last one are still to be written.
    private var repeatCount = 0
    /// Bytes of black that are in no run yet.
    private var carry = 0

    init(holeColor: HoleColor) {
        flip = holeColor == .white ? 0 : .max
    }

    /// Begins another image, and keeps the memory.
    mutating func begin(width: Int) {
        self.width = width
        wordCount = (width + 63) / 64
        lastMask = .max >> UInt64(64 * wordCount - width)
        previousRow.removeAll(keepingCapacity: true)
        stretch = Adler32.Stretch()
        repeatCount = 0
        carry = 0
    }

    /// Adds `count` rows, given as a `Bitmap` has them, to the stream and to its checksum.
    mutating func add(
        _ rows: UnsafePointer<UInt64>, count: Int, to deflater: inout RunDeflater, _ checksum: inout Adler32
    ) {
        let canRepeat = RunDeflater.canReach(rowBytes)
        var row = rows
        for index in 0..<count {
            if canRepeat, index > 0 ? isSame(row, row - wordCount) : isLastOfBefore(row) {
                repeatCount &+= 1
            } else {
                writeRepeats(to: &deflater)
                scan(row, into: &deflater)
            }
            checksum.add(stretch)
            row += wordCount
        }
        previousRow.removeAll(keepingCapacity: true)
        previousRow.append(contentsOf: UnsafeBufferPointer(start: row - wordCount, count: wordCount))
    }

    /// Writes what the last rows left.
    mutating func finish(to deflater: inout RunDeflater) {
        writeRepeats(to: &deflater)
        writeCarry(to: &deflater)
    }

    /// Whether two rows have the same words.
    @inline(__always)
    private func isSame(_ row: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>) -> Bool {
        var difference: UInt64 = 0
        // To the end in any case: that is without branches.
        for index in 0..<wordCount { difference |= row[index] ^ other[index] }
        return difference == 0
    }

    private func isLastOfBefore(_ row: UnsafePointer<UInt64>) -> Bool {
        !previousRow.isEmpty && previousRow.withUnsafeBufferPointer { $0.baseAddress.map { isSame(row, $0) } ?? false }
    }

    /// Writes the rows that repeat the one before them: more of a run of black, or one copy.
    private mutating func writeRepeats(to deflater: inout RunDeflater) {
        guard repeatCount > 0 else { return }
        let count = repeatCount * rowBytes
        repeatCount = 0
        if stretch.sum == 0 {
            carry += count
            // A run that goes on for longer would not fit its token.
            if carry > RunTokens.longestCarry { writeCarry(to: &deflater) }
            return
        }
        writeCarry(to: &deflater)
        deflater.copy(length: count)
    }

    private mutating func writeCarry(to deflater: inout RunDeflater) {
        deflater.run(0, count: carry)
        carry = 0
    }

    /// Adds the runs of one row.
    private mutating func scan(_ words: UnsafePointer<UInt64>, into deflater: inout RunDeflater) {
        var runs = deflater.runs(roomFor: rowBytes + 2)
        var row = RowRun(length: width, carry: carry)
        var lastPixel: UInt64 = 0
        for index in 0..<wordCount {
            let word = (words[index] ^ flip) & (index == wordCount &- 1 ? lastMask : .max)
            // A bit is 1 where a pixel has another color than the one before it.
            var edges = word ^ (word &<< 1 | lastPixel)
            lastPixel = word &>> 63
            while edges != 0 {
                row.turn(at: index &* 64 &+ edges.trailingZeroBitCount, &runs)
                edges &= edges &- 1
            }
        }
        carry = row.end(&runs)
        deflater.advance(to: runs)
        if carry > RunTokens.longestCarry { writeCarry(to: &deflater) }
        stretch = row.stretch
    }
}

/// The run that a row of bytes is in, from left to right, and the row's share of the checksum.
///
/// Where an edge is, no processor can guess; so nothing here branches on it.
private struct RowRun {
    private let length: Int
    /// Where the run began, in bytes from the left; the filter byte is at −1.
    private var start: Int
    /// All ones in white, 0 in black.
    private var color = 0
    /// How many bytes are white, and the sum of their weights: the number of bytes from each to the end.
    private var whiteCount = 0
    private var whiteWeight = 0

    @inline(__always)
    init(length: Int, carry: Int) {
        self.length = length
        start = -1 &- carry
    }

    /// Ends the run before byte `place`, where the other color begins; the run has a byte at least.
    @inline(__always)
    mutating func turn(at place: Int, _ runs: inout RunTokens) {
        runs.append(UInt8(truncatingIfNeeded: color), count: place &- start)
        start = place
        // White from here to the end of the row is added where it begins, and taken back where it ends. One's
        // complement and a step: the negative, without a branch.
        let left = length &- place
        whiteCount &+= (left ^ color) &- color
        whiteWeight &+= ((left &* (left &+ 1)) &>> 1 ^ color) &- color
        color = ~color
    }

    /// Ends the row; gives how many bytes of black it leaves to the next.
    @inline(__always)
    mutating func end(_ runs: inout RunTokens) -> Int {
        guard color != 0 else { return length &- start }
        runs.append(.max, countOrNone: length &- start)
        return 0
    }

    @inline(__always)
    var stretch: Adler32.Stretch {
        Adler32.Stretch(
            count: UInt64(truncatingIfNeeded: length &+ 1), sum: UInt64(truncatingIfNeeded: 255 &* whiteCount),
            weightedSum: UInt64(truncatingIfNeeded: 255 &* whiteWeight))
    }
}
