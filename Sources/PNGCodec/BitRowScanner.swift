import MaskModel

/// Turns rows of a mask into what they are in a 1-bit PNG, filtered: the bytes that are not 0, each with the zeros behind.
///
/// A row of black has the filter 0, none; any other has 2, up: each byte less the one above. So only filter bytes and the
/// bytes under edges that moved are not 0. A token is one of these and all zeros up to the next, in whatever row that is;
/// a mask of 512×512 px has some 1,600. Work goes with the words, and with the bytes that differ from those above.
///
/// To choose between the two filters for each row by what is shorter would make files only 1 % smaller.
struct BitRowScanner: ~Copyable {
    /// How many bytes a row takes, with its filter byte.
    private(set) var rowBytes = 1
    private var wordCount = 0
    /// All ones if holes are black, else 0.
    private let flip: UInt64
    /// A row without white, as a `Bitmap` has it, and the row that was added last; black before the first.
    private var blackRow = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    private var lastRow = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    private var capacity = 1
    private var token = PendingToken()
    /// For each byte the bits in the other order: PNG has the leftmost pixel highest.
    private let reversed = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)

    /// How many words are looked at together: as many as one word has bits for their bytes.
    private static let groupWords = 8
    private static let filterUp: UInt8 = 2

    init(holeColor: HoleColor) {
        flip = holeColor == .white ? 0 : .max
        for byte in UInt8.min...UInt8.max { reversed[Int(byte)] = byte.reversedBits }
    }

    deinit {
        blackRow.deallocate()
        lastRow.deallocate()
        reversed.deallocate()
    }

    /// Begins another image, and keeps the memory.
    mutating func begin(width: Int) {
        rowBytes = (width + 7) / 8 + 1
        wordCount = (width + 63) / 64
        if wordCount > capacity {
            blackRow.deallocate()
            lastRow.deallocate()
            capacity = wordCount
            blackRow = .allocate(capacity: capacity)
            lastRow = .allocate(capacity: capacity)
        }
        blackRow.initialize(repeating: flip, count: wordCount)
        blackRow[wordCount - 1] &= .max >> UInt64(64 * wordCount - width)
        lastRow.initialize(from: blackRow, count: wordCount)
        token = PendingToken()
    }

    /// Adds `count` rows, given as a `Bitmap` has them, to the stream and to its checksum.
    mutating func add(
        _ rows: UnsafePointer<UInt64>, count: Int, to deflater: inout RunDeflater, _ checksum: inout Adler32
    ) {
        let step = max(Adler32.longestStretch / rowBytes, 1)
        for first in stride(from: 0, to: count, by: step) {
            addStretch(rows + first * wordCount, count: min(step, count - first), to: &deflater, &checksum)
        }
    }

    /// Adds rows that the checksum takes at once.
    private mutating func addStretch(
        _ rows: UnsafePointer<UInt64>, count: Int, to deflater: inout RunDeflater, _ checksum: inout Adler32
    ) {
        var above = UnsafePointer(lastRow)
        // In registers, where a part of `self` would not be.
        var token = token
        for index in 0..<count {
            let row = rows + index &* wordCount
            let start = index &* rowBytes
            token.pass(start, &deflater)
            if !isSame(row, blackRow) {
                var runs = deflater.runs(roomFor: rowBytes)
                scan(row, above, at: start, &token, &runs)
                deflater.advance(to: runs)
            }
            above = row
        }
        checksum.add(token.endStretch(of: count &* rowBytes))
        self.token = token
        lastRow.update(from: above, count: wordCount)
    }

    /// Writes what the last row left.
    mutating func finish(to deflater: inout RunDeflater) {
        var runs = deflater.runs(roomFor: 1)
        token.endIfAny(at: 0, &runs)
        deflater.advance(to: runs)
    }

    /// Whether two rows have the same words.
    @inline(__always)
    private func isSame(_ row: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>) -> Bool {
        var difference: UInt64 = 0
        // To the end in any case: that is without branches.
        for index in 0..<wordCount { difference |= row[index] ^ other[index] }
        return difference == 0
    }

    /// Adds the tokens that begin in a row, of which the filter byte is at `start`.
    @inline(__always)
    private func scan(
        _ row: UnsafePointer<UInt64>, _ above: UnsafePointer<UInt64>, at start: Int, _ token: inout PendingToken,
        _ runs: inout RunTokens
    ) {
        // At the very start there is none to end.
        token.endIfAny(at: start, &runs)
        token.begin(Self.filterUp, at: start)
        let sign = UInt8(truncatingIfNeeded: flip)
        var first = 0
        while first < wordCount {
            let (row, above) = (row + first, above + first)
            var changed = changedBytes(row, above, count: min(wordCount &- first, Self.groupWords))
            let place = start &+ 1 &+ 8 &* first
            while changed != 0 {
                let byte = changed.trailingZeroBitCount
                changed &= changed &- 1
                let shift = UInt64(truncatingIfNeeded: 8 &* byte)
                let new = reversed[Int(truncatingIfNeeded: row[byte &>> 3] &>> shift & 0xFF)]
                let old = reversed[Int(truncatingIfNeeded: above[byte &>> 3] &>> shift & 0xFF)]
                // Of black holes the negative, without a branch.
                token.end(at: place &+ byte, &runs)
                token.begin((new &- old ^ sign) &- sign, at: place &+ byte)
            }
            first &+= Self.groupWords
        }
    }

    /// Of up to eight words, which bytes differ: a bit for each.
    @inline(__always)
    private func changedBytes(
        _ row: UnsafePointer<UInt64>, _ above: UnsafePointer<UInt64>, count: Int
    ) -> UInt64 {
        var difference: UInt64 = 0
        for index in 0..<count { difference |= row[index] ^ above[index] }
        guard difference != 0 else { return 0 }
        // Bit 8 b + w for byte b of word w.
        var changed: UInt64 = 0
        for index in 0..<count {
            let difference = row[index] ^ above[index]
            // Each byte's highest bit: whether any is 1.
            let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
            changed = changed &>> 1 | ((difference & low) &+ low | difference) & ~low
        }
        return (changed &>> UInt64(Self.groupWords &- count)).transposedBits
    }
}

