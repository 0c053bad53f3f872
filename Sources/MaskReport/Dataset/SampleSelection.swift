/// The masks of a collection that a report shows.
///
/// If there are too many, they are those with the smallest holes, the largest holes, and the most strokes, and a selection
/// of the others that is evenly spread over their hole ratios.
struct SampleSelection: Hashable, Sendable {
    /// The maximum number of masks of each kind of extreme.
    static let extremeCount = 24

    /// The indices of the masks, in the order of the collection.
    let indices: [Int]
    /// The indices of all masks, from the smallest hole to the largest.
    private let byRatio: [Int]

    /// - Parameter limit: the maximum number of masks, at least 1.
    /// - Complexity: O(*n* log *n*)
    init(_ figures: [MaskFigures], limit: Int) {
        byRatio = figures.indices.sorted { (figures[$0].holeRatio, $0) < (figures[$1].holeRatio, $1) }
        guard figures.count > limit else {
            indices = Array(figures.indices)
            return
        }
        let byStrokes = figures.indices.sorted { (figures[$1].strokeCount, $0) < (figures[$0].strokeCount, $1) }
        let count = min(Self.extremeCount, limit / 4)
        let extremes = Set(byRatio.prefix(count) + byRatio.suffix(count) + byStrokes.prefix(count))
        let others = byRatio.filter { !extremes.contains($0) }
        indices = (extremes + others.evenlySpread(limit - extremes.count)).sorted()
    }

    /// Returns the indices of at most `limit` masks that are evenly spread over the hole ratios of all.
    func representatives(atMost limit: Int) -> [Int] { byRatio.evenlySpread(limit) }
}

extension Array {
    /// Returns the middle element of each of `count` equal parts of the array, or all elements if there are no more.
    fileprivate func evenlySpread(_ count: Int) -> [Element] {
        count >= self.count ? self : (0..<count).map { self[(2 * $0 + 1) * self.count / (2 * count)] }
    }
}
