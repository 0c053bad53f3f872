import MaskModel

/// A layout of masks in files, each for the programs that load it.
///
/// The order is that in which a dataset lists its layouts.
public enum LayoutKind: String, Hashable, Sendable, CaseIterable {
    /// The program's own, at the root of the dataset: PNGs by split, with the vectors beside them.
    case qdIMD = "qd-imd"
    /// Numbered images and lists of their paths: EdgeConnect, AOT-GAN, RFR, ZITS, DeepFill.
    case flat
    /// A folder for each tenth of the hole ratio.
    case buckets
    /// Images named as LaMa's evaluation finds them.
    case lama
    /// Images with black holes: MAT, CoModGAN, RePaint, PConv.
    case mat
    /// Tar files of samples.
    case webdataset
    /// Images with metadata and a dataset card.
    case huggingface

    /// The layout itself. A new layout needs only a file and a line here.
    ///
    /// - Parameters:
    ///   - settings: The settings of all layouts.
    ///   - imageSplit: The split whose masks are named after images, if there is a list of them.
    func layout(
        _ settings: LayoutSettings = LayoutSettings(), imageSplit: Split = .test
    ) -> any OutputLayout {
        switch self {
        case .qdIMD: RootLayout()
        case .flat: FlatLayout()
        case .buckets: BucketLayout()
        case .lama: LamaLayout(images: settings.images, imageSplit: imageSplit)
        case .mat: MATLayout()
        case .webdataset: WebDatasetLayout(masksPerTar: settings.masksPerTar)
        case .huggingface: HuggingFaceLayout()
        }
    }
}
