/// A tally in bars of one width, at most `maximumBars`: what a chart shows.
///
/// Where the greatest numbers are more than twice as large as 99 % of all, they have no bars: single ones far away would
/// leave no room for the others.
struct Histogram: Hashable, Sendable {
    static let maximumBars = 40

    /// Where the first bar begins.
    let start: Int
    /// How wide a bar is: 1, 2 or 5 times a power of ten. A number that is on an edge belongs to the bar above it.
    let step: Int
    /// How many numbers each bar has; none of an empty tally.
    let counts: [Int]
    /// How many numbers lie above the last bar.
    let aboveCount: Int

    private static let shownShare = 0.99

    /// The narrowest bars of which there are few enough.
    init(_ tally: Tally) {
        let most = tally.quantile(Self.shownShare)
        let last = tally.maximum > 2 * most ? most : tally.maximum
        var (step, digit) = (1, 1)
        while last / step - tally.minimum / step >= Self.maximumBars {
            // 1, 2, 5, 10, 20, 50, …
            (step, digit) = digit == 2 ? (step / 2 * 5, 5) : (step * 2, digit == 1 ? 2 : 1)
        }
        start = tally.minimum / step * step
        self.step = step
        counts = tally.counts(from: start, through: last, step: step)
        aboveCount = tally.count - counts.reduce(0, +)
    }
}
