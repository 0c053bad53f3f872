import MaskModel
import SystemPackage

/// AOT-GAN's training takes the masks from a folder `pconv`, named after its mask type, and its test from any folder.
struct AOTGANLayout: OutputLayout {
    var fileExtension = "png"

    func images(of split: Split) -> String? { "\(Self.folder(split))/*.\(fileExtension)" }

    var splitPattern: String { #"[a-z]+/.+_(train|test)\."# + fileExtension }

    func maskName(of file: FilePath) -> String { maskName(ofFileWithID: file) }

    func image(of index: Int, _ split: Split) -> String? {
        "\(Self.folder(split))/\(DatasetPaths.id(index, split)).\(fileExtension)"
    }

    private static func folder(_ split: Split) -> String { split == .train ? "pconv" : "test" }
}
