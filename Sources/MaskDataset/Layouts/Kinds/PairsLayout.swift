import MaskModel
import SystemPackage

/// Images with the names of the images that they are for, with or without a suffix: IOPaint, A1111, latent-diffusion.
///
/// With a list of images, the masks of one split are named after them, in order; all others have names of their own.
struct PairsLayout: OutputLayout {
    let images: ImageAssignment
    let suffix: String
    let linksImages: Bool
    var fileExtension = "png"

    var linkedImages: ImageAssignment? { linksImages ? images : nil }

    func images(of split: Split) -> String? { "\(split.rawValue)/*\(suffix).\(fileExtension)" }

    func maskName(of file: FilePath) -> String {
        let name = file.removingEnding
        return name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    }

    func isMask(_ file: FilePath) -> Bool { (file.stem ?? "").hasSuffix(suffix) }

    func image(of index: Int, _ split: Split) -> String? {
        let stem = images.image(of: index, split)?.stem ?? DatasetPaths.id(index, split)
        return "\(split.rawValue)/\(stem)\(suffix).\(fileExtension)"
    }
}
