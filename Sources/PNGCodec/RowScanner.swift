import MaskModel

/// Turns rows of a mask into the runs of bytes that they are in a PNG: a filter byte of 0, then 8-bit or 1-bit pixels.
///
/// Work goes with the words and with the edges between black and white, not with the pixels. A run of black goes on from
/// row to row, over the filter bytes; so what a row leaves of it, in bytes, is handed to the next.
struct RowScanner {
    /// How many bytes a row takes, with its filter byte.
    let rowBytes: Int
    /// The most runs that a row adds.
    let mostRuns: Int
    private let width: Int
    private let wordCount: Int
    private let bitDepth: MaskPNGEncoder.BitDepth
    /// What a word is combined with so that 1 is white.
    private let flip: UInt64
    /// Of a row's last word, the bits that are pixels.
    private let lastMask: UInt64

    /// The longest run of black that is handed from row to row.
    private static let longestCarry = 1 << 22

    init(width: Int, bitDepth: MaskPNGEncoder.BitDepth, holeColor: HoleColor) {
        self.width = width
        self.bitDepth = bitDepth
        wordCount = (width + 63) / 64
        rowBytes = 1 + (width * bitDepth.rawValue + 7) / 8
        mostRuns = rowBytes + 2
        flip = holeColor == .white ? 0 : .max
        lastMask = .max >> UInt64(64 * wordCount - width)
    }

    /// Adds the runs of one row.
    ///
    /// - Parameters:
    ///   - words: the row's, as a `Raster` has them.
    ///   - carry: how many bytes of black come before the row and are in no run yet; becomes what the row leaves.
    /// - Returns: what the checksum needs to know of the row.
    @inline(__always)
    func scan(_ words: UnsafePointer<UInt64>, carry: inout Int, into runs: inout RunTokens) -> Adler32.Stretch {
        switch bitDepth {
        case .eight: scanBytes(words, &carry, &runs)
        case .one: scanBits(words, &carry, &runs)
        }
    }

    @inline(__always)
    private func word(_ words: UnsafePointer<UInt64>, _ index: Int) -> UInt64 {
        (words[index] ^ flip) & (index == wordCount &- 1 ? lastMask : .max)
    }

    private func scanBytes(
        _ words: UnsafePointer<UInt64>, _ carry: inout Int, _ runs: inout RunTokens
    ) -> Adler32.Stretch {
        var row = RowRun(length: width, carry: carry)
        var lastPixel: UInt64 = 0
        for index in 0..<wordCount {
            let word = word(words, index)
            // A bit is 1 where a pixel has another colour than the one before it.
            var edges = word ^ (word &<< 1 | lastPixel)
            lastPixel = word &>> 63
            while edges != 0 {
                row.turn(at: index &* 64 &+ edges.trailingZeroBitCount, &runs)
                edges &= edges &- 1
            }
        }
        return finish(&row, &carry, &runs)
    }

    private func scanBits(
        _ words: UnsafePointer<UInt64>, _ carry: inout Int, _ runs: inout RunTokens
    ) -> Adler32.Stretch {
        var row = RowRun(length: rowBytes &- 1, carry: carry)
        var lastPixel: UInt64 = 0
        for index in 0..<wordCount {
            let word = word(words, index)
            var edges = word ^ (word &<< 1 | lastPixel)
            lastPixel = word &>> 63
            while edges != 0 {
                let shift = UInt64(truncatingIfNeeded: edges.trailingZeroBitCount & 56)
                let place = index &* 8 &+ Int(truncatingIfNeeded: shift &>> 3)
                let pixels = UInt8(truncatingIfNeeded: word &>> shift)
                if pixels &+ 1 < 2 {
                    // The edge is between two bytes.
                    row.turn(atWholeByte: place, &runs)
                } else {
                    // PNG has the leftmost pixel in the highest bit.
                    row.insert(pixels.reversedBits, at: place, endsWhite: pixels &>> 7 == 1, &runs)
                }
                // Shifted twice: by 64 at once would be by 0.
                edges &= (UInt64.max &<< shift) &<< 8
            }
        }
        return finish(&row, &carry, &runs)
    }

    @inline(__always)
    private func finish(
        _ row: inout RowRun, _ carry: inout Int, _ runs: inout RunTokens
    ) -> Adler32.Stretch {
        carry = row.end(&runs)
        if carry > Self.longestCarry {
            runs.append(0, count: carry)
            carry = 0
        }
        return row.stretch
    }
}

/// The run that a row of bytes is in, from left to right, and the row's share of the checksum.
private struct RowRun {
    private let length: Int
    /// Where the run began, in bytes from the left; the filter byte is at −1.
    private var start: Int
    /// All ones in white, 0 in black.
    private var color = 0
    private var sum = 0
    private var weightedSum = 0

    @inline(__always)
    init(length: Int, carry: Int) {
        self.length = length
        start = -1 &- carry
    }

    /// Ends the run before byte `place`, where the other colour begins; the run has a byte at least.
    @inline(__always)
    mutating func turn(at place: Int, _ runs: inout RunTokens) {
        runs.append(UInt8(truncatingIfNeeded: color), count: place &- start)
        weigh(from: place)
        start = place
    }

    /// The same where the run may be empty, behind a byte of both colours.
    @inline(__always)
    mutating func turn(atWholeByte place: Int, _ runs: inout RunTokens) {
        if place > start { runs.append(UInt8(truncatingIfNeeded: color), count: place &- start) }
        weigh(from: place)
        start = place
    }

    /// Begins or ends white at byte `place`: adds what all bytes from there on would add as white, or takes it back.
    @inline(__always)
    private mutating func weigh(from place: Int) {
        let left = length &- place
        // One's complement and a step: the negative, without a branch.
        sum &+= 255 &* ((left ^ color) &- color)
        weightedSum &+= 255 &* (((left &* (left &+ 1)) &>> 1 ^ color) &- color)
        color = ~color
    }

    /// Ends the run before byte `place`, which is of both colours; behind it comes the colour of its last pixel.
    @inline(__always)
    mutating func insert(_ byte: UInt8, at place: Int, endsWhite: Bool, _ runs: inout RunTokens) {
        if place > start { runs.append(UInt8(truncatingIfNeeded: color), count: place &- start) }
        if color != 0 { weigh(from: place) }
        runs.append(byte, count: 1)
        sum &+= Int(byte)
        weightedSum &+= Int(byte) &* (length &- place)
        start = place &+ 1
        if endsWhite { weigh(from: start) }
    }

    /// Ends the row; gives how many bytes of black it leaves to the next.
    @inline(__always)
    mutating func end(_ runs: inout RunTokens) -> Int {
        if color != 0 { turn(atWholeByte: length, &runs) }
        return length &- start
    }

    @inline(__always)
    var stretch: Adler32.Stretch {
        Adler32.Stretch(
            count: UInt64(truncatingIfNeeded: length &+ 1), sum: UInt64(truncatingIfNeeded: sum),
            weightedSum: UInt64(truncatingIfNeeded: weightedSum))
    }
}

extension UInt8 {
    /// The bits in the other order.
    var reversedBits: UInt8 {
        var bits = self
        bits = bits &>> 1 & 0x55 | (bits & 0x55) &<< 1
        bits = bits &>> 2 & 0x33 | (bits & 0x33) &<< 2
        return bits &>> 4 | bits &<< 4
    }
}
