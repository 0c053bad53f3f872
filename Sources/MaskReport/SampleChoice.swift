import MaskModel

/// What is kept of every mask until the sample is chosen.
struct MaskFigures: Hashable, Sendable {
    /// The share of hole, 0 to 1.
    let holeRatio: Double
    /// 0 for a picture.
    let strokeCount: Int32
    let split: Split?
}

/// Which masks of a collection to show.
///
/// Of more masks than are wanted, it takes those with the smallest holes, the largest and the most strokes, and fills up
/// with masks that are evenly spread over all, ordered by their hole ratios.
struct SampleChoice: Hashable, Sendable {
    /// How many of each kind of extremes are taken, at most.
    static let extremeCount = 24

    /// The masks to show, in the order of the collection.
    let numbers: [Int]
    /// Those of them that stand for all: evenly spread, without the extremes.
    let spread: [Int]

    /// - Parameter limit: how many masks are wanted, 1 or more; where extremes are also among the spread, it is fewer.
    /// - Complexity: O(*n* log *n*)
    init(_ figures: [MaskFigures], limit: Int) {
        guard figures.count > limit else {
            numbers = Array(figures.indices)
            spread = numbers
            return
        }
        let byRatio = figures.indices.sorted { (figures[$0].holeRatio, $0) < (figures[$1].holeRatio, $1) }
        let byStrokes = figures.indices.sorted { (figures[$1].strokeCount, $0) < (figures[$0].strokeCount, $1) }
        let count = min(Self.extremeCount, limit / 4)
        let extremes = byRatio.prefix(count) + byRatio.suffix(count) + byStrokes.prefix(count)
        let spreadCount = limit - 3 * count
        // The middle of each of as many equal parts.
        spread = (0..<spreadCount).map { byRatio[(2 * $0 + 1) * figures.count / (2 * spreadCount)] }
        numbers = Set(extremes + spread).sorted()
    }

    /// Some of `spread`, evenly spread themselves, `limit` at most.
    func spread(atMost limit: Int) -> [Int] {
        if spread.count <= limit { return spread }
        return (0..<limit).map { spread[(2 * $0 + 1) * spread.count / (2 * limit)] }
    }
}
