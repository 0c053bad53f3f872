import Testing
import ZlibReference

@testable import Deflate

/// Frequencies that grow like Fibonacci's numbers: each is above the sum of `base` and all but the last. So Huffman's
/// algorithm adds one symbol after the other to the same node, and codes are as long as they can be for so few bytes.
private func growingCounts(above base: Int, count: Int) -> [Int] {
    var (counts, sum) = ([base], base)
    while counts.count < count {
        counts.append(sum + 1)
        sum += counts[counts.count - 2]
    }
    return counts
}

/// Tokens in a block of their own, and whether zlib makes of the stream the bytes that they stand for.
private struct Block {
    let form: RunToken.Form
    let copyDistance: Int
    private(set) var tokens: [RunToken] = []
    /// What each token appends to the bytes: they are needed of the block that is chosen, not of all candidates.
    private var parts: [Part] = []
    private var byteCount = 0

    private enum Part {
        case run(head: Int, tail: Int)
        case copy(length: Int)
    }

    init(_ form: RunToken.Form, copyDistance: Int) {
        self.form = form
        self.copyDistance = copyDistance
    }

    mutating func append(head: Int, tail: Int) {
        tokens.append(RunToken(head: head, tail: tail))
        parts.append(.run(head: head, tail: tail))
        byteCount += form == .blackAndWhite ? head + tail : 1 + tail
    }

    mutating func appendCopy(_ length: Int) {
        guard byteCount >= copyDistance else { return append(head: copyDistance, tail: copyDistance) }
        tokens.append(RunToken(copyOf: length))
        parts.append(.copy(length: length))
        byteCount += length
    }

    private var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            switch (part, form) {
            case (.run(let head, let tail), .literalAndZeros):
                bytes.append(UInt8(head))
                bytes += repeatElement(0, count: tail)
            case (.run(let head, let tail), .literalAndRepeats): bytes += repeatElement(UInt8(head), count: tail + 1)
            case (.run(let head, let tail), .blackAndWhite):
                bytes += repeatElement(0, count: head)
                bytes += repeatElement(255, count: tail)
            case (.copy(let length), _):
                for _ in 0..<length { bytes.append(bytes[bytes.count - copyDistance]) }
            }
        }
        return bytes
    }

    /// The number of symbols with a code of 15 bits, counted as the deflater counts them.
    var longestCodeCount: Int {
        var symbols = SymbolCounter()
        var code = HuffmanCode(symbolCount: DeflateSymbol.literalCount)
        tokens.withUnsafeBufferPointer { symbols.count($0, form) }
        code.build(symbols.frequencies, limit: 15)
        return (0..<code.symbolCount).filter { code.lengths[$0] == 15 }.count
    }

    /// Whether the bytes come back from the stream of these tokens.
    var isReadBack: Bool {
        var deflater = RunLengthDeflater()
        deflater.begin(form, copyDistance: copyDistance)
        for token in tokens { deflater.append(token) }
        var stream: [UInt8] = [0x78, 0x01]
        deflater.takeBytes(isLast: true, into: &stream)
        let bytes = bytes
        return bytes.count == byteCount
            && inflated(stream + bigEndianBytes(Int(zlibAdler(of: bytes))), count: byteCount) == bytes
    }
}

/// A deflater writes a token at once if its bits fit one write, of 56. With codes of 15 bits, most kinds do not fit: a
/// byte and three zeros have 60 bits, three black bytes and three white ones 90, and the longest matches even more.
@Suite struct LongestCodesTests {
    /// A block that begins with one token, before symbols that are more and more frequent: of several the one with most
    /// codes of 15 bits. With more symbols, all codes are made shorter.
    private static func block(
        _ form: RunToken.Form, head: Int, tail: Int, _ append: (inout Block, _ symbol: Int) -> Void
    ) throws -> Block {
        var longest: (block: Block, count: Int)?
        // The symbols of the token itself and the end of the block are 2 to 10 together.
        for (base, symbolCount) in (2...10).flatMap({ base in (11...13).map { (base, $0) } }) {
            var block = Block(form, copyDistance: form == .blackAndWhite ? 3 : 1)
            block.append(head: head, tail: tail)
            for (symbol, count) in growingCounts(above: base, count: symbolCount).enumerated() {
                for _ in 0..<count { append(&block, symbol) }
            }
            let count = block.longestCodeCount
            if count > longest?.count ?? 1 { longest = (block, count) }
        }
        return try #require(longest).block
    }

    @Test(arguments: [1, 2, 3, 4, 5, 258, 259, 260, 261, 262, 517, 775, 1022, 1023, 1024])
    func `the rarest byte with zeros behind is read back`(zeros: Int) throws {
        let block = try Self.block(.literalAndZeros, head: 7, tail: zeros) { $0.append(head: 20 + $1, tail: 0) }
        #expect(block.isReadBack)
    }

    @Test(arguments: [3, 4, 5, 257, 258, 259, 260, 261, 515, 773, 1022, 1023, 1024])
    func `the rarest byte with repeats of the rarest lengths is read back`(repeats: Int) throws {
        let block = try Self.block(.literalAndRepeats, head: 7, tail: repeats) { $0.append(head: 20 + $1, tail: 0) }
        #expect(block.isReadBack)
    }

    /// Copies are matches without literals, so that both literals are rare.
    @Test(arguments: [1, 2, 3, 4, 130, 131, 258, 259, 260, 261, 517, 775])
    func `the rarest black and white stretches are read back`(length: Int) throws {
        // The shortest length of each of 17 symbols.
        let lengths = [115, 99, 83, 67, 59, 51, 43, 35, 31, 27, 23, 19, 17, 15, 13, 11, 10]
        for (black, white) in [(length, length), (length, 3), (3, length)] {
            let block = try Self.block(.blackAndWhite, head: black, tail: white) { $0.appendCopy(lengths[$1]) }
            #expect(block.isReadBack, "\(black) black, \(white) white")
        }
    }

    @Test func `the longest code of all fits the largest write`() {
        // 56 bits at once, as in seven bits that are left over from the last write.
        var writer = BitWriter()
        var cursor = writer.cursor(roomFor: 63)
        cursor.write(0x7F, count: 7)
        cursor.write(0x00AA_AAAA_AAAA_AAAA, count: 56)
        cursor.write(1, count: 1)
        writer.advance(to: cursor)
        var bytes: [UInt8] = []
        writer.takeBytes(into: &bytes)
        #expect(bytes == [0x7F, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xD5])
    }
}
