import FileAccess
import MaskModel
import SystemPackage

/// AOT-GAN's training takes the masks from a folder `pconv`, named after its mask type, and its test from any folder.
struct AOTGANLayout: OutputLayout {
    var fileExtension = "png"

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(Self.folder(split))
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                try scratch.place(mask, as: name(of: mask.index, split))
            }
        }
    }

    func images(of split: Split) -> String? { "\(Self.folder(split))/*.\(fileExtension)" }

    var splitPattern: String { #"[a-z]+/.+_(train|test)\."# + fileExtension }

    func image(of index: Int, _ split: Split) -> String? { name(of: index, split) }

    func maskName(of file: FilePath) -> String {
        let id = file.stem ?? ""
        return (id.hasSuffix("_test") ? "test/" : "train/") + id
    }

    private func name(of index: Int, _ split: Split) -> String {
        "\(Self.folder(split))/\(DatasetPaths.id(index, split)).\(fileExtension)"
    }

    private static func folder(_ split: Split) -> String { split == .train ? "pconv" : "test" }
}
