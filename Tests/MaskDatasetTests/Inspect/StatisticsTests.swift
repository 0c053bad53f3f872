import Testing

@testable import MaskDataset

@Suite struct StatisticsTests {
    @Test func `quantiles are interpolated linearly between values`() {
        let statistics = Statistics([4, 1, 3, 2])
        #expect([0, 0.25, 0.5, 1].map(statistics.quantile) == [1, 1.75, 2.5, 4])
    }

    @Test func `the mean and the quantiles without values are 0`() {
        let statistics = Statistics([])
        #expect((statistics.count, statistics.mean, statistics.quantile(0.5)) == (0, 0, 0))
    }

    @Test func `a value on an edge is counted above it`() {
        #expect(Statistics([0, 1, 1.5, 2]).histogram(edges: [0, 1, 2]) == [1, 2])
    }
}
