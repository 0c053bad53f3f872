import FileAccess
import MaskModel
import SystemPackage

/// A way to lay masks out in files. It is written into a folder of its own name, out of what the shards of an export left.
protocol OutputLayout: Sendable {
    /// The color of holes that the programs want that load it.
    var holeColor: HoleColor { get }
    /// Whether it is made of the masks' records, too, and not of their images alone.
    var needsRecords: Bool { get }
    /// Whether the masks can be read from it as vectors.
    var hasVectors: Bool { get }

    /// Writes the layout's files. The folder is there, and empty; the bytes do not depend on the number of tasks.
    func write(_ work: LayoutContext) async throws(DataError)

    /// A glob of the images of `split`, relative to the folder; nil if they are not files of their own.
    func images(of split: Split) -> String?

    /// A regular expression of those images' paths, relative to the folder, that captures the split.
    var splitPattern: String { get }

    /// The file of a mask's image, relative to the folder; nil if that is not a function of its number, or no file.
    func image(of index: Int, _ split: Split) -> String?

    /// The name in this program of the mask in a file of the layout, `train/00000_train`; in a tar, the part of the name
    /// before the member's.
    ///
    /// - Parameter file: relative to the folder.
    func maskName(of file: FilePath) -> String
}

extension OutputLayout {
    var holeColor: HoleColor { .white }
    var needsRecords: Bool { false }
    var hasVectors: Bool { false }
    func images(of split: Split) -> String? { "\(split.rawValue)/*.png" }
    var splitPattern: String { #"(train|test)/.+\.png"# }
    func image(of index: Int, _ split: Split) -> String? { "\(split.rawValue)/\(DatasetPaths.id(index, split)).png" }
    func maskName(of file: FilePath) -> String { file.removingEnding }
}

/// The layout that the shards themselves make, at the root of the dataset.
struct RootLayout: OutputLayout {
    var hasVectors: Bool { true }
    func write(_ work: LayoutContext) {}
}
