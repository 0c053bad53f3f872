/// Compresses runs of bytes into a deflate stream (RFC 1951): work in proportion to the runs, not to the bytes.
///
/// It looks for nothing: a run becomes its byte and copies from one byte before, and the caller says where a stretch
/// repeats one from further back. Each block has a Huffman code made for it, or the fixed one where that is shorter. So
/// the stream depends on the runs alone, and on no library's version; and from the second stream of a kind on, nothing
/// is allocated.
struct RunDeflater: ~Copyable {
    /// From where copies can come at most, in bytes before their first.
    static let maximumDistance = 32_768
    /// Whether copies of `length` bytes or fewer can come from `length` bytes before.
    static func canReach(_ length: Int) -> Bool { (3...maximumDistance).contains(length) }

    /// From how many tokens on a block ends.
    private static let blockTokens = 1 << 15

    private var tokens: UnsafeMutablePointer<RunToken>
    private var tokenCapacity = 1 << 12
    private var tokenCount = 0
    private var farDistance = RunDeflater.maximumDistance
    private var bits = BitWriter()
    /// How often each symbol occurs in the block, and each match length.
    private let frequencies = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: DeflateSymbol.fixedCount)
    private let lengthFrequencies = UnsafeMutableBufferPointer<UInt32>.allocate(
        capacity: DeflateSymbol.matchLengths.upperBound + 1)
    private var code = HuffmanCode(symbolCount: DeflateSymbol.literalCount)
    private var fixedCode = HuffmanCode(symbolCount: DeflateSymbol.fixedCount)
    private var head = DeflateHead()
    private let writer = BlockWriter()

    init() {
        tokens = .allocate(capacity: tokenCapacity)
        fixedCode.assign(lengths: DeflateSymbol.fixedLength)
    }

    deinit {
        tokens.deallocate()
        frequencies.deallocate()
        lengthFrequencies.deallocate()
        writer.deallocate()
    }

    /// Forgets all, for another stream, and keeps the memory.
    ///
    /// - Parameter farDistance: from how many bytes before copies come, 3 to `maximumDistance`.
    mutating func begin(farDistance: Int) {
        self.farDistance = farDistance
        tokenCount = 0
        bits.removeAll()
    }

    /// The place for at most `count` more runs; `advance` takes it back.
    @inline(__always)
    mutating func runs(roomFor count: Int) -> RunTokens {
        reserve(count)
        return RunTokens(tokens + tokenCount)
    }

    /// Makes what was added through the place, the last that was lent, part of the stream.
    @inline(__always)
    mutating func advance(to runs: RunTokens) {
        tokenCount = runs.next - tokens
    }

    /// Adds `count` bytes of one value; 0 adds none.
    mutating func run(_ value: UInt8, count: Int) {
        var left = count
        while left > 0 {
            let step = min(left, RunTokens.longestRun)
            var runs = runs(roomFor: 1)
            runs.append(value, count: step)
            advance(to: runs)
            left -= step
        }
    }

    /// Adds `length` bytes, 3 or more or none, that repeat those the far distance before them.
    mutating func copy(length: Int) {
        var left = length
        while left > 0 {
            // Never leaves one or two bytes over: no match is as short.
            let step = left <= RunTokens.longestRun ? left : RunTokens.longestRun - 3
            var runs = runs(roomFor: 1)
            runs.appendCopy(count: step)
            advance(to: runs)
            left -= step
        }
    }

    /// Whether blocks were compressed that nobody took yet.
    var hasBytes: Bool { bits.hasBytes }

    /// Appends to `output` the whole bytes of the blocks that are compressed; with `isLast`, ends the stream.
    mutating func takeBytes(isLast: Bool, into output: inout [UInt8]) {
        if isLast {
            writeBlock(isLast: true)
            bits.alignToByte()
        }
        bits.takeBytes(into: &output)
    }

    /// Makes room for `count` more tokens; ends the block if it has enough of them.
    private mutating func reserve(_ count: Int) {
        if tokenCount >= Self.blockTokens { writeBlock(isLast: false) }
        guard tokenCount + count > tokenCapacity else { return }
        tokenCapacity = 2 * (tokenCount + count)
        let larger = UnsafeMutablePointer<RunToken>.allocate(capacity: tokenCapacity)
        larger.moveInitialize(from: tokens, count: tokenCount)
        tokens.deallocate()
        tokens = larger
    }

    /// Writes the tokens as a block, with the shorter of two kinds of codes, and forgets them.
    private mutating func writeBlock(isLast: Bool) {
        let block = UnsafeBufferPointer(start: tokens, count: tokenCount)
        let matchCount = countSymbols(of: block)
        let fixedBits = fixedCode.totalBits(frequencies) + 5 * matchCount
        let far = DeflateSymbol(distance: farDistance)
        code.build(frequencies, limit: 15)
        let ownBits = code.totalBits(frequencies) + matchCount
        let headBits = head.prepare(code, farSymbol: far.index)
        let isFixed = fixedBits <= ownBits + headBits
        // Behind a match's code may come 5 bits of its length and 13 of its distance.
        let room = max(fixedBits, ownBits + headBits) + 18 * matchCount + 64
        if isFixed {
            writer.prepare(fixedCode, nearBits: 5, farCode: UInt64(UInt8(far.index).reversedBits >> 3), far: far)
        } else {
            writer.prepare(code, nearBits: 1, farCode: 1, far: far)
        }
        var cursor = bits.cursor(roomFor: room)
        cursor.write((isLast ? 1 : 0) | (isFixed ? 2 : 4), count: 3)
        if !isFixed { head.write(to: &cursor) }
        for token in block { writer.write(token, to: &cursor) }
        writer.writeEnd(to: &cursor)
        bits.advance(to: cursor)
        tokenCount = 0
    }

    /// Counts how often each symbol occurs; gives how many matches there are.
    private func countSymbols(of block: UnsafeBufferPointer<RunToken>) -> Int {
        let (frequencies, lengths) = (frequencies, lengthFrequencies)
        frequencies.initialize(repeating: 0)
        lengths.initialize(repeating: 0)
        for token in block {
            var rest = token.count
            if !token.isCopy {
                rest &-= 1
                // One or two more bytes are literals, too: there is no match as short.
                frequencies[token.value] &+= rest < 3 ? UInt32(truncatingIfNeeded: token.count) : 1
            }
            if rest <= DeflateSymbol.matchLengths.upperBound {
                lengths[rest] &+= 1
                continue
            }
            let cut = MatchCut(rest)
            lengths[DeflateSymbol.matchLengths.upperBound] &+= UInt32(truncatingIfNeeded: cut.fullCount)
            lengths[cut.first] &+= 1
            lengths[cut.second] &+= 1
        }
        var matchCount = 0
        for length in DeflateSymbol.matchLengths {
            frequencies[DeflateSymbol(matchLength: length).index] &+= lengths[length]
            matchCount &+= Int(lengths[length])
        }
        frequencies[DeflateSymbol.endOfBlock] = 1
        return matchCount
    }
}

