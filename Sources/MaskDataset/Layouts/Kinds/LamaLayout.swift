import MaskModel
import SystemPackage

/// Images as LaMa's evaluation finds them: `*_mask000.png`, next to the image whose name the mask's name starts with, which
/// has the same extension.
///
/// With a list of images, the masks of one split are named after them, in order.
struct LamaLayout: OutputLayout {
    let images: ImageAssignment
    let linksImages: Bool
    var fileExtension = "png"

    var linkedImages: ImageAssignment? { linksImages ? images : nil }

    // The images themselves are there, too.
    func images(of split: Split) -> String? { "\(split.rawValue)/*_mask*.\(fileExtension)" }

    func maskName(of file: FilePath) -> String {
        let name = file.removingEnding
        return name.hasSuffix("_mask000") ? String(name.dropLast(8)) : name
    }

    func isMask(_ file: FilePath) -> Bool {
        let name = (file.stem ?? "").utf8
        let digits = name.reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        return digits >= 3 && name.dropLast(digits).reversed().starts(with: "_mask".utf8.reversed())
    }

    /// The file of a mask; an export checks that there is an image for each.
    func image(of index: Int, _ split: Split) -> String? {
        let image = images.image(of: index, split)
        return "\(split.rawValue)/\(image?.stem ?? DatasetPaths.id(index, split))_mask\(image?.threeDigits ?? "000")"
            + ".\(fileExtension)"
    }
}
