/// What deflate (RFC 1951, section 3.2.5) writes for lengths and distances: a symbol, and bits behind its code.
struct DeflateSymbol {
    let index: Int
    let extra: Int
    let extraBits: Int

    static let endOfBlock = 256
    /// How many symbols there are for literals, the end and lengths.
    static let literalCount = 286
    /// How many the fixed code has: two more, which never occur.
    static let fixedCount = 288
    static let matchLengths = 3...258

    /// The symbol of a match length.
    @inline(__always)
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

    /// The length of a literal's, the end's or a length's code in deflate's fixed codes (section 3.2.6).
    static func fixedLength(_ symbol: Int) -> UInt8 {
        switch symbol {
        case 0..<144: 8
        case 144..<256: 9
        case 256..<280: 7
        default: 8
        }
    }
}

/// How a stretch of bytes is cut into matches: as many of the longest as fit, then up to two.
struct MatchSplit {
    let fullCount: Int
    /// The lengths of the others; 0 for none.
    let first: Int
    let second: Int

    /// Cuts `count` bytes, 3 or more. Never leaves one or two bytes over: they would cost a literal each.
    @inline(__always)
    init(_ count: Int) {
        let (quotient, rest) = count.quotientAndRemainder(dividingBy: DeflateSymbol.matchLengths.upperBound)
        switch rest {
        case 0: (fullCount, first, second) = (quotient, 0, 0)
        case 1, 2: (fullCount, first, second) = (quotient - 1, 255, rest + 3)
        default: (fullCount, first, second) = (quotient, rest, 0)
        }
    }
}
