import MaskModel

/// What is kept of every mask until the sample is chosen.
struct MaskFigures: Hashable, Sendable {
    /// The share of hole, 0 to 1.
    let holeRatio: Double
    /// 0 for an image.
    let strokeCount: Int32
    let split: Split?
}

/// Which masks of a collection to show.
///
/// Of more masks than are wanted, it takes those with the smallest holes, the largest and the most strokes, and fills up
/// with masks that are evenly spread over the others, ordered by their hole ratios.
struct SampleSelection: Hashable, Sendable {
    /// How many of each kind of extremes are taken, at most.
    static let extremeCount = 24

    /// The masks to show, in the order of the collection.
    let numbers: [Int]
    /// All masks, from the smallest hole to the largest.
    private let byRatio: [Int]

    /// - Parameter limit: how many masks are wanted, 1 or more.
    /// - Complexity: O(*n* log *n*)
    init(_ figures: [MaskFigures], limit: Int) {
        byRatio = figures.indices.sorted { (figures[$0].holeRatio, $0) < (figures[$1].holeRatio, $1) }
        guard figures.count > limit else {
            numbers = Array(figures.indices)
            return
        }
        let byStrokes = figures.indices.sorted { (figures[$1].strokeCount, $0) < (figures[$0].strokeCount, $1) }
        let count = min(Self.extremeCount, limit / 4)
        let extremes = Set(byRatio.prefix(count) + byRatio.suffix(count) + byStrokes.prefix(count))
        let others = byRatio.filter { !extremes.contains($0) }
        numbers = (extremes + others.evenlySpread(limit - extremes.count)).sorted()
    }

    /// Masks that stand for all: evenly spread over their hole ratios, `limit` at most.
    func representatives(atMost limit: Int) -> [Int] { byRatio.evenlySpread(limit) }
}

extension Array {
    /// The middle of each of `count` equal parts of the array, or all of it if it has no more elements.
    fileprivate func evenlySpread(_ count: Int) -> [Element] {
        count >= self.count ? self : (0..<count).map { self[(2 * $0 + 1) * self.count / (2 * count)] }
    }
}
