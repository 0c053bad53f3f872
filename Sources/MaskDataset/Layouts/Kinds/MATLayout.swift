import FileAccess
import MaskModel

/// A folder of images with black holes for each split: MAT, CoModGAN, RePaint, PUT, and PConv read its files in sorted
/// order, divide by 255, and treat 1 as known.
struct MATLayout: OutputLayout {
    var fileExtension = "png"

    var holeColor: HoleColor { .black }

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try context.makeFolder(split.rawValue)
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                try scratch.place(mask, as: "\(split.rawValue)/\(mask.id).\(fileExtension)")
            }
        }
    }
}
