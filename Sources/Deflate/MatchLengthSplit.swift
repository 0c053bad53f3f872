/// A stretch of bytes as lengths of matches: as many of the longest as fit, then up to two others.
struct MatchLengthSplit {
    let fullCount: Int
    /// The lengths of the others; 0 if there is none.
    let first: Int
    let second: Int

    /// Splits `count` bytes, at least 3. One or two bytes are never left over: they would cost a literal each.
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
