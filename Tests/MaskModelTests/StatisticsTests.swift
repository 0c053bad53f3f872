import MaskSamples
import Testing

@testable import MaskModel

/// The tests of fit are themselves held against printed tables, and must tell near distributions apart.
struct StatisticsTests {
    @Test(arguments: [(2, 13.816), (10, 29.588), (30, 59.703)])
    func `the χ² test gives 0.001 at the quantiles of printed tables`(degrees: Int, quantile: Double) {
        // Two counts bear the whole deviation: 2·d² / wanted = quantile.
        let expected = 1_000_000.0
        let deviation = Int((quantile * expected / 2).squareRoot().rounded())
        var counts = [Int](repeating: 1_000_000, count: degrees + 1)
        counts[0] += deviation
        counts[1] -= deviation
        let probability = chiSquare(ofEqual: counts)
        #expect((0.0008...0.0012).contains(probability))
    }

    @Test func `the Kolmogorov–Smirnov test gives 0.001 at 1.949 over the root of the count`() {
        let count = 1_000_000
        let shift = 1.949 / Double(count).squareRoot()
        let sample = (0..<count).map { Double($0) / Double(count) }
        let probability = kolmogorovSmirnov(sample) { $0 + shift }
        #expect((0.0008...0.0012).contains(probability))
    }

    @Test func `the Kolmogorov–Smirnov test tells a deviation of 2 from one of 2.1`() {
        var random = RandomStream(seed: 1, use: .trainMask, index: 0)
        let sample = (0..<20_000).map { _ in random.normal(mean: 4, standardDeviation: 2.1) }
        let probability = kolmogorovSmirnov(sample) { normalCumulative($0, mean: 4, standardDeviation: 2) }
        #expect(probability < significance)
    }

    @Test func `the χ² test tells a die that falls on six a tenth too often`() {
        var random = RandomStream(seed: 1, use: .trainMask, index: 0)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<20_000 { counts[random.uniform(below: 6)] += 1 }
        counts[5] += 333
        let probability = chiSquare(ofEqual: counts)
        #expect(probability < significance)
    }

    @Test func `the correlation of equal pairs is the root of their number`() {
        let deviate = correlationDeviate((0..<100).map { (Double($0), Double($0)) })
        #expect((deviate - 10).magnitude < 1e-9)
    }
}
