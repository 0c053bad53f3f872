import MaskFormats
import MaskModel

/// The figures of a mask from which the sample is selected.
struct MaskFigures: Hashable, Sendable {
    /// 0 to 1.
    let holeRatio: Double
    /// 0 for an image.
    let strokeCount: Int32
    let split: Split?

    init(holeRatio: Double, strokeCount: Int32, split: Split?) {
        self.holeRatio = holeRatio
        self.strokeCount = strokeCount
        self.split = split
    }

    init(_ mask: ScannedMask) {
        holeRatio = Double(mask.holeCount) / Double(mask.size.area)
        strokeCount = Int32(clamping: mask.record?.mask.strokes.count ?? 0)
        split = mask.split
    }
}
