import FileAccess
import MaskModel
import SystemPackage

/// A folder of numbered images for each split, and a list of their paths: EdgeConnect and its forks, AOT-GAN, RFR, ZITS,
/// DeepFill.
///
/// The lists' readers open the paths as they are, from wherever they run. So they begin with the dataset's folder as the
/// user named it: absolute if that was, otherwise relative to where the export ran.
struct FlatLayout: OutputLayout {
    func write(_ work: LayoutContext) async throws(DataError) {
        for split in work.splits {
            try work.makeFolder(split.rawValue)
            try await work.forEachMask(of: split, listedIn: "\(split.rawValue).flist") {
                (worker, mask, list) throws(DataError) in
                let name = Self.name(mask.index, split)
                try worker.place(mask, as: name)
                list += "\(work.publishedFolder)/\(name)\n".utf8
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

    /// The first character of a folder's name by which a list of paths in it would be misread: numpy's `genfromtxt`, with
    /// which EdgeConnect reads it, parts words at spaces and ends lines at `#`.
    static func characterThatBreaksLists(in folder: FilePath) -> Character? {
        folder.string.first { $0.isWhitespace || $0 == "#" }
    }
}
