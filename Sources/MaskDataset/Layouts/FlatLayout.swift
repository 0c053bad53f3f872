import FileAccess
import MaskModel
import SystemPackage

/// A folder of numbered images for each split, and a list of their paths: EdgeConnect and its forks, AOT-GAN, RFR, ZITS,
/// DeepFill.
///
/// Readers of the lists open the paths unchanged, from any working directory. So the paths start with the dataset's
/// folder as the user named it: absolute if it was, otherwise relative to the export's working directory.
struct FlatLayout: OutputLayout {
    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            try await context.forEachMask(of: split, listedIn: "\(split.rawValue).flist") {
                (scratch, mask, list) throws(DataError) in
                let name = Self.name(mask.index, split)
                try scratch.place(mask, as: name)
                list += "\(context.publishedFolder)/\(name)\n".utf8
            }
        }
    }

    func image(of index: Int, _ split: Split) -> String? { Self.name(index, split) }

    func maskName(of file: FilePath) -> String {
        file.removingEnding + "_" + file.removingLastComponent().string
    }

    static func name(_ index: Int, _ split: Split) -> String {
        "\(split.rawValue)/\(DatasetPaths.fiveDigits(index)).png"
    }

    /// The first character of `folder` that breaks lists of paths: NumPy's `genfromtxt`, with which EdgeConnect reads them,
    /// splits words at white space and ends lines at `#`.
    static func characterThatBreaksLists(in folder: FilePath) -> Character? {
        folder.string.first { $0.isWhitespace || $0 == "#" }
    }
}
