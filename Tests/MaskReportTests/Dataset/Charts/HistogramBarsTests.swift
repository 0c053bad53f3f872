import MaskDataset
import Testing

@testable import MaskReport

struct HistogramBarsTests {
    @Test func `bars are the narrowest of 1, 2, or 5 times a power of ten that are few enough`() {
        var histogram = Histogram(significantBits: 16)
        histogram.add(503)
        for (maximum, step) in [(503, 1), (542, 1), (543, 2), (582, 5), (1002, 20), (4_503, 200)] {
            var wider = histogram
            wider.add(maximum)
            #expect(HistogramBars(wider).step == step, "503 to \(maximum)")
        }
    }

    @Test func `an empty histogram has no bars`() {
        let bars = HistogramBars(Histogram())
        #expect((bars.counts, bars.aboveCount) == ([], 0))
    }

    @Test func `a few distant numbers have no bars`() {
        var histogram = Histogram(significantBits: 16)
        for number in 0..<2000 { histogram.add(number % 20) }
        histogram.add(38)
        #expect(HistogramBars(histogram).counts.count == 39)
        histogram.add(39)
        let bars = HistogramBars(histogram)
        #expect((bars.start, bars.step, bars.counts.count) == (0, 1, 20))
        #expect(bars.aboveCount == 2)
    }

    @Test func `bars start at a multiple of their width and contain all numbers`() {
        var histogram = Histogram(significantBits: 16)
        for number in [503, 510, 2250] { histogram.add(number) }
        let bars = HistogramBars(histogram)
        #expect((bars.start, bars.step) == (500, 50))
        #expect(bars.counts.count == 36)
        #expect((bars.counts.first, bars.counts.last) == (2, 1))
    }
}
