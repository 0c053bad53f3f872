import FileAccess
import MaskModel

/// A folder of images for each split with black holes: MAT, CoModGAN, RePaint and PConv, which list it in order, divide by
/// 255 and keep what is 1.
struct MATLayout: OutputLayout {
    var holeColor: HoleColor { .black }

    func write(_ work: LayoutContext) async throws(DataError) {
        for split in work.splits {
            try work.makeFolder(split.rawValue)
            try await work.forEachMask(of: split) { (worker, mask) throws(DataError) in
                try worker.place(mask, as: "\(split.rawValue)/\(mask.id).png")
            }
        }
    }
}
