/// Compresses bytes that come as tokens into a deflate stream (RFC 1951): work in proportion to these, not to the bytes.
///
/// A token is a byte and how many follow it: of the same value in streams of runs, zeros in the others. It becomes the
/// byte and copies from one byte before, nothing is looked for; and the caller says where a stretch of a stream of runs
/// repeats one from further back. So the stream depends on the tokens alone, and on no library's version; and from the
/// second stream of a kind on, nothing is allocated.
///
/// Each block has a Huffman code made for it, or the fixed one where that is shorter. To make it takes some 3 µs for a
/// mask of 512×512 px, a twentieth of drawing and writing it; one code for all masks, with every symbol in its head, would
/// make 1-bit files 6 % larger.
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
    private var form = RunToken.Form.run
    private var farDistance = RunDeflater.maximumDistance
    private var bits = BitWriter()
    /// How often each symbol occurs in the block, and each match length.
    private let frequencies = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: DeflateSymbol.fixedCount)
    private let lengthFrequencies = UnsafeMutableBufferPointer<UInt32>.allocate(
        capacity: DeflateSymbol.matchLengths.upperBound + 1)
    /// How often so many zeros follow a byte, as far as one match is enough.
    private let zeroFrequencies = UnsafeMutableBufferPointer<UInt32>.allocate(
        capacity: RunToken.matchZeros.upperBound + 1)
    private var code = HuffmanCode(symbolCount: DeflateSymbol.literalCount)
    private var fixedCode = HuffmanCode(symbolCount: DeflateSymbol.fixedCount)
    private var head = DynamicBlockHeader()
    private let writer = TokenEncoder()

    init() {
        tokens = .allocate(capacity: tokenCapacity)
        fixedCode.assign(lengths: DeflateSymbol.fixedLength)
    }

    deinit {
        tokens.deallocate()
        frequencies.deallocate()
        lengthFrequencies.deallocate()
        zeroFrequencies.deallocate()
        writer.deallocate()
    }

    /// Forgets all, for another stream, and keeps the memory.
    ///
    /// - Parameters:
    ///   - form: what its tokens stand for.
    ///   - farDistance: from how many bytes before copies come, 3 to `maximumDistance`; 1 if there are none.
    mutating func begin(_ form: RunToken.Form = .run, farDistance: Int = 1) {
        self.form = form
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
            writer.prepare(form, fixedCode, nearBits: 5, farCode: UInt64(UInt8(far.index).reversedBits >> 3), far: far)
        } else {
            writer.prepare(form, code, nearBits: 1, farCode: 1, far: far)
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
        frequencies.initialize(repeating: 0)
        lengthFrequencies.initialize(repeating: 0)
        switch form {
        case .run: countRuns(block)
        case .zeros: countZeros(block)
        }
        var matchCount = 0
        for length in DeflateSymbol.matchLengths {
            frequencies[DeflateSymbol(matchLength: length).index] &+= lengthFrequencies[length]
            matchCount &+= Int(lengthFrequencies[length])
        }
        frequencies[DeflateSymbol.endOfBlock] = 1
        return matchCount
    }

    /// Counts literals and match lengths of runs and copies.
    private func countRuns(_ block: UnsafeBufferPointer<RunToken>) {
        let (frequencies, lengths) = (frequencies, lengthFrequencies)
        for token in block {
            var rest = token.count
            if !token.isCopy {
                rest &-= 1
                // One or two more bytes are literals, too: there is no match as short.
                frequencies[token.value] &+= rest < 3 ? UInt32(truncatingIfNeeded: token.count) : 1
            }
            if rest <= DeflateSymbol.matchLengths.upperBound {
                lengths[rest] &+= 1
            } else {
                countMatches(rest)
            }
        }
    }

    /// Counts literals and match lengths of bytes with zeros behind.
    private func countZeros(_ block: UnsafeBufferPointer<RunToken>) {
        let (frequencies, lengths, zeros) = (frequencies, lengthFrequencies, zeroFrequencies)
        zeros.initialize(repeating: 0)
        for token in block {
            frequencies[token.value] &+= 1
            if token.rest <= RunToken.matchZeros.upperBound {
                zeros[token.rest] &+= 1
            } else {
                frequencies[0] &+= 1
                countMatches(token.rest &- 1)
            }
        }
        for count in 1..<RunToken.matchZeros.lowerBound {
            frequencies[0] &+= UInt32(truncatingIfNeeded: count) &* zeros[count]
        }
        for count in RunToken.matchZeros {
            frequencies[0] &+= zeros[count]
            lengths[count &- 1] &+= zeros[count]
        }
    }

    /// Counts the matches of `length` bytes, 3 or more.
    private func countMatches(_ length: Int) {
        let (cut, lengths) = (MatchSplit(length), lengthFrequencies)
        lengths[DeflateSymbol.matchLengths.upperBound] &+= UInt32(truncatingIfNeeded: cut.fullCount)
        lengths[cut.first] &+= 1
        lengths[cut.second] &+= 1
    }
}
