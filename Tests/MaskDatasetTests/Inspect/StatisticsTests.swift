import Testing

@testable import MaskDataset

@Suite struct StatisticsTests {
    @Test func `quantiles lie between the values, in proportion`() {
        let statistics = Statistics([4, 1, 3, 2])
        #expect([0, 0.25, 0.5, 1].map(statistics.quantile) == [1, 1.75, 2.5, 4])
    }

    @Test func `no values have a mean and quantiles of 0`() {
        let statistics = Statistics([])
        #expect((statistics.count, statistics.mean, statistics.quantile(0.5)) == (0, 0, 0))
    }

    @Test func `a value on an edge is counted above it`() {
        #expect(Statistics([0, 1, 1.5, 2]).histogram(edges: [0, 1, 2]) == [1, 2])
    }
}
