import FileAccess
import MaskModel
import SystemPackage

/// Images as LaMa's evaluation finds them: `*_mask000.png`, beside which it looks for the image that the name begins
/// with.
///
/// With a list of images the masks for testing are dealt to them in order, one each; those left over are not there.
/// Without masks for testing, those for training are dealt.
struct LamaLayout: OutputLayout {
    let images: ImageList?

    func write(_ work: LayoutContext) async throws(DataError) {
        for split in work.splits {
            let stems = split == work.plan.settings.imageSplit ? images?.stems : nil
            try work.makeFolder(split.rawValue)
            try await work.forEachMask(of: split) { (worker, mask) throws(DataError) in
                guard let name = Self.name(mask, stems) else { return }
                try worker.place(mask, as: "\(split.rawValue)/\(name)")
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

    /// The file of a mask; nil if there are fewer images.
    static func name(_ mask: LayoutContext.Mask, _ stems: [String]?) -> String? {
        guard let stems else { return mask.id + "_mask000.png" }
        return mask.index < stems.count ? stems[mask.index] + "_mask000.png" : nil
    }
}
