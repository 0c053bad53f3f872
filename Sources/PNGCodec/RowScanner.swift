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
    static let longestCarry = 1 << 22

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
                row.pass(UInt8(truncatingIfNeeded: word &>> shift), at: place, &runs)
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
///
/// Where an edge is, and of which kind, no processor can guess; so nothing here branches on it.
private struct RowRun {
    private let length: Int
    /// Where the run began, in bytes from the left; the filter byte is at −1.
    private var start: Int
    /// All ones in white, 0 in black.
    private var color = 0
    /// How many bytes are white, and the sum of their weights: the number of bytes from each to the end.
    private var whiteCount = 0
    private var whiteWeight = 0
    /// The same of the bytes of both colours, times their values.
    private var mixedSum = 0
    private var mixedWeight = 0

    @inline(__always)
    init(length: Int, carry: Int) {
        self.length = length
        start = -1 &- carry
    }

    /// Ends the run before byte `place`, where the other colour begins; the run has a byte at least.
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

    /// Ends the run before byte `place`, where an edge is: between two bytes, or between the byte's eight pixels.
    ///
    /// - Parameter pixels: the leftmost lowest, 1 for white.
    @inline(__always)
    mutating func pass(_ pixels: UInt8, at place: Int, _ runs: inout RunTokens) {
        runs.append(UInt8(truncatingIfNeeded: color), countOrNone: place &- start)
        var left = length &- place
        var weight = (left &* (left &+ 1)) &>> 1
        whiteCount &-= left & color
        whiteWeight &-= weight & color
        // All ones if the byte is of both colours; a byte of one begins the next run.
        let mixed = pixels &+ 1 < 2 ? 0 : -1
        // PNG has the leftmost pixel in the highest bit.
        let value = pixels.reversedBits
        runs.append(value, countOrNone: mixed & 1)
        mixedSum &+= Int(value) & mixed
        mixedWeight &+= (Int(value) &* left) & mixed
        start = place &- mixed
        weight &-= left & mixed
        left &+= mixed
        color = 0 &- Int(pixels &>> 7)
        whiteCount &+= left & color
        whiteWeight &+= weight & color
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
            count: UInt64(truncatingIfNeeded: length &+ 1),
            sum: UInt64(truncatingIfNeeded: 255 &* whiteCount &+ mixedSum),
            weightedSum: UInt64(truncatingIfNeeded: 255 &* whiteWeight &+ mixedWeight))
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