/// Writes the tokens of a block by tables: for each byte and each match length its bits, and their number above 24 bits.
private struct BlockWriter {
    private let literals = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
    private let matches = UnsafeMutablePointer<UInt32>.allocate(capacity: noMatch + 1)
    /// Stands for all lengths that no match has; its entry, and those of 1 and 2, are a mark.
    private static let noMatch = DeflateSymbol.matchLengths.upperBound + 1
    private static let noMatchMark: UInt32 = 0xFF00_0000
    /// What stands behind the bits of a match length: of a copy from one byte before, only zeros.
    private let suffixes = UnsafeMutablePointer<Suffix>.allocate(capacity: 1)

    private struct Suffix {
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
        suffixes.deallocate()
    }

    /// Makes the tables.
    ///
    /// - Parameters:
    ///   - nearBits: how long the code of the distance 1 is, which is all zeros.
    ///   - farCode: the code of the far distance, as long as that.
    ///   - far: the far distance's symbol.
    func prepare(_ code: borrowing HuffmanCode, nearBits: Int, farCode: UInt64, far: DeflateSymbol) {
        for byte in 0..<256 {
            literals[byte] = UInt32(code.codes[byte]) | UInt32(code.lengths[byte]) &<< 24
        }
        matches[0] = 0
        for length in [1, 2, Self.noMatch] { matches[length] = Self.noMatchMark }
        for length in DeflateSymbol.matchLengths {
            let symbol = DeflateSymbol(matchLength: length)
            let codeBits = code.lengths[symbol.index]
            matches[length] =
                UInt32(code.codes[symbol.index]) | UInt32(truncatingIfNeeded: symbol.extra) &<< UInt32(codeBits)
                | UInt32(truncatingIfNeeded: Int(codeBits) &+ symbol.extraBits &+ nearBits) &<< 24
        }
        var suffix = Suffix(nearBits: nearBits)
        suffix.farValue = farCode | UInt64(far.extra) << UInt64(nearBits)
        suffix.farBits = nearBits + far.extraBits
        let full = matches[DeflateSymbol.matchLengths.upperBound]
        let bitsOfFull = Int(full &>> 24)
        suffix.fullCount = 56 / bitsOfFull
        for _ in 0..<suffix.fullCount {
            suffix.fullValue |= UInt64(full & 0xFF_FFFF) &<< UInt64(suffix.fullBits)
            suffix.fullBits += bitsOfFull
        }
        suffix.endValue = UInt64(code.codes[DeflateSymbol.endOfBlock])
        suffix.endBits = Int(code.lengths[DeflateSymbol.endOfBlock])
        suffixes.initialize(to: suffix)
    }

