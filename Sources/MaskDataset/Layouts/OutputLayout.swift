import FileAccess
import MaskModel
import SystemPackage

/// A layout of masks in files. It is written into a folder of its own name, from the output of an export's shards.
protocol OutputLayout: Sendable {
    /// The color of holes that the programs that load the layout expect.
    var holeColor: HoleColor { get }
    /// Whether writing it needs the masks' records, and not only their images.
    var needsRecords: Bool { get }
    /// Whether vector masks can be read from it.
    var hasVectors: Bool { get }
    /// Whether masks of any kind can be read from it.
    var hasMasks: Bool { get }

    /// The extension of the images.
    var fileExtension: String { get }

    /// Writes the layout's files into its folder, which exists and is empty; the bytes do not depend on the number of
    /// tasks.
    func write(_ context: LayoutContext) async throws(DataError)

    /// A glob for the images of `split`, relative to the folder; nil if they are not separate files.
    func images(of split: Split) -> String?

    /// A regular expression for the paths of those images, relative to the folder, that captures the split.
    var splitPattern: String { get }

    /// The file of a mask's image, relative to the folder; nil if it does not follow from the number, or is not a file.
    func image(of index: Int, _ split: Split) -> String?

    /// The name in this program of the mask in a file of the layout, `train/00000_train`; for a tar, the part of the
    /// name before the member's.
    ///
    /// - Parameter file: relative to the folder.
    func maskName(of file: FilePath) -> String

    /// Whether a file of the layout with the extension of its images is a mask, and not an image beside one.
    ///
    /// - Parameter file: relative to the folder.
    func isMask(_ file: FilePath) -> Bool
}

extension OutputLayout {
    var holeColor: HoleColor { .white }
    var needsRecords: Bool { false }
    var hasVectors: Bool { false }
    var hasMasks: Bool { true }
    var fileExtension: String { "png" }
    func images(of split: Split) -> String? { "\(split.rawValue)/*.\(fileExtension)" }
    var splitPattern: String { #"(train|test)/.+\."# + fileExtension }
    func image(of index: Int, _ split: Split) -> String? {
        "\(split.rawValue)/\(DatasetPaths.id(index, split)).\(fileExtension)"
    }
    func maskName(of file: FilePath) -> String { file.removingEnding }
    func isMask(_ file: FilePath) -> Bool { true }
}
