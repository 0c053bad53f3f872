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

    /// The images that are linked beside their masks; nil for none.
    var linkedImages: ImageAssignment? { get }

    /// Writes the layout's files into its folder, which exists and is empty; the bytes do not depend on the number of
    /// tasks. By default, these are the images where `image(of:_:)` says, and the linked ones.
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
    var linkedImages: ImageAssignment? { nil }

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            guard let first = image(of: 0, split) else { continue }
            let folder = FilePath(first).removingLastComponent().string
            try context.makeFolder(folder)
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                guard let name = image(of: mask.index, split) else { return }
                try scratch.place(mask, as: name)
                guard let image = linkedImages?.image(of: mask.index, split), image.number == 0 else { return }
                try context.link(image, as: "\(folder)/\(image.stem).\(fileExtension)")
            }
        }
    }

    /// The name of a mask whose file is named after its id, in whatever folder.
    func maskName(ofFileWithID file: FilePath) -> String {
        let id = file.stem ?? ""
        return (id.hasSuffix("_test") ? "test/" : "train/") + id
    }
}
