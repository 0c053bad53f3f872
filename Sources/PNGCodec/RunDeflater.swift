/// Compresses runs of bytes into a deflate stream (RFC 1951): work in proportion to the runs, not to the bytes.
///
/// It looks for nothing: a run becomes its byte and copies from one byte before, and the caller says where a stretch
/// repeats one from further back. Each block has Huffman codes made for it. So the stream depends on the runs alone,
/// and on no library's version.
struct RunDeflater: ~Copyable {
    static let maximumDistance = 32_768
    /// How many tokens a block has, at most.
    private static let blockTokens = 1 << 15
    private static let endOfBlock = 256

    /// Matches, as their length above 16 bits of distance, and literals, as their byte above a distance of 0.
    private let tokens = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: blockTokens)
    private var tokenCount = 0
    private var lastByte: UInt8?
    private var pending: (value: UInt8, count: Int) = (0, 0)
    private var bits = BitWriter()

    deinit {
        tokens.deallocate()
    }

    /// Adds `count` bytes of one value; 0 adds none.
    @inline(__always)
    mutating func run(_ value: UInt8, count: Int) {
        if value == pending.value {
            pending.count &+= count
            return
        }
        flushRun()
        pending = (value, count)
    }

    /// Adds `length` bytes that repeat those `distance` bytes before them.
    ///
    /// - Parameters:
    ///   - distance: 1 to `maximumDistance`, and no more than what was added before.
    ///   - length: 3 or more: deflate has no shorter match.
    ///   - last: the last of the bytes.
    mutating func copy(distance: Int, length: Int, last: UInt8) {
        flushRun()
        pending = (last, 0)
        match(length: length, distance: distance)
        lastByte = last
    }

    /// Takes the whole bytes of what was compressed so far; with `isLast`, ends the stream.
    mutating func takeBytes(isLast: Bool) -> [UInt8] {
        if isLast {
            flushRun()
            writeBlock(isLast: true)
            bits.alignToByte()
        }
        return bits.takeBytes()
    }

    /// Forgets all, for another stream, and keeps the memory.
    mutating func removeAll() {
        tokenCount = 0
        lastByte = nil
        pending = (0, 0)
        bits.removeAll()
    }

    @inline(__always)
    private mutating func flushRun() {
        var (value, count) = pending
        pending.count = 0
        guard count > 0 else { return }
        if value != lastByte {
            append(UInt32(value) << 16)
            count &-= 1
        }
        lastByte = value
        match(length: count, distance: 1)
    }

    /// Copies `length` bytes; what is too short for a match becomes literals, which only a run of one value needs.
    @inline(__always)
    private mutating func match(length: Int, distance: Int) {
        var length = length
        while length >= 3 {
            // Never leave one or two bytes over: they would cost a literal each.
            let step = length <= 258 ? length : length < 261 ? 255 : 258
            append(UInt32(truncatingIfNeeded: step &<< 16 | distance))
            length &-= step
        }
        while length > 0 {
            append(UInt32(lastByte ?? 0) << 16)
            length &-= 1
        }
    }

    @inline(__always)
    private mutating func append(_ token: UInt32) {
        if tokenCount == Self.blockTokens { writeBlock(isLast: false) }
        tokens[tokenCount] = token
        tokenCount &+= 1
    }

    /// Writes the tokens as a block with dynamic Huffman codes, and forgets them.
    private mutating func writeBlock(isLast: Bool) {
        var literalFrequencies = [Int](repeating: 0, count: 286)
        var distanceFrequencies = [Int](repeating: 0, count: 30)
        for token in tokens[..<tokenCount] {
            let distance = Int(token & 0xFFFF)
            literalFrequencies[distance > 0 ? Self.lengthSymbol(Int(token >> 16)).index : Int(token >> 16)] += 1
            if distance > 0 { distanceFrequencies[Self.distanceSymbol(distance).index] += 1 }
        }
        literalFrequencies[Self.endOfBlock] = 1
        // A decoder may refuse a block without any distance code.
        if distanceFrequencies.allSatisfy({ $0 == 0 }) { distanceFrequencies[0] = 1 }
        let literals = HuffmanCode(frequencies: literalFrequencies, limit: 15)
        let distances = HuffmanCode(frequencies: distanceFrequencies, limit: 15)
        // The head takes less than 400 bytes; a token at most 15 + 5 + 15 + 13 bits.
        bits.reserve(bits: 8 * 400 + 48 * (tokenCount + 1))
        bits.write(isLast ? 1 : 0, count: 1)
        bits.write(2, count: 2)
        writeCodes(literals, distances)
        writeTokens(PackedCode(literals), PackedCode(distances))
        tokenCount = 0
    }

    private mutating func writeTokens(_ literals: PackedCode, _ distances: PackedCode) {
        for token in tokens[..<tokenCount] {
            let distance = Int(token & 0xFFFF)
            guard distance > 0 else {
                bits.write(literals, Int(token >> 16))
                continue
            }
            let length = Self.lengthSymbol(Int(token >> 16))
            bits.write(literals, length.index, extra: length.extra, extraBits: length.extraBits)
            let back = Self.distanceSymbol(distance)
            bits.write(distances, back.index, extra: back.extra, extraBits: back.extraBits)
        }
        bits.write(literals, Self.endOfBlock)
    }

    /// The head of a dynamic block (RFC 1951, section 3.2.7): the code lengths of both codes, run-length coded.
    private mutating func writeCodes(_ literals: HuffmanCode, _ distances: HuffmanCode) {
        let literalCount = 1 + (literals.lengths.lastIndex { $0 > 0 } ?? 256)
        let distanceCount = 1 + (distances.lengths.lastIndex { $0 > 0 } ?? 0)
        let lengths = literals.lengths[..<literalCount] + distances.lengths[..<distanceCount]
        let entries = Self.codeLengthEntries(Array(lengths))
        var frequencies = [Int](repeating: 0, count: 19)
        for entry in entries { frequencies[entry.symbol] += 1 }
        let code = HuffmanCode(frequencies: frequencies, limit: 7)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        let orderCount = max(4, 1 + (order.lastIndex { code.lengths[$0] > 0 } ?? 0))
        bits.write(UInt64(literalCount - 257), count: 5)
        bits.write(UInt64(distanceCount - 1), count: 5)
        bits.write(UInt64(orderCount - 4), count: 4)
        for symbol in order.prefix(orderCount) { bits.write(UInt64(code.lengths[symbol]), count: 3) }
        let packed = PackedCode(code)
        for entry in entries {
            bits.write(packed, entry.symbol, extra: entry.extra, extraBits: entry.extraBits)
        }
    }

    /// Code lengths as symbols 0 to 15 for themselves, 16 for 3 to 6 more of the last, 17 and 18 for zeros.
    private static func codeLengthEntries(_ lengths: [UInt8]) -> [(symbol: Int, extra: Int, extraBits: Int)] {
        var entries: [(symbol: Int, extra: Int, extraBits: Int)] = []
        var index = 0
        while index < lengths.count {
            let length = lengths[index]
            let end = lengths[index...].firstIndex { $0 != length } ?? lengths.count
            var count = end - index
            index = end
            if length > 0 {
                entries.append((Int(length), 0, 0))
                count -= 1
            }
            while count >= 3 {
                let step: Int
                if length > 0 {
                    step = min(count, 6)
                    entries.append((16, step - 3, 2))
                } else if count <= 10 {
                    step = count
                    entries.append((17, step - 3, 3))
                } else {
                    step = min(count, 138)
                    entries.append((18, step - 11, 7))
                }
                count -= step
            }
            for _ in 0..<count { entries.append((Int(length), 0, 0)) }
        }
        return entries
    }

    private typealias Symbol = (index: Int, extra: Int, extraBits: Int)

    /// The symbol of a match length, 3 to 258.
    @inline(__always)
    private static func lengthSymbol(_ length: Int) -> Symbol {
        if length == 258 { return (285, 0, 0) }
        let rest = length &- 3
        if rest < 8 { return (257 &+ rest, 0, 0) }
        // Four symbols for each power of two.
        let extraBits = Int.bitWidth &- 3 &- rest.leadingZeroBitCount
        return (257 &+ 4 &* extraBits &+ rest &>> extraBits, rest & (1 &<< extraBits &- 1), extraBits)
    }

    /// The symbol of a distance, 1 to 32,768.
    @inline(__always)
    private static func distanceSymbol(_ distance: Int) -> Symbol {
        let rest = distance &- 1
        if rest < 4 { return (rest, 0, 0) }
        // Two symbols for each power of two.
        let extraBits = Int.bitWidth &- 2 &- rest.leadingZeroBitCount
        return (2 &* extraBits &+ rest &>> extraBits, rest & (1 &<< extraBits &- 1), extraBits)
    }
}

/// A Huffman code ready to be written: for each symbol its code, and the code's length above 16 bits.
private struct PackedCode {
    private let entries: [UInt32]

    init(_ code: HuffmanCode) {
        entries = zip(code.codes, code.lengths).map { UInt32($0) | UInt32($1) << 16 }
    }

    @inline(__always)
    subscript(symbol: Int) -> (code: UInt64, length: Int) {
        let entry = entries[symbol]
        return (UInt64(entry & 0xFFFF), Int(entry &>> 16))
    }
}

extension BitWriter {
    /// Writes a symbol's code, and behind it the bits that tell its values apart.
    @inline(__always)
    fileprivate mutating func write(_ code: PackedCode, _ symbol: Int, extra: Int = 0, extraBits: Int = 0) {
        let (bits, length) = code[symbol]
        write(
            bits | UInt64(truncatingIfNeeded: extra) &<< UInt64(truncatingIfNeeded: length), count: length &+ extraBits)
    }
}
