/// Sums over masks, which the dataset's manifest reports.
struct MaskTotals: Hashable, Sendable {
    var masks = 0
    /// The number of brush strokes; the pieces of a stroke that the crop cuts are counted singly.
    var strokes = 0
    /// The sum of the masks' hole ratios in 1/10,000, each rounded as in its file.
    var holeRatioSum = 0

    var meanHoleRatio: Double { Double(holeRatioSum) / 10_000 / Double(max(masks, 1)) }

    /// Adds the sums of other masks; a sum beyond the range of integers, which only a forged record can have, is the largest
    /// one.
    static func += (first: inout MaskTotals, second: MaskTotals) {
        first.masks = first.masks.saturatingSum(second.masks)
        first.strokes = first.strokes.saturatingSum(second.strokes)
        first.holeRatioSum = first.holeRatioSum.saturatingSum(second.holeRatioSum)
    }
}

extension Int {
    /// The sum of two numbers that are not negative, or the largest integer.
    fileprivate func saturatingSum(_ other: Int) -> Int {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}
