/// The ways to lay masks out in files, each for the programs that load them so.
///
/// The order is that in which a dataset tells which it has.
public enum LayoutKind: String, Hashable, Sendable, CaseIterable {
    /// This program's own, at the root of the dataset: PNGs by split, with the vectors beside them.
    case qdIMD = "qd-imd"
    case flat, buckets, lama, mat, webdataset, huggingface

    /// The layout itself; to add one, a file and a line here will do.
    func layout(_ settings: LayoutSettings = LayoutSettings()) -> any OutputLayout {
        switch self {
        case .qdIMD: RootLayout()
        case .flat: FlatLayout()
        case .buckets: BucketLayout()
        case .lama: LamaLayout(images: settings.images)
        case .mat: MATLayout()
        case .webdataset: WebDatasetLayout(masksPerTar: settings.masksPerTar)
        case .huggingface: HuggingFaceLayout()
        }
    }
}

/// What is written about a whole dataset on request.
///
/// The order is that in which they are made: checksums are of all the others.
public enum DatasetExtra: String, Hashable, Sendable, CaseIterable {
    /// COCO's annotations: a run-length code for each mask.
    case coco
    /// A description by MLCommons' vocabulary.
    case croissant
    /// `SHA256SUMS`, for `sha256sum --check`.
    case checksums

    /// What it is called in the dataset's folder.
    var part: String {
        switch self {
        case .coco: "coco"
        case .croissant: "croissant.json"
        case .checksums: "SHA256SUMS"
        }
    }
}
