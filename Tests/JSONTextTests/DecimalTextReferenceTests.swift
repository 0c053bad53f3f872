import JSONText
import Testing

/// The bytes of numbers are those of version 2, whose files must not change.
struct DecimalTextReferenceTests {
    /// The numbers whose text differs from that of the reference, each with both texts.
    private func differences(in numbers: some Sequence<Double>, decimals: Int) -> [String] {
        var text: [UInt8] = []
        var expected: [UInt8] = []
        var differences: [String] = []
        for number in numbers {
            text.removeAll(keepingCapacity: true)
            expected.removeAll(keepingCapacity: true)
            let isWritten = DecimalText.append(number, decimals: decimals, to: &text)
            let isExpected = ReferenceDecimalText.append(number, decimals: decimals, to: &expected)
            guard text == expected, isWritten == isExpected else {
                let texts = [text, expected].map { String(decoding: $0, as: UTF8.self) }
                differences.append("\(number), \(decimals): \(texts)")
                continue
            }
        }
        return differences
    }

    @Test func `every hundredth within 20000 px has the bytes of the reference`() {
        let numbers = (-2_000_000...2_000_000).lazy.map { Double($0) / 100 }
        #expect(differences(in: numbers, decimals: 2) == [])
    }

    @Test(arguments: 0...9)
    func `random doubles of every magnitude have the bytes of the reference`(decimals: Int) {
        var random = SplitMix(state: UInt64(decimals))
        // Every bit pattern: from subnormal numbers to NaN.
        let patterns = (0..<20_000).map { _ in Double(bitPattern: random.next()) }
        // Most bit patterns are out of range or 0; these are not.
        let numbers = (0..<50_000).map { index in
            Double(Int64(bitPattern: random.next())) * 0x1p-63 * [1e-9, 1e-3, 1, 1e3, 1e6, 1e9, 1e12, 1e19][index % 8]
        }
        #expect(differences(in: patterns, decimals: decimals) == [])
        #expect(differences(in: numbers, decimals: decimals) == [])
    }

    @Test(arguments: 0...9)
    func `halves and their neighbors have the bytes of the reference`(decimals: Int) {
        let unit = (0..<decimals).reduce(1.0) { unit, _ in unit * 10 }
        let halves = (-2000..<2000).map { (Double($0) + 0.5) / unit }
        let numbers = halves + halves.map(\.nextUp) + halves.map(\.nextDown)
        #expect(differences(in: numbers, decimals: decimals) == [])
    }

    @Test(arguments: 0...9)
    func `the limits of the range and powers of ten have the bytes of the reference`(decimals: Int) {
        let unit = (0..<decimals).reduce(1.0) { unit, _ in unit * 10 }
        var numbers = [0x1p63, 0x1p62, 0x1p53, 0x1p52, 0x1p51, 0.49999999999999994].map { $0 / unit }
        var power = 1.0
        for _ in 0..<20 {
            numbers += [power, power - 1, power - 0.01, power + 0.01]
            power *= 10
        }
        numbers += numbers.map(\.nextUp) + numbers.map(\.nextDown)
        numbers += numbers.map { -$0 }
        #expect(differences(in: numbers, decimals: decimals) == [])
    }
}

/// Sebastiano Vigna's splitmix64.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
