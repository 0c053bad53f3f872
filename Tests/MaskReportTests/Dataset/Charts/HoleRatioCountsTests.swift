import Testing

@testable import MaskReport

struct HoleRatioCountsTests {
    /// The bucket of one mask of 1,000 pixels.
    private func bucket(_ holeCount: Int) -> Int? {
        var counts = HoleRatioCounts()
        counts.add(holeCount: holeCount, area: 1000, touchesBorder: false)
        return counts.buckets.firstIndex(of: 1)
    }

    @Test func `a ratio on an edge belongs to the bucket below, as in the papers`() {
        #expect([0, 10].map(bucket) == [0, 0])
        #expect([11, 100].map(bucket) == [1, 1])
        #expect([101, 200, 201, 300, 301, 400, 401, 500].map(bucket) == [2, 2, 3, 3, 4, 4, 5, 5])
        #expect([501, 600].map(bucket) == [6, 6])
        #expect([601, 1000].map(bucket) == [7, 7])
    }

    @Test func `steps are of a thousandth, the lower end included, and the last holds 1`() {
        for (holeCount, area, step) in [(0, 10, 0), (29, 100, 290), (289, 1000, 289), (1, 1001, 0), (10, 10, 999)] {
            var counts = HoleRatioCounts()
            counts.add(holeCount: holeCount, area: area, touchesBorder: false)
            #expect(counts.steps.firstIndex(of: 1) == step, "\(holeCount) of \(area)")
        }
    }

    @Test func `masks that touch the border are counted in their buckets`() {
        var counts = HoleRatioCounts()
        counts.add(holeCount: 15, area: 100, touchesBorder: true)
        counts.add(holeCount: 16, area: 100, touchesBorder: false)
        var sum = counts
        sum.add(counts)
        #expect((sum.buckets[2], sum.touching[2]) == (4, 2))
    }
}
