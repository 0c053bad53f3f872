import MaskDataset

/// The bars of a chart of a histogram: at most `maximumBars`, all of the same width.
///
/// If the largest numbers are more than twice as large as 99 % of all, they have no bars: a few distant numbers would
/// leave no room for the others.
struct HistogramBars: Hashable, Sendable {
    static let maximumBars = 40

    /// The lower edge of the first bar.
    let start: Int
    /// The width of a bar: 1, 2, or 5 times a power of ten. A number on an edge belongs to the bar above it.
    let step: Int
    /// The count of each bar; empty if the histogram is.
    let counts: [Int]
    /// The count of the numbers above the last bar.
    let aboveCount: Int

    private static let displayedFraction = 0.99

    /// The narrowest bars that are few enough.
    init(_ histogram: Histogram) {
        let most = Int(histogram.quantile(Self.displayedFraction))
        let last = histogram.maximum > 2 * most ? most : histogram.maximum
        var (step, digit) = (1, 1)
        while last / step - histogram.minimum / step >= Self.maximumBars {
            // 1, 2, 5, 10, 20, 50, …
            (step, digit) = digit == 2 ? (step / 2 * 5, 5) : (step * 2, digit == 1 ? 2 : 1)
        }
        start = histogram.minimum / step * step
        self.step = step
        counts = histogram.counts(from: start, through: last, step: step)
        aboveCount = histogram.count - counts.reduce(0, +)
    }
}
