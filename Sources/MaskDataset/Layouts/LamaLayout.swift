import FileAccess
import MaskModel
import SystemPackage

/// Images as LaMa's evaluation finds them: `*_mask000.png`, next to the image whose name the mask's name starts with.
///
/// With a list of images, the masks of one split are named after them, in order.
struct LamaLayout: OutputLayout {
    let images: ImageList?
    let imageSplit: Split

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                try scratch.place(mask, as: name(of: mask.index, split))
            }
        }
    }

    func image(of index: Int, _ split: Split) -> String? { name(of: index, split) }

    func maskName(of file: FilePath) -> String {
        let name = file.removingEnding
        return name.hasSuffix("_mask000") ? String(name.dropLast(8)) : name
    }

    /// The file of a mask; an export checks that there is an image for each.
    private func name(of index: Int, _ split: Split) -> String {
        let stems = split == imageSplit ? images?.stems ?? [] : []
        let name = stems.indices.contains(index) ? stems[index] : nil
        return "\(split.rawValue)/\(name ?? DatasetPaths.id(index, split))_mask000.png"
    }
}
