import MaskModel

/// A layout of masks in files, each for the programs that load it.
///
/// The order is that in which a dataset lists its layouts.
public enum LayoutKind: String, Hashable, Sendable, CaseIterable {
    /// The program's own, at the root of the dataset: PNGs by split, with the vectors beside them.
    case qdIMD = "qd-imd"
    /// Numbered images and lists of their paths: EdgeConnect, RFR, ZITS, DeepFill, mmagic.
    case flat
    /// A folder for each tenth of the hole ratio.
    case buckets
    /// Images named as LaMa's evaluation finds them.
    case lama
    /// Images with the names of the images that they are for: IOPaint, A1111, latent-diffusion.
    case pairs
    /// Images in a folder `pconv` for training: AOT-GAN.
    case aotGAN = "aot-gan"
    /// Images with black holes: MAT, CoModGAN, RePaint, PConv.
    case mat
    /// Tar files of samples.
    case webdataset
    /// Images with metadata and a dataset card.
    case huggingface
    /// Run lengths in one JSON file: BrushBench.
    case brushbench

    /// Whether the names or contents of its files depend on a list of images.
    var hasImageNames: Bool { [.flat, .lama, .pairs, .brushbench].contains(self) }

    /// Whether its images are files with an extension of choice.
    var hasExtension: Bool { ![.qdIMD, .webdataset, .brushbench].contains(self) }

    /// The layout itself. A new layout needs only a file and a line here.
    ///
    /// - Parameters:
    ///   - settings: The settings of all layouts.
    ///   - assignment: Which masks belong to images.
    ///   - counts: The number of masks of each split.
    func layout(
        _ settings: LayoutSettings = LayoutSettings(), _ assignment: ImageAssignment? = nil, counts: [Split: Int] = [:]
    ) -> any OutputLayout {
        let images = assignment ?? ImageAssignment(images: settings.images, masksPerImage: 1, split: .test)
        let ending = settings.fileExtension.rawValue
        return switch self {
        case .qdIMD: QDIMDLayout()
        case .flat: FlatLayout(images: images, fileExtension: ending)
        case .buckets: BucketLayout(fileExtension: ending)
        case .lama: LamaLayout(images: images, linksImages: settings.linksImages, fileExtension: ending)
        case .pairs:
            PairsLayout(
                images: images, suffix: settings.suffix, linksImages: settings.linksImages, fileExtension: ending)
        case .aotGAN: AOTGANLayout(fileExtension: ending)
        case .mat: MATLayout(fileExtension: ending)
        case .webdataset: WebDatasetLayout(masksPerTar: settings.masksPerTar)
        case .huggingface: HuggingFaceLayout(counts: counts, fileExtension: ending)
        case .brushbench: BrushBenchLayout(images: images, linksImages: settings.linksImages)
        }
    }
}
