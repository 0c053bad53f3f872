import MaskModel
import Testing

@testable import MaskDataset

extension Histogram {
    /// A histogram of these numbers.
    init(_ values: [Int]) {
        self.init()
        for value in values { add(value) }
    }
}

struct HistogramTests {
    private func values(_ count: Int, below limit: Int, seed: Int) -> [Int] {
        var random = RandomStream(seed: 3, use: .strokeChoice, index: UInt64(seed))
        return (0..<count).map { _ in random.uniform(below: limit) }
    }

    private static let fractions = [0, 0.05, 0.25, 0.5, 0.77, 0.95, 1, -1, 2]

    @Test(arguments: 0..<20) func `numbers up to 2,047 are exact`(seed: Int) {
        let values = values(1 + 37 * seed, below: 2048, seed: seed)
        let histogram = Histogram(values)
        let expected = Statistics(values.map(Double.init))
        #expect(histogram.count == values.count)
        #expect((histogram.sum, histogram.mean) == (values.reduce(0, +), expected.mean))
        #expect((Double(histogram.minimum), Double(histogram.maximum)) == (expected.minimum, expected.maximum))
        for fraction in Self.fractions {
            #expect(abs(histogram.quantile(fraction) - expected.quantile(fraction)) < 1e-9)
        }
    }

    @Test(arguments: 0..<20) func `quantiles of larger numbers are accurate to 0.1 %`(seed: Int) {
        let values = values(500, below: 1 << (12 + 2 * seed), seed: seed)
        let histogram = Histogram(values)
        let expected = Statistics(values.map(Double.init))
        #expect((histogram.minimum, histogram.maximum) == (values.min() ?? 0, values.max() ?? 0))
        for fraction in Self.fractions {
            let quantile = expected.quantile(fraction)
            #expect(abs(histogram.quantile(fraction) - quantile) <= quantile / 1000)
        }
    }

    @Test(arguments: 0..<20) func `a sum of histograms is the histogram of all numbers, in any order`(seed: Int) {
        let parts = (0..<4).map { values(50, below: 10 << (5 * $0), seed: 4 * seed + $0) } + [[]]
        let expected = Histogram(parts.flatMap(\.self))
        for order in [parts, parts.reversed()] {
            #expect(order.map { Histogram($0) }.reduce(into: Histogram()) { $0 += $1 } == expected)
        }
    }

    @Test func `statistics without numbers are 0`() {
        let histogram = Histogram()
        #expect((histogram.count, histogram.minimum, histogram.maximum) == (0, 0, 0))
        #expect((histogram.mean, histogram.quantile(0.5)) == (0, 0))
        #expect(histogram.counts(from: 0, through: 9, step: 1) == [])
    }

    @Test func `a number on an edge belongs to the range above`() {
        let histogram = Histogram([9, 10, 14, 15, 19, 20, 24, 25])
        #expect(histogram.counts(from: 10, through: 20, step: 5) == [2, 2, 2])
    }

    @Test func `with 16 significant bits, numbers up to 65,535 are exact, and the sum of all`() {
        var histogram = Histogram(significantBits: 16)
        for number in [65_535, 1_000_001, 1_000_030] { histogram.add(number) }
        #expect(histogram.sum == 2_065_566)
        #expect(histogram.counts(from: 65_534, through: 65_536, step: 1) == [0, 1, 0])
        // 1,000,000 to 1,000,015 are one bin.
        #expect(histogram.quantile(0.5) == 1_000_007.5)
    }
}
