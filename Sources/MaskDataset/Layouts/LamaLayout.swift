import FileAccess
import MaskModel
import SystemPackage

/// Images as LaMa's evaluation finds them: `*_mask000.png`, next to the image whose name the mask's name starts with.
///
/// With a list of images, each image gets one test mask, in order; the remaining test masks are not in the layout.
/// Without test masks, the training masks are assigned.
struct LamaLayout: OutputLayout {
    let images: ImageList?

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            let stems = split == context.plan.settings.imageSplit ? images?.stems : nil
            try context.makeFolder(split.rawValue)
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                guard let name = Self.name(mask, stems) else { return }
                try scratch.place(mask, as: "\(split.rawValue)/\(name)")
            }
        }
    }

    func image(of index: Int, _ split: Split) -> String? {
        images == nil ? "\(split.rawValue)/\(DatasetPaths.id(index, split))_mask000.png" : nil
    }

    func maskName(of file: FilePath) -> String {
        let name = file.removingEnding
        return name.hasSuffix("_mask000") ? String(name.dropLast(8)) : name
    }

    /// The file of a mask; nil if there are not enough images.
    static func name(_ mask: LayoutContext.Mask, _ stems: [String]?) -> String? {
        guard let stems else { return mask.id + "_mask000.png" }
        return mask.index < stems.count ? stems[mask.index] + "_mask000.png" : nil
    }
}
