import FileAccess
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

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                try scratch.place(mask, as: name(of: mask.index, split))
                guard linksImages, let image = images.image(of: mask.index, split), image.number == 0 else { return }
                try context.link(image, as: "\(split.rawValue)/\(image.stem).\(fileExtension)")
            }
        }
    }

    // The images themselves are there, too.
    func images(of split: Split) -> String? { "\(split.rawValue)/*_mask*.\(fileExtension)" }

    func image(of index: Int, _ split: Split) -> String? { name(of: index, split) }

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
    private func name(of index: Int, _ split: Split) -> String {
        let image = images.image(of: index, split)
        return "\(split.rawValue)/\(image?.stem ?? DatasetPaths.id(index, split))_mask\(image?.threeDigits ?? "000")"
            + ".\(fileExtension)"
    }
}
