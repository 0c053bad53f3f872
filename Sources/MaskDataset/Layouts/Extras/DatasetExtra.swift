/// An optional file or folder that describes a dataset as a whole.
///
/// The order is that in which they are written: checksums cover all others.
public enum DatasetExtra: String, Hashable, Sendable, CaseIterable {
    /// COCO annotations: a run-length encoding of each mask.
    case coco
    /// A description in the vocabulary of MLCommons Croissant.
    case croissant
    /// `SHA256SUMS`, for `sha256sum --check`.
    case checksums

    /// The name in the dataset's folder.
    var entry: String {
        switch self {
        case .coco: "coco"
        case .croissant: "croissant.json"
        case .checksums: "SHA256SUMS"
        }
    }
}
