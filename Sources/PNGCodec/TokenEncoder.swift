/// Writes the tokens of a block by tables: a look-up for a token's byte, and one for what follows it.
struct TokenEncoder {
    /// For each byte its code, and its length above 24 bits.
    private let literals = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
    /// For each match length its bits, those of the distance 1 included, and their number above 24 bits; 0 for none.
    private let matches = UnsafeMutablePointer<UInt32>.allocate(capacity: DeflateSymbol.matchLengths.upperBound + 1)
    /// For each number of bytes behind a token's first their bits, and the number of these above 56 bits; or a mark.
    private let rests = UnsafeMutablePointer<UInt64>.allocate(capacity: otherRest + 1)
    /// Stands for all numbers that are not in the table. A mark is where more than a look-up is needed.
    private static let otherRest = RunToken.matchZeros.upperBound + 1
    private static let mark = UInt64.max
    /// What the whole block has in common.
    private let constants = UnsafeMutablePointer<Constants>.allocate(capacity: 1)

    private struct Constants {
        var form = RunToken.Form.run
        var nearBits = 0
        var farValue: UInt64 = 0
        var farBits = 0
        /// As many of the longest matches as one write takes, and how many these are.
        var fullValue: UInt64 = 0
        var fullBits = 0
        var fullCount = 0
        var endValue: UInt64 = 0
        var endBits = 0
    }

    func deallocate() {
        literals.deallocate()
        matches.deallocate()
        rests.deallocate()
        constants.deallocate()
    }

    /// Makes the tables.
    ///
    /// - Parameters:
    ///   - form: what the tokens stand for.
    ///   - nearBits: how long the code of the distance 1 is, which is all zeros.
    ///   - farCode: the code of the far distance, as long as that.
    ///   - far: the far distance's symbol.
    func prepare(
        _ form: RunToken.Form, _ code: borrowing HuffmanCode, nearBits: Int, farCode: UInt64, far: DeflateSymbol
    ) {
        for byte in 0..<256 {
            literals[byte] = UInt32(code.codes[byte]) | UInt32(code.lengths[byte]) &<< 24
        }
        for length in 0..<DeflateSymbol.matchLengths.lowerBound { matches[length] = 0 }
        for length in DeflateSymbol.matchLengths {
            let symbol = DeflateSymbol(matchLength: length)
            let codeBits = code.lengths[symbol.index]
            matches[length] =
                UInt32(code.codes[symbol.index]) | UInt32(truncatingIfNeeded: symbol.extra) &<< UInt32(codeBits)
                | UInt32(truncatingIfNeeded: Int(codeBits) &+ symbol.extraBits &+ nearBits) &<< 24
        }
        prepareRests(form)
        var constants = Constants(form: form, nearBits: nearBits)
        constants.farValue = farCode | UInt64(far.extra) << UInt64(nearBits)
        constants.farBits = nearBits + far.extraBits
        let full = matches[DeflateSymbol.matchLengths.upperBound]
        let bitsOfFull = Int(full &>> 24)
        constants.fullCount = 56 / bitsOfFull
        for _ in 0..<constants.fullCount {
            constants.fullValue |= UInt64(full & 0xFF_FFFF) &<< UInt64(constants.fullBits)
            constants.fullBits += bitsOfFull
        }
        constants.endValue = UInt64(code.codes[DeflateSymbol.endOfBlock])
        constants.endBits = Int(code.lengths[DeflateSymbol.endOfBlock])
        self.constants.initialize(to: constants)
    }

    private func prepareRests(_ form: RunToken.Form) {
        let (literals, matches, rests) = (literals, matches, rests)
        rests[0] = 0
        rests[Self.otherRest] = Self.mark
        switch form {
        case .run:
            // One or two more are literals, of a byte that the table does not know.
            for count in 1..<DeflateSymbol.matchLengths.lowerBound { rests[count] = Self.mark }
            for count in DeflateSymbol.matchLengths { rests[count] = Self.entry(matches[count]) }
            rests[DeflateSymbol.matchLengths.upperBound + 1] = Self.mark
        case .zeros:
            let zero = Self.entry(literals[0])
            for count in 1..<RunToken.matchZeros.lowerBound { rests[count] = Self.joined(rests[count - 1], zero) }
            for count in RunToken.matchZeros { rests[count] = Self.joined(zero, Self.entry(matches[count &- 1])) }
        }
    }

