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

    @Test(arguments: 0..<20) func `up to 2,047 all is exact`(seed: Int) {
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

    @Test(arguments: 0..<20) func `above, quantiles are right to 0.1 %`(seed: Int) {
        let values = values(500, below: 1 << (12 + 2 * seed), seed: seed)
        let histogram = Histogram(values)
        let expected = Statistics(values.map(Double.init))
        #expect((histogram.minimum, histogram.maximum) == (values.min() ?? 0, values.max() ?? 0))
        for fraction in Self.fractions {
            let quantile = expected.quantile(fraction)
            #expect(abs(histogram.quantile(fraction) - quantile) <= quantile / 1000)
        }
    }

    @Test(arguments: 0..<20) func `a sum of histograms is the histogram of all, in any order`(seed: Int) {
        let parts = (0..<4).map { values(50, below: 10 << (5 * $0), seed: 4 * seed + $0) } + [[]]
        let expected = Histogram(parts.flatMap(\.self))
        for order in [parts, parts.reversed()] {
            #expect(order.map { Histogram($0) }.reduce(into: Histogram()) { $0 += $1 } == expected)
        }
    }

    @Test func `no numbers have no measure`() {
        let histogram = Histogram()
        #expect((histogram.count, histogram.minimum, histogram.maximum) == (0, 0, 0))
        #expect((histogram.mean, histogram.quantile(0.5)) == (0, 0))
    }
}
