import MaskSamples
import Testing

@testable import MaskModel

/// Goodness-of-fit tests match printed tables and distinguish similar distributions.
struct StatisticsTests {
    @Test(arguments: [(2, 13.816), (10, 29.588), (30, 59.703)])
    func `the χ² test returns 0.001 at the quantiles of printed tables`(degrees: Int, quantile: Double) {
        // Two counts have the whole deviation: 2·d² / expected = quantile.
        let expected = 1_000_000.0
        let deviation = Int((quantile * expected / 2).squareRoot().rounded())
        var counts = [Int](repeating: 1_000_000, count: degrees + 1)
        counts[0] += deviation
        counts[1] -= deviation
        let probability = chiSquare(ofEqual: counts)
        #expect((0.0008...0.0012).contains(probability))
    }

    @Test func `the Kolmogorov–Smirnov test returns 0.001 at a distance of 1.949/√n`() {
        let count = 1_000_000
        let shift = 1.949 / Double(count).squareRoot()
        let sample = (0..<count).map { Double($0) / Double(count) }
        let probability = kolmogorovSmirnov(sample) { $0 + shift }
        #expect((0.0008...0.0012).contains(probability))
    }

    @Test func `the Kolmogorov–Smirnov test distinguishes standard deviations of 2 and 2.1`() {
        var random = RandomStream(seed: 1, use: .trainMask, index: 0)
        let sample = (0..<20_000).map { _ in random.normal(mean: 4, standardDeviation: 2.1) }
        let probability = kolmogorovSmirnov(sample) { normalCumulative($0, mean: 4, standardDeviation: 2) }
        #expect(probability < significance)
    }

    @Test func `the χ² test detects a die that shows six a tenth too often`() {
        var random = RandomStream(seed: 1, use: .trainMask, index: 0)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<20_000 { counts[random.uniform(below: 6)] += 1 }
        counts[5] += 333
        let probability = chiSquare(ofEqual: counts)
        #expect(probability < significance)
    }

    @Test func `the correlation deviate of n equal pairs is √n`() {
        let deviate = correlationDeviate((0..<100).map { (Double($0), Double($0)) })
        #expect((deviate - 10).magnitude < 1e-9)
    }
}
