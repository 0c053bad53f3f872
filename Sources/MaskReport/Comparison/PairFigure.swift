import MaskDataset
import MaskDiff

/// A pair that was compared, with its image.
struct PairFigure: Hashable, Sendable {
    let name: String
    let comparison: BitmapComparison
    let isSame: Bool
    let image: OverlayImage

    /// Nil if the pair was not compared.
    init?(_ pair: MaskComparison.Report.Pair, _ image: OverlayImage) {
        guard case .compared(let comparison, let isSame) = pair.outcome else { return nil }
        name = pair.name
        self.comparison = comparison
        self.isSame = isSame
        self.image = image
    }
}
