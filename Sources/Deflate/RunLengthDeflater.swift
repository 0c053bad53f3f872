/// Compresses bytes that come as tokens into a deflate stream (RFC 1951): the work is proportional to the tokens.
///
/// A token is two stretches of bytes, each of which becomes literals and matches with the distance 1. Nothing is
/// searched for: the caller says where bytes repeat earlier ones at one fixed distance. So the stream depends on the
/// tokens alone, not on the version of a library. From the second stream of a kind on, nothing is allocated.
///
/// Each block has its own Huffman code, or the fixed one where that is shorter. One code for all masks would make 8-bit
/// files 5 % and 1-bit files 6 % larger.
@safe package struct RunLengthDeflater: ~Copyable {
    /// The maximum distance of copies, in bytes.
    package static let maximumDistance = 32_768

    /// Whether `length` can be a copy distance; shorter ones are never needed.
    package static func canReach(_ length: Int) -> Bool { (3...maximumDistance).contains(length) }

    /// The number of tokens from which on a block can end.
    private static let blockTokens = 1 << 14

    private var tokens = UnsafeMutablePointer<RunToken>.allocate(capacity: 0)
    private var capacity = 0
    private var form = RunToken.Form.literalAndRepeats
    private var copyDistance = RunLengthDeflater.maximumDistance
    private var bits = BitWriter()
    private var symbols = SymbolCounter()
    private var code = HuffmanCode(symbolCount: DeflateSymbol.literalCount)
    private var fixedCode = HuffmanCode(symbolCount: DeflateSymbol.fixedCount)
    private var header = DynamicBlockHeader()
    private var encoder = TokenEncoder()

    /// The place for the next token.
    ///
    /// Tokens are written there and behind it without a check of the room, then `advance(to:)` makes them part of the
    /// stream.
    package private(set) var next: UnsafeMutablePointer<RunToken>

    /// Whoever finds `next` at or behind this place must call `endBlock` before more tokens are written than a caller
    /// of `begin` asked room for.
    package private(set) var blockEnd: UnsafeMutablePointer<RunToken>

    /// A deflater without a stream.
    package init() {
        unsafe next = unsafe tokens
        unsafe blockEnd = unsafe tokens
        fixedCode.assign(lengths: DeflateSymbol.fixedLength)
        begin(.literalAndRepeats)
    }

    deinit {
        unsafe tokens.deallocate()
    }

    /// Starts another stream, drops the previous one, and keeps the memory.
    ///
    /// - Parameters:
    ///   - form: what the tokens mean.
    ///   - copyDistance: the distance of all copies, 3 to `maximumDistance`; 1 if there are none.
    ///   - room: the maximum number of tokens that are written without a check of `blockEnd`, at least 1.
    package mutating func begin(_ form: RunToken.Form, copyDistance: Int = 1, room: Int = 1) {
        self.form = form
        self.copyDistance = copyDistance
        if capacity < Self.blockTokens + room {
            unsafe tokens.deallocate()
            capacity = Self.blockTokens + room
            unsafe tokens = .allocate(capacity: capacity)
        }
        unsafe next = unsafe tokens
        unsafe blockEnd = unsafe tokens + Self.blockTokens
        bits.removeAll()
    }

    /// Makes the tokens before `place` part of the stream.
    package mutating func advance(to place: UnsafeMutablePointer<RunToken>) {
        unsafe next = unsafe place
    }

    /// Compresses the tokens so far as a block that is not the last.
    package mutating func endBlock() {
        writeBlock(isLast: false)
    }

    /// Adds `count` bytes of one value, any number, to a stream of literals and repeats.
    package mutating func appendRun(_ value: UInt8, count: Int) {
        var left = count
        while left > 0 {
            let step = min(left, RunToken.longestRun)
            if step <= DeflateSymbol.matchLengths.lowerBound {
                for _ in 0..<step { append(RunToken(head: Int(value), tail: 0)) }
            } else {
                append(RunToken(head: Int(value), tail: step - 1))
            }
            left -= step
        }
    }

    /// Adds one token.
    package mutating func append(_ token: RunToken) {
        if unsafe next >= blockEnd { endBlock() }
        unsafe next.initialize(to: token)
        unsafe next += 1
    }

    /// Whether there are compressed bytes to take.
    package var hasBytes: Bool { bits.hasBytes }

    /// Appends the whole bytes of all compressed blocks to `output`; with `isLast`, ends the stream.
    package mutating func takeBytes(isLast: Bool, into output: inout [UInt8]) {
        if isLast {
            writeBlock(isLast: true)
            bits.alignToByte()
        }
        bits.takeBytes(into: &output)
    }

    /// Writes the tokens as a block, with the shorter of two kinds of codes, and drops them.
    private mutating func writeBlock(isLast: Bool) {
        let block = unsafe UnsafeBufferPointer(start: tokens, count: next - tokens)
        unsafe symbols.count(block, form)
        let far = DeflateSymbol(distance: copyDistance)
        unsafe code.build(symbols.frequencies, limit: 15)
        let (codeBits, fixedCodeBits) = unsafe code.totalBits(symbols.frequencies, and: fixedCode)
        let fixedBits = fixedCodeBits + 5 * symbols.matchCount
        let ownBits = codeBits + symbols.matchCount
        let headerBits = header.prepare(code, farSymbol: far.index)
        let isFixed = fixedBits <= ownBits + headerBits
        // Up to 5 bits can follow a match's length, and up to 13 a copy's distance.
        let room = max(fixedBits, ownBits + headerBits) + 5 * symbols.matchCount + 13 * symbols.copyMatchCount + 64
        if isFixed {
            encoder.prepare(form, fixedCode, .fixed(far: far), symbols)
        } else {
            encoder.prepare(form, code, .two(far: far), symbols)
        }
        var cursor = bits.cursor(roomFor: room)
        cursor.write((isLast ? 1 : 0) | (isFixed ? 2 : 4), count: 3)
        if !isFixed { header.write(to: &cursor) }
        unsafe bits.advance(to: encoder.write(block, at: cursor))
        unsafe next = unsafe tokens
    }
}