    /// The bits of an entry with 24 bits of value as one with 56.
    @inline(__always)
    private static func entry(_ bits: UInt32) -> UInt64 {
        UInt64(bits & 0xFF_FFFF) | UInt64(bits &>> 24) &<< 56
    }

    @inline(__always)
    private static func joined(_ first: UInt64, _ second: UInt64) -> UInt64 {
        // The numbers of bits add up, far below 2⁸.
        first &+ second & 0xFF &<< 56 &+ (second & ~(0xFF &<< 56)) &<< (first &>> 56)
    }

    @inline(__always)
    func write(_ token: RunToken, to cursor: inout BitCursor) {
        let literal = literals[token.value]
        // One look-up for all numbers, and for copies: a branch on them would be guessed wrong too often.
        let rest = rests[min(token.rest, Self.otherRest)]
        guard rest != Self.mark else {
            writeOther(token, to: &cursor)
            return
        }
        cursor.write(
            UInt64(literal & 0xFF_FFFF) | (rest & ~(0xFF &<< 56)) &<< UInt64(literal &>> 24),
            count: Int(truncatingIfNeeded: UInt64(literal &>> 24) &+ rest &>> 56))
    }

    /// Writes what the tables do not have.
    private func writeOther(_ token: RunToken, to cursor: inout BitCursor) {
        if token.isCopy {
            writeCopy(token.count, to: &cursor)
            return
        }
        let literal = literals[token.value]
        writeLiteral(literal, to: &cursor)
        switch constants.pointee.form {
        case .run where token.rest < DeflateSymbol.matchLengths.lowerBound:
            for _ in 0..<token.rest { writeLiteral(literal, to: &cursor) }
        case .run:
            writeMatches(token.rest, to: &cursor)
        case .zeros:
            writeLiteral(literals[0], to: &cursor)
            writeMatches(token.rest - 1, to: &cursor)
        }
    }

    private func writeLiteral(_ literal: UInt32, to cursor: inout BitCursor) {
        cursor.write(UInt64(literal & 0xFF_FFFF), count: Int(literal &>> 24))
    }

    /// Writes matches of one byte before, for `length` bytes, 3 or more.
    private func writeMatches(_ length: Int, to cursor: inout BitCursor) {
        let cut = MatchSplit(length)
        let constants = constants.pointee
        var left = cut.fullCount
        while left >= constants.fullCount {
            cursor.write(constants.fullValue, count: constants.fullBits)
            left &-= constants.fullCount
        }
        for _ in 0..<left { writeMatch(DeflateSymbol.matchLengths.upperBound, to: &cursor) }
        writeMatch(cut.first, to: &cursor)
        writeMatch(cut.second, to: &cursor)
    }

    /// Writes a match of one byte before; a length of 0 writes nothing.
    @inline(__always)
    private func writeMatch(_ length: Int, to cursor: inout BitCursor) {
        cursor.write(UInt64(matches[length] & 0xFF_FFFF), count: Int(matches[length] &>> 24))
    }

    private func writeCopy(_ length: Int, to cursor: inout BitCursor) {
        let cut = MatchSplit(length)
        for _ in 0..<cut.fullCount { writeFarMatch(DeflateSymbol.matchLengths.upperBound, to: &cursor) }
        if cut.first > 0 { writeFarMatch(cut.first, to: &cursor) }
        if cut.second > 0 { writeFarMatch(cut.second, to: &cursor) }
    }

    private func writeFarMatch(_ length: Int, to cursor: inout BitCursor) {
        let constants = constants.pointee
        let lengthBits = Int(matches[length] &>> 24) - constants.nearBits
        cursor.write(
            UInt64(matches[length] & 0xFF_FFFF) | constants.farValue &<< UInt64(lengthBits),
            count: lengthBits + constants.farBits)
    }

    func writeEnd(to cursor: inout BitCursor) {
        cursor.write(constants.pointee.endValue, count: constants.pointee.endBits)
    }
}