    @inline(__always)
    func write(_ token: RunToken, to cursor: inout BitCursor) {
        let literal = literals[token.value]
        // One look-up for all lengths: a branch on them would be guessed wrong too often.
        let match = matches[min(token.count &- 1, Self.noMatch)]
        guard match < Self.noMatchMark, !token.isCopy else {
            writeOther(token, to: &cursor)
            return
        }
        cursor.write(
            UInt64(literal & 0xFF_FFFF) | UInt64(match & 0xFF_FFFF) &<< UInt64(literal &>> 24),
            count: Int(literal &>> 24 &+ match &>> 24))
    }

    /// Writes what is neither a byte nor a byte and a match.
    private func writeOther(_ token: RunToken, to cursor: inout BitCursor) {
        if token.isCopy {
            writeCopy(token.count, to: &cursor)
            return
        }
        let rest = token.count - 1
        writeLiterals(literals[token.value], rest < 3 ? token.count : 1, to: &cursor)
        if rest >= 3 { writeLongRun(rest, to: &cursor) }
    }

    private func writeLiterals(_ literal: UInt32, _ count: Int, to cursor: inout BitCursor) {
        for _ in 0..<count { cursor.write(UInt64(literal & 0xFF_FFFF), count: Int(literal &>> 24)) }
    }

    private func writeLongRun(_ length: Int, to cursor: inout BitCursor) {
        let cut = MatchCut(length)
        let suffix = suffixes.pointee
        var left = cut.fullCount
        while left >= suffix.fullCount {
            cursor.write(suffix.fullValue, count: suffix.fullBits)
            left &-= suffix.fullCount
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
        let cut = MatchCut(length)
        for _ in 0..<cut.fullCount { writeFarMatch(DeflateSymbol.matchLengths.upperBound, to: &cursor) }
        if cut.first > 0 { writeFarMatch(cut.first, to: &cursor) }
        if cut.second > 0 { writeFarMatch(cut.second, to: &cursor) }
    }

    private func writeFarMatch(_ length: Int, to cursor: inout BitCursor) {
        let suffix = suffixes.pointee
        let lengthBits = Int(matches[length] &>> 24) - suffix.nearBits
        cursor.write(
            UInt64(matches[length] & 0xFF_FFFF) | suffix.farValue &<< UInt64(lengthBits),
            count: lengthBits + suffix.farBits)
    }

    func writeEnd(to cursor: inout BitCursor) {
        cursor.write(suffixes.pointee.endValue, count: suffixes.pointee.endBits)
    }
}
