import Testing

@testable import MaskReport

struct TallyTests {
    private func tally(_ numbers: [Int]) -> Tally {
        var tally = Tally()
        for number in numbers { tally.add(number) }
        return tally
    }

    @Test func `a tally of nothing has no figures and no bars`() {
        let tally = Tally()
        #expect((tally.count, tally.mean, tally.median, tally.minimum, tally.maximum) == (0, 0, 0, 0, 0))
        #expect(tally.counts(from: 0, through: 9, step: 1) == [])
    }

    @Test func `figures are those of all numbers, the lower of two in the middle`() {
        let tally = tally([7, 3, 3, 11])
        #expect((tally.count, tally.sum, tally.mean, tally.median) == (4, 24, 6, 3))
        #expect((tally.minimum, tally.maximum) == (3, 11))
    }

    @Test func `a number on an edge belongs to the bar above`() {
        let tally = tally([9, 10, 14, 15, 19, 20, 24, 25])
        #expect(tally.counts(from: 10, through: 20, step: 5) == [2, 2, 2])
    }

    @Test func `a quantile is the least number that so many do not exceed`() {
        let tally = tally(Array(1...1000))
        #expect([0.5, 0.999, 1].map(tally.quantile) == [500, 999, 1000])
    }

    @Test func `parts add up to the whole in any order`() {
        let parts = [tally([5, 1_000_000]), tally([]), tally([0, 5])]
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            var sum = Tally()
            for part in order { sum.add(parts[part]) }
            #expect(sum == tally([5, 1_000_000, 0, 5]))
        }
    }

    @Test func `large numbers keep 16 bits, and their sum is exact`() {
        let tally = tally([65_535, 1_000_001, 1_000_002])
        #expect(tally.sum == 2_065_538)
        #expect(tally.median == 1_000_000)
    }
}

struct HistogramTests {
    @Test func `bars are the narrowest of 1, 2 or 5 times a power of ten that are few enough`() {
        var tally = Tally()
        tally.add(503)
        for (maximum, step) in [(503, 1), (542, 1), (543, 2), (582, 5), (1002, 20), (4_503, 200)] {
            var wider = tally
            wider.add(maximum)
            #expect(Histogram(wider).step == step, "503 to \(maximum)")
        }
    }

    @Test func `few numbers far away have no bar`() {
        var tally = Tally()
        for number in 0..<2000 { tally.add(number % 20) }
        tally.add(38)
        #expect(Histogram(tally).counts.count == 39)
        tally.add(39)
        let histogram = Histogram(tally)
        #expect((histogram.start, histogram.step, histogram.counts.count) == (0, 1, 20))
        #expect(histogram.aboveCount == 2)
    }

    @Test func `bars begin at a multiple of their width and hold all numbers`() {
        var tally = Tally()
        for number in [503, 510, 2250] { tally.add(number) }
        let histogram = Histogram(tally)
        #expect((histogram.start, histogram.step) == (500, 50))
        #expect(histogram.counts.count == 36)
        #expect((histogram.counts.first, histogram.counts.last) == (2, 1))
    }
}
