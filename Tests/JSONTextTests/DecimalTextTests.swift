import Foundation
import JSONText
import Testing

struct DecimalTextTests {
    @Test(arguments: [
        (12.5, 2, "12.5"), (-0.01, 2, "-0.01"), (3, 2, "3"), (0, 2, "0"), (100, 0, "100"), (1200, 2, "1200"),
        (0.07, 2, "0.07"), (10.05, 2, "10.05"), (1e-9, 9, "0.000000001"), (123_456_789.123, 3, "123456789.123"),
    ])
    func `a number is a plain decimal without trailing zeros`(number: Double, decimals: Int, expected: String) {
        let text = DecimalText.string(number, decimals: decimals)
        #expect(text == expected)
    }

    @Test(arguments: [
        (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (0.5, 0, "1"), (-0.5, 0, "-1"), (2.5, 0, "3"), (9.999, 2, "10"),
        (0.004, 2, "0"), (99.9951, 2, "100"),
    ])
    func `a number is rounded, halves away from zero`(number: Double, decimals: Int, expected: String) {
        let text = DecimalText.string(number, decimals: decimals)
        #expect(text == expected)
    }

    @Test(arguments: [-0.0, -0.001, -1e-300])
    func `zero has no sign`(number: Double) {
        let text = DecimalText.string(number, decimals: 2)
        #expect(text == "0")
    }

    @Test(arguments: [1e15, 1.5e16, 5e-7, 123_456_789_012, -1e18], [0])
    func `there is no exponent`(number: Double, decimals: Int) {
        let text = DecimalText.string(number, decimals: decimals)
        #expect(text.allSatisfy { $0.isNumber || $0 == "-" })
        #expect(Double(text) == number.rounded())
    }

    /// Numbers of both signs from 0.1 to 10 million, none of them near a half.
    private static let numbers = (1...3000).map { sin(Double($0)) * pow(10, Double($0 % 9) - 1) }

    /// What printf writes, without trailing zeros.
    private func printed(_ number: Double, decimals: Int) -> String {
        var text = String(format: "%.\(decimals)f", number)
        guard decimals > 0 else { return text == "-0" ? "0" : text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }

    @Test(arguments: 0...9)
    func `up to ten digits the text is that of printf`(decimals: Int) {
        let numbers = Self.numbers.filter { $0.magnitude * pow(10, Double(decimals)) < 1e10 }
        let texts = numbers.map { DecimalText.string($0, decimals: decimals) }
        #expect(numbers.count > 1000)
        #expect(texts == numbers.map { printed($0, decimals: decimals) })
    }

    @Test(arguments: 0...9)
    func `the text is within half of its last place`(decimals: Int) throws {
        for number in Self.numbers {
            let read = try #require(Double(DecimalText.string(number, decimals: decimals)))
            #expect((read - number).magnitude <= 0.5 * pow(10, -Double(decimals)) + number.ulp)
        }
    }

    @Test func `every hundredth is read back as itself`() {
        for hundredths in -100_000...100_000 where hundredths.isMultiple(of: 7) {
            let number = Double(hundredths) / 100
            let text = DecimalText.string(number, decimals: 2)
            #expect(Double(text) == number)
        }
    }

    @Test func `text is appended to the bytes in the array`() {
        var bytes = Array("x=".utf8)
        let isInRange = DecimalText.append(-1.25, decimals: 2, to: &bytes)
        #expect(isInRange)
        #expect(String(decoding: bytes, as: UTF8.self) == "x=-1.25")
    }

    @Test(arguments: [
        (Double.nan, 2), (.infinity, 2), (-.infinity, 0), (1e300, 0), (9.3e18, 0), (9.3e16, 2), (-9.3e9, 9),
    ])
    func `a number out of range appends nothing`(number: Double, decimals: Int) {
        var bytes = Array("x".utf8)
        let isInRange = DecimalText.append(number, decimals: decimals, to: &bytes)
        #expect(!isInRange)
        #expect(bytes == Array("x".utf8))
    }

    @Test(arguments: [(9e18, 0, "9000000000000000000"), (-9e16, 2, "-90000000000000000"), (9e9, 9, "9000000000")])
    func `a number at the end of the range is written`(number: Double, decimals: Int, expected: String) {
        let text = DecimalText.string(number, decimals: decimals)
        #expect(text == expected)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `a number that is not finite is a dash in text for people`(number: Double) {
        let text = DecimalText.string(number, decimals: 2)
        #expect(text == "–")
    }

    @Test(arguments: [0, 7, 10, -1, 99, 100, 999, 1000, 9999, 10_000, 10_203, 1_000_000, Int.max, Int.min])
    func `an integer has all its digits`(number: Int) {
        var bytes: [UInt8] = []
        bytes.append(capacity: DecimalText.maximumByteCount) { DecimalText.append(number, to: &$0) }
        #expect(String(decoding: bytes, as: UTF8.self) == String(number))
    }

    @Test(arguments: [0, 9, 10, 5_201_136_883_597_312, UInt64.max])
    func `an integer without a sign has all its digits`(number: UInt64) {
        var bytes: [UInt8] = []
        bytes.append(capacity: DecimalText.maximumByteCount) { DecimalText.append(number, to: &$0) }
        #expect(String(decoding: bytes, as: UTF8.self) == String(number))
    }

    @Test(arguments: 0...19)
    func `integers around powers of ten have all their digits`(exponent: Int) {
        let power = (0..<exponent).reduce(UInt64(1)) { power, _ in power * 10 }
        for number in [power - 1, power, power + 1, power / 2 * 3] {
            var bytes: [UInt8] = []
            bytes.append(capacity: DecimalText.maximumByteCount) { DecimalText.append(number, to: &$0) }
            #expect(String(decoding: bytes, as: UTF8.self) == String(number))
        }
    }
}
