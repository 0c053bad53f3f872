/// Sums over masks, which the dataset's manifest reports.
struct MaskTotals: Hashable, Sendable {
    var masks = 0
    /// The number of brush strokes; the pieces of a stroke that the crop cuts are counted singly.
    var strokes = 0
    /// The sum of the masks' hole ratios in 1/10,000, each rounded as in its file.
    var holeRatioSum = 0

    var meanHoleRatio: Double { Double(holeRatioSum) / 10_000 / Double(max(masks, 1)) }

    static func += (first: inout MaskTotals, second: MaskTotals) {
        first.masks += second.masks
        first.strokes += second.strokes
        first.holeRatioSum += second.holeRatioSum
    }
}