/// The byte that was written last and is not 0; the zeros behind it are not counted yet. With it, what the checksum needs.
///
/// Places are in bytes from the start of the rows that are being added.
private struct PendingToken {
    private var value: UInt8 = 0
    private var start = 0
    /// The sum of the bytes, and the same, each byte times its place.
    private var sum: UInt64 = 0
    private var placeSum: UInt64 = 0

    /// Begins a token at byte `place`.
    @inline(__always)
    mutating func begin(_ value: UInt8, at place: Int) {
        self.value = value
        start = place
        sum &+= UInt64(value)
        placeSum &+= UInt64(value) &* UInt64(truncatingIfNeeded: place)
    }

    /// Ends the token before byte `place`; it has one byte or more.
    @inline(__always)
    func end(at place: Int, _ runs: inout RunTokens) {
        runs.append(value, count: place &- start)
    }

    /// Ends the token before byte `place`, if it has a byte.
    @inline(__always)
    func endIfAny(at place: Int, _ runs: inout RunTokens) {
        runs.append(value, countOrNone: place &- start)
    }

    /// Ends the token before byte `place` if it would soon be too long.
    @inline(__always)
    mutating func pass(_ place: Int, _ deflater: inout RunDeflater) {
        guard place &- start > RunTokens.longestCarry else { return }
        var runs = deflater.runs(roomFor: 1)
        end(at: place, &runs)
        deflater.advance(to: runs)
        (value, start) = (0, place)
    }

    /// What `count` bytes add to the checksum, which were all that places were counted from; from now on, they are
    /// counted from behind these.
    mutating func endStretch(of count: Int) -> Adler32.Stretch {
        let length = UInt64(count)
        let stretch = Adler32.Stretch(count: length, sum: sum, weightedSum: length &* sum &- placeSum)
        (sum, placeSum) = (0, 0)
        start -= count
        return stretch
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

extension UInt64 {
    /// Bit 8 i + j becomes bit 8 j + i.
    @inline(__always)
    fileprivate var transposedBits: UInt64 {
        var bits = self
        var moved = (bits ^ bits &>> 7) & 0x00AA_00AA_00AA_00AA
        bits ^= moved ^ moved &<< 7
        moved = (bits ^ bits &>> 14) & 0x0000_CCCC_0000_CCCC
        bits ^= moved ^ moved &<< 14
        moved = (bits ^ bits &>> 28) & 0x0000_0000_F0F0_F0F0
        return bits ^ moved ^ moved &<< 28
    }
}
