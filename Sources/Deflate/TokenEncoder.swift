/// Writes the tokens of a block by tables: one look-up for a head, one for a tail, and one write for both.
///
/// An entry is a string of up to 56 bits; the lowest six bits of a table's number are the length, the others the string.
@safe struct TokenEncoder: ~Copyable {
    /// The tables of heads and, behind it, of tails: one address in a register for both.
    private let heads = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * RunToken.tableSize)
    private var tails: UnsafeMutablePointer<UInt64> { unsafe heads + RunToken.tableSize }
    /// For each match length its entry, with the distance 1; entry 0 is empty.
    private let matches = UnsafeMutablePointer<UInt64>.allocate(capacity: DeflateSymbol.matchLengths.upperBound + 1)
    private let literals = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    private var form = RunToken.Form.literalAndZeros
    /// Whether any head and any tail of the tables fit one write together.
    private var usesTables = false
    private var distances = DistanceCode.fixed(far: DeflateSymbol(distance: 1))
    /// As many of the longest matches as fit one write, and their number.
    private var fullMatches: UInt64 = 0
    private var fullMatchCount = 0
    private var endOfBlock: UInt64 = 0

    /// The number of bits that a write takes.
    ///
    /// A head and a tail from the tables are one write only if the longest of both fit it; see `prepare`. All other writes
    /// fit it with any code of up to 15 bits: a literal has 15 bits at most, a match with its extra bits and distance
    /// 15 + 5 + 5, and a copy's match 15 + 5 + 5 + 13.
    private static let writeBits = Int(BitCursor.writeBits)

    init() {
        unsafe matches.initialize(repeating: 0, count: DeflateSymbol.matchLengths.upperBound + 1)
    }

    deinit {
        unsafe heads.deallocate()
        unsafe matches.deallocate()
        unsafe literals.deallocate()
    }

    /// Makes the tables for a block.
    ///
    /// - Parameters:
    ///   - code: the code of literals and lengths.
    ///   - symbols: what occurs in the block; all else has no defined entries.
    mutating func prepare(
        _ form: RunToken.Form, _ code: borrowing HuffmanCode, _ distances: DistanceCode,
        _ symbols: borrowing SymbolCounter
    ) {
        self.form = form
        self.distances = distances
        let (longestLiteral, longestMatch) = prepareSymbols(code, nearBits: distances.bits)
        let longest = DeflateSymbol.matchLengths.upperBound
        // The length of 258 bytes might not occur.
        let fullMatch = unsafe code.lengths[285] > 0 ? matches[longest] : 1
        let fullBits = Int(fullMatch & 63)
        fullMatches = 0
        fullMatchCount = Self.writeBits / fullBits
        for _ in 0..<fullMatchCount { fullMatches = Self.joined(fullMatches, fullMatch) }
        endOfBlock = Self.entry(code, DeflateSymbol.endOfBlock)

        /// The number of bits of a match, 0 if its symbol does not occur.
        func bits(_ length: Int) -> Int {
            unsafe code.lengths[DeflateSymbol(matchLength: length).index] > 0 ? Int(matches[length] & 63) : 0
        }
        /// The maximum number of bits of a run of up to `largest` bytes; see `MatchLengthSplit`.
        ///
        /// Up to three bytes are as many literals. More are a literal and matches: either full ones and another, or one
        /// full match fewer and two others, of 255 bytes and of 4 or 5. Codes have up to 15 bits, so three literals can
        /// have 45, and 60 with the head: none of the three can be left out.
        func maximumBits(_ literal: UInt64, _ largest: Int) -> Int {
            let literalBits = Int(literal & 63)
            let fullCount = largest / longest
            let shorterBits =
                fullCount > 0 ? (fullCount - 1) * fullBits + bits(255) + max(bits(4), bits(5)) : 0
            return max(3 * literalBits, literalBits + max(fullCount * fullBits + longestMatch, shorterBits))
        }
        let (largestHead, largestTail) = (symbols.largestHead, symbols.largestTail)
        let headBits: Int
        let tailBits: Int
        switch form {
        case .literalAndZeros: (headBits, tailBits) = unsafe (longestLiteral, maximumBits(literals[0], largestTail))
        case .literalAndRepeats: (headBits, tailBits) = (longestLiteral, maximumBits(0, largestTail))
        case .blackAndWhite:
            (headBits, tailBits) = unsafe (
                maximumBits(literals[0], largestHead), maximumBits(literals[255], largestTail)
            )
        }
        usesTables = headBits + tailBits <= Self.writeBits
        guard usesTables else { return }
        switch form {
        case .literalAndZeros:
            unsafe heads.update(from: literals, count: 256)
            unsafe prepareRuns(tails, literals[0], largest: largestTail)
        case .literalAndRepeats:
            unsafe heads.update(from: literals, count: 256)
            unsafe prepareRuns(tails, 0, largest: largestTail)
        case .blackAndWhite:
            unsafe prepareRuns(heads, literals[0], largest: largestHead)
            unsafe prepareRuns(tails, literals[255], largest: largestTail)
        }
    }

    /// Makes the entries of literals and matches; returns the maximum number of bits of each.
    private func prepareSymbols(_ code: borrowing HuffmanCode, nearBits: Int) -> (literal: Int, match: Int) {
        let (literals, matches) = unsafe (literals, matches)
        let (codes, lengths) = unsafe (code.codes, code.lengths)
        var longestLiteral: UInt8 = 0
        for byte in 0..<256 {
            unsafe literals[byte] = unsafe UInt64(codes[byte]) &<< 6 | UInt64(lengths[byte])
            longestLiteral = unsafe max(longestLiteral, lengths[byte])
        }
        unsafe matches[0] = 0
        var longest = 0
        DeflateSymbol.forEachLengthSymbol { symbol, symbolLengths, extraBits in
            let codeBits = unsafe Int(lengths[symbol])
            guard codeBits > 0 else { return }
            // The code of the distance 1 is all zeros.
            let bits = codeBits &+ extraBits &+ nearBits
            longest = max(longest, bits)
            var entry = unsafe UInt64(codes[symbol]) &<< 6 | UInt64(truncatingIfNeeded: bits)
            let step: UInt64 = 1 &<< UInt64(truncatingIfNeeded: codeBits &+ 6)
            for length in symbolLengths {
                unsafe matches[length] = entry
                entry &+= step
            }
        }
        return (Int(longestLiteral), longest)
    }

    /// Makes the entries of runs of up to `largest` bytes: `literal`, then matches or literals for all but the first.
    ///
    /// Without a literal, an entry stands for the matches of as many bytes.
    private func prepareRuns(_ table: UnsafeMutablePointer<UInt64>, _ literal: UInt64, largest: Int) {
        unsafe table[0] = 0
        unsafe table[1] = literal
        unsafe table[2] = Self.joined(literal, literal)
        unsafe table[3] = unsafe Self.joined(literal, table[2])
        let matches = unsafe matches
        let longest = DeflateSymbol.matchLengths.upperBound
        let first = literal == 0 ? 0 : 1
        // What precedes the last match: the literal and full matches; and the same with one full match less.
        var prefix = literal
        var shorterPrefix = literal
        var start = first
        while start < largest {
            let part = unsafe table + start
            if start > first {
                unsafe part[1] = unsafe Self.joined(Self.joined(shorterPrefix, matches[255]), matches[4])
                unsafe part[2] = unsafe Self.joined(Self.joined(shorterPrefix, matches[255]), matches[5])
            }
            let (bits, value) = (prefix & 63, prefix & ~63)
            let end = min(longest, largest &- start)
            var length = DeflateSymbol.matchLengths.lowerBound
            while length <= end {
                let match = unsafe matches[length]
                unsafe part[length] = ((match & ~63) &<< bits | value) &+ (match & 63 &+ bits)
                length &+= 1
            }
            start &+= longest
            shorterPrefix = prefix
            prefix = unsafe Self.joined(prefix, matches[longest])
        }
    }

    private static func entry(_ code: borrowing HuffmanCode, _ symbol: Int) -> UInt64 {
        unsafe UInt64(code.codes[symbol]) &<< 6 | UInt64(code.lengths[symbol])
    }

    /// Two strings, one after the other, of together at most 56 bits.
    @inline(__always)
    private static func joined(_ first: UInt64, _ second: UInt64) -> UInt64 {
        (first | (second & ~63) &<< (first & 63)) &+ (second & 63)
    }

    /// Writes the tokens of the block, and its end, and returns where the next bits go.
    ///
    /// The cursor is passed by value: behind `inout`, the compiler would store it for each token.
    func write(_ tokens: UnsafeBufferPointer<RunToken>, at start: BitCursor) -> BitCursor {
        var cursor = start
        let heads = unsafe heads
        if usesTables {
            let outsideTables = form.outsideTables
            for index in tokens.indices {
                let token = unsafe tokens[index]
                if token.bits & outsideTables == 0 {
                    let (head, tail) = unsafe (heads[token.head], heads[RunToken.tableSize &+ token.tail])
                    // Shifts use the lowest six bits only.
                    cursor.write(head &>> 6 | (tail &>> 6) &<< head, count: (head &+ tail) & 63)
                } else {
                    cursor = writeLong(token, cursor)
                }
            }
        } else {
            for index in tokens.indices { cursor = unsafe writeLong(tokens[index], cursor) }
        }
        Self.write(endOfBlock, to: &cursor)
        return cursor
    }

    @inline(__always)
    private static func write(_ entry: UInt64, to cursor: inout BitCursor) {
        cursor.write(entry &>> 6, count: entry & 63)
    }

    /// Writes a token without table entries; the cursor is passed by value, so that it stays in registers.
    @inline(never)
    private func writeLong(_ token: RunToken, _ start: BitCursor) -> BitCursor {
        var cursor = start
        if token.isCopy {
            writeCopy(token.tail, to: &cursor)
            return cursor
        }
        switch form {
        case .literalAndZeros:
            unsafe Self.write(literals[token.head], to: &cursor)
            unsafe writeRun(literals[0], count: token.tail, to: &cursor)
        case .literalAndRepeats:
            unsafe Self.write(literals[token.head], to: &cursor)
            if token.tail > 0 { writeMatches(token.tail, to: &cursor) }
        case .blackAndWhite:
            unsafe writeRun(literals[0], count: token.head, to: &cursor)
            unsafe writeRun(literals[255], count: token.tail, to: &cursor)
        }
        return cursor
    }

    /// Writes `count` bytes of one value.
    private func writeRun(_ literal: UInt64, count: Int, to cursor: inout BitCursor) {
        let literalCount = count > DeflateSymbol.matchLengths.lowerBound ? 1 : count
        for _ in 0..<literalCount { Self.write(literal, to: &cursor) }
        if count > literalCount { writeMatches(count - 1, to: &cursor) }
    }

    /// Writes matches with the distance 1 for `length` bytes, at least 3.
    private func writeMatches(_ length: Int, to cursor: inout BitCursor) {
        let split = MatchLengthSplit(length)
        var left = split.fullCount
        while left >= fullMatchCount {
            Self.write(fullMatches, to: &cursor)
            left &-= fullMatchCount
        }
        for _ in 0..<left { unsafe Self.write(matches[DeflateSymbol.matchLengths.upperBound], to: &cursor) }
        unsafe Self.write(matches[split.first], to: &cursor)
        unsafe Self.write(matches[split.second], to: &cursor)
    }

    /// Writes matches with the copy distance for `length` bytes, at least 3.
    private func writeCopy(_ length: Int, to cursor: inout BitCursor) {
        let split = MatchLengthSplit(length)
        for _ in 0..<split.fullCount { writeFarMatch(DeflateSymbol.matchLengths.upperBound, to: &cursor) }
        if split.first > 0 { writeFarMatch(split.first, to: &cursor) }
        if split.second > 0 { writeFarMatch(split.second, to: &cursor) }
    }

    private func writeFarMatch(_ length: Int, to cursor: inout BitCursor) {
        // The code of the distance 1 is all zeros, and as long as that of the copy distance.
        let match = unsafe matches[length]
        let lengthBits = match & 63 &- UInt64(truncatingIfNeeded: distances.bits)
        cursor.write(
            match &>> 6 | distances.far &<< lengthBits,
            count: lengthBits &+ UInt64(truncatingIfNeeded: distances.farBits))
    }
}

/// The code of a block's two distances: 1, whose code is all zeros, and the copy distance.
struct DistanceCode {
    /// The code length of both.
    let bits: Int
    /// The code of the copy distance with its extra bits, and their number.
    let far: UInt64
    let farBits: Int

    private init(bits: Int, farCode: UInt64, far: DeflateSymbol) {
        self.bits = bits
        self.far = farCode | UInt64(far.extra) << UInt64(bits)
        farBits = bits + far.extraBits
    }

    /// The fixed code (RFC 1951, section 3.2.6): five bits, the highest first.
    static func fixed(far: DeflateSymbol) -> DistanceCode {
        DistanceCode(bits: 5, farCode: UInt64(HuffmanCode.reversed(UInt16(far.index)) >> 11), far: far)
    }

    /// A code of one bit for each of the two.
    static func two(far: DeflateSymbol) -> DistanceCode {
        DistanceCode(bits: 1, farCode: 1, far: far)
    }
}
