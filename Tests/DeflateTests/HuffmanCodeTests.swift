import MaskModel
import Testing

@testable import Deflate

/// A code as plain values.
private struct BuiltCode {
    let lengths: [UInt8]
    let codes: [UInt16]

    init(frequencies: [Int], limit: Int) {
        // Built twice: what it was before does not show.
        var code = HuffmanCode(symbolCount: frequencies.count)
        for round in [frequencies.map { $0 > 0 ? 1 : 0 }, frequencies] {
            var counts = round.map(UInt32.init)
            counts.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { code.build(start, limit: limit) } }
        }
        lengths = (0..<frequencies.count).map { code.lengths[$0] }
        codes = (0..<frequencies.count).map { code.codes[$0] }
    }
}

/// Frequencies up to `largest`; some symbols do not occur, two do at least.
private func randomFrequencies(seed: Int, upTo largest: Int) -> [Int] {
    var random = RandomStream(seed: 12, use: .strokeChoice, index: UInt64(seed))
    let count = 2 + random.uniform(below: 285)
    return [1, 1] + (2..<count).map { _ in max(0, random.uniform(below: largest * 4 / 3) - largest / 3) }
}

/// The total of Huffman's algorithm as the textbook has it: join the two rarest, until one is left.
private func huffmanTotal(_ frequencies: [Int]) -> Int {
    var weights = frequencies.filter { $0 > 0 }.sorted(by: >)
    var total = 0
    while weights.count > 1 {
        let joined = weights.removeLast() + weights.removeLast()
        total += joined
        weights.insert(joined, at: 1 + (weights.lastIndex { $0 >= joined } ?? -1))
    }
    return total
}

/// The sum of 2^−length over all symbols that occur, in units of 2^−16; 65,536 for a code without gaps.
private func kraftSum(_ code: BuiltCode) -> Int {
    code.lengths.reduce(0) { $0 + ($1 > 0 ? 1 << (16 - Int($1)) : 0) }
}

/// The codes as text, the first bit first.
private func words(_ code: BuiltCode) -> [String] {
    zip(code.codes, code.lengths).map { bits, length in
        String((0..<Int(length)).map { bits >> UInt16($0) & 1 == 1 ? "1" : "0" })
    }
}

private let fibonacci = (2..<40).reduce(into: [1, 1]) { list, index in
    list.append(list[index - 1] + list[index - 2])
}

@Suite struct HuffmanCodeTests {
    /// RFC 1951, section 3.2.2.
    @Test func `codes are those of the deflate specification's example`() {
        let code = BuiltCode(frequencies: [4, 4, 4, 4, 4, 8, 2, 2], limit: 15)
        #expect(code.lengths == [3, 3, 3, 3, 3, 2, 4, 4])
        #expect(words(code) == ["010", "011", "100", "101", "110", "00", "1110", "1111"])
    }

    @Test func `a symbol that does not occur has no code`() {
        let code = BuiltCode(frequencies: [0, 3, 0, 5, 0], limit: 15)
        #expect(code.lengths == [0, 1, 0, 1, 0])
        #expect(words(code) == ["", "0", "", "1", ""])
    }

    @Test func `a single symbol has a code of one bit`() {
        let code = BuiltCode(frequencies: [0, 0, 7], limit: 15)
        #expect(words(code) == ["", "", "0"])
    }

    @Test func `without any symbol there are no codes`() {
        let code = BuiltCode(frequencies: [0, 0], limit: 15)
        #expect(code.lengths == [0, 0])
    }

    @Test(arguments: 0..<40, [2, 200, 1_000_000])
    func `the code is complete`(seed: Int, largest: Int) {
        let code = BuiltCode(frequencies: randomFrequencies(seed: seed, upTo: largest), limit: 15)
        #expect(kraftSum(code) == 65_536)
    }

    @Test(arguments: 0..<40, [2, 200, 1_000_000])
    func `every symbol that occurs has a code, and no other`(seed: Int, largest: Int) {
        let frequencies = randomFrequencies(seed: seed, upTo: largest)
        let code = BuiltCode(frequencies: frequencies, limit: 15)
        #expect(code.lengths.map { $0 > 0 } == frequencies.map { $0 > 0 })
    }

    @Test(arguments: 0..<40, [2, 200, 1_000_000])
    func `no code begins another`(seed: Int, largest: Int) {
        let code = BuiltCode(frequencies: randomFrequencies(seed: seed, upTo: largest), limit: 15)
        let sorted = words(code).filter { !$0.isEmpty }.sorted()
        let clashes = zip(sorted, sorted.dropFirst()).filter { $1.hasPrefix($0) }
        #expect(clashes.isEmpty)
    }

    /// Up to 200 only, so that the best code has no length above 15.
    @Test(arguments: 0..<40, [2, 10, 200])
    func `the total is the least that a prefix code can have`(seed: Int, largest: Int) {
        let frequencies = randomFrequencies(seed: seed, upTo: largest)
        let lengths = BuiltCode(frequencies: frequencies, limit: 15).lengths
        let total = zip(frequencies, lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
        #expect(total == huffmanTotal(frequencies))
    }

    @Test(arguments: [7, 9, 15])
    func `no code is longer than the limit, and the code is still complete`(limit: Int) {
        let frequencies = Array(fibonacci.prefix(limit == 7 ? 19 : 38))
        let code = BuiltCode(frequencies: frequencies, limit: limit)
        #expect(code.lengths.max() ?? 0 <= limit)
        #expect(kraftSum(code) == 65_536)
    }

    @Test(arguments: [7, 9, 15])
    func `a code that is as long as the limit is the best one`(limit: Int) {
        // Fibonacci's numbers make a code as long as there are symbols but one.
        let frequencies = Array(fibonacci.prefix(limit + 1))
        let lengths = BuiltCode(frequencies: frequencies, limit: limit).lengths
        let total = zip(frequencies, lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
        #expect(lengths.max() == UInt8(limit))
        #expect(total == huffmanTotal(frequencies))
    }

    @Test(arguments: [7, 15])
    func `under a limit a symbol that is rarer has no shorter code`(limit: Int) {
        let lengths = BuiltCode(frequencies: Array(fibonacci.prefix(limit + 8)), limit: limit).lengths
        #expect(lengths == lengths.sorted(by: >))
    }
}
