import FileAccess
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

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                try scratch.place(mask, as: name(of: mask.index, split))
                guard linksImages, let image = images.image(of: mask.index, split) else { return }
                try context.link(image, as: "\(split.rawValue)/\(image.stem).\(fileExtension)")
            }
        }
    }

    func images(of split: Split) -> String? { "\(split.rawValue)/*\(suffix).\(fileExtension)" }

    func image(of index: Int, _ split: Split) -> String? { name(of: index, split) }

    func maskName(of file: FilePath) -> String {
        let name = file.removingEnding
        return name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    }

    func isMask(_ file: FilePath) -> Bool { (file.stem ?? "").hasSuffix(suffix) }

    private func name(of index: Int, _ split: Split) -> String {
        let stem = images.image(of: index, split)?.stem ?? DatasetPaths.id(index, split)
        return "\(split.rawValue)/\(stem)\(suffix).\(fileExtension)"
    }
}
