/// The code of a length or a distance (RFC 1951, section 3.2.5): a symbol, and extra bits that follow it.
struct DeflateSymbol {
    let index: Int
    let extra: Int
    let extraBits: Int

    static let endOfBlock = 256
    /// The number of symbols for literals, the end of a block, and lengths.
    static let literalCount = 286
    /// The number of symbols in the fixed code: two more, which never occur.
    static let fixedCount = 288
    /// The lengths of a match.
    static let matchLengths = 3...258

    /// The symbol of a match length.
    init(matchLength: Int) {
        let rest = matchLength &- 3
        if matchLength == Self.matchLengths.upperBound {
            (index, extra, extraBits) = (285, 0, 0)
        } else if rest < 8 {
            (index, extra, extraBits) = (257 &+ rest, 0, 0)
        } else {
            // Four symbols for each power of two.
            extraBits = Int.bitWidth &- 3 &- rest.leadingZeroBitCount
            index = 257 &+ 4 &* extraBits &+ rest &>> extraBits
            extra = rest & (1 &<< extraBits &- 1)
        }
    }

    /// The symbol of a distance, 1 to 32,768.
    init(distance: Int) {
        let rest = distance - 1
        if rest < 4 {
            (index, extra, extraBits) = (rest, 0, 0)
        } else {
            // Two symbols for each power of two.
            extraBits = Int.bitWidth - 2 - rest.leadingZeroBitCount
            index = 2 * extraBits + rest >> extraBits
            extra = rest & (1 << extraBits - 1)
        }
    }

    /// Calls `body` with each symbol of a match length, its lengths in the order of the extra bits, and how many of these
    /// bits there are.
    @inline(__always)
    static func forEachLengthSymbol(_ body: (_ symbol: Int, _ lengths: Range<Int>, _ extraBits: Int) -> Void) {
        let longest = matchLengths.upperBound
        var length = matchLengths.lowerBound
        for symbol in 257..<285 {
            let extraBits = max(0, (symbol &- 257) &>> 2 &- 1)
            let next = length &+ 1 &<< extraBits
            // The longest match has a symbol of its own.
            body(symbol, length..<min(next, longest), extraBits)
            length = next
        }
        body(285, longest..<longest + 1, 0)
    }

    /// The code length of a literal, the end of a block, or a length in the fixed code (section 3.2.6).
    static func fixedLength(_ symbol: Int) -> UInt8 {
        switch symbol {
        case 0..<144: 8
        case 144..<256: 9
        case 256..<280: 7
        default: 8
        }
    }
}
