public import MaskModel

/// The layouts of a dataset, and the files that describe it as a whole.
public struct LayoutSettings: Hashable, Sendable {
    /// The layouts; only the program's own by default.
    public var kinds: Set<LayoutKind> = [.qdIMD]
    /// The color of holes in all layouts except the program's own; nil for the one that each layout's consumers expect.
    public var holeColor: HoleColor?
    /// The images after which masks are named, in the layouts that have names of images; nil for the masks' own names.
    public var images: ImageList?
    /// The number of masks of each image, at least 1.
    public var masksPerImage = 1
    /// Whether masks have the sizes of their images: their canvases, and therefore their PNGs.
    public var usesImageSizes = false
    /// Whether the images themselves are placed beside their masks, as hard links or copies.
    public var linksImages = false
    /// Whether the settings are from a file whose masks were named after images; the file does not contain their list.
    public internal(set) var needsImages = false
    /// What follows the name of an image in the name of its mask, in the layout `pairs`.
    public var suffix = ""
    /// The extension of images in layouts other than the program's own.
    public var fileExtension = FileExtension.png
    /// How the extra `coco` writes the lengths of runs.
    public var cocoCounts = COCOCounts.compressed
    /// The number of masks per tar file in the WebDataset layout, at least 1.
    public var masksPerTar = 5000
    /// The files that describe the dataset as a whole.
    public var extras: Set<DatasetExtra> = []

    /// An extension of image files. Their contents are PNG in any case: loaders recognize a format by its contents.
    public enum FileExtension: String, Hashable, Sendable, CaseIterable {
        case png, jpg
    }

    /// How COCO annotations write the lengths of runs.
    public enum COCOCounts: String, Hashable, Sendable, CaseIterable {
        /// As text, as pycocotools does.
        case compressed
        /// As numbers.
        case uncompressed
    }

    /// Only the program's own layout.
    public init() {}

    /// The layouts in the order in which they are listed.
    var ordered: [LayoutKind] { LayoutKind.allCases.filter(kinds.contains) }

    /// The layout that represents the dataset where only one can.
    public var first: LayoutKind { ordered.first ?? .qdIMD }

    /// The color of holes that the consumers of `first` expect.
    public var usualHoleColor: HoleColor { first.layout().holeColor }

    /// The entries that these settings add to the dataset's folder, beside those of the program's own layout.
    var entries: [String] {
        ordered.filter { $0 != .qdIMD }.map(\.rawValue) + DatasetExtra.allCases.filter(extras.contains).map(\.entry)
    }

    /// All entries of a dataset's folder that can exist beside those of the program's own layout.
    static let allEntries =
        LayoutKind.allCases.filter { $0 != .qdIMD }.map(\.rawValue) + DatasetExtra.allCases.map(\.entry)
}
