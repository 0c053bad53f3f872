import FileAccess
import MaskModel
import MaskRaster
import SystemPackage

/// A folder of images for each tenth of hole, `mask0-10` to `mask90-100`, as papers tell their results.
///
/// What counts is the share of hole pixels of the image itself, which is what readers measure. A tenth is above its
/// lower edge up to its upper one: 0.1 is in `mask0-10`. A tenth without masks has no folder.
struct BucketLayout: OutputLayout {
    func write(_ work: LayoutContext) async throws(DataError) {
        for split in work.splits {
            try await work.forEachMask(of: split) { (worker, mask) throws(DataError) in
                let raster = try worker.raster(of: mask)
                let bucket = Self.name(holeCount: raster.holeCount, area: raster.size.area)
                try work.makeFolder(bucket)
                try worker.place(mask, as: "\(bucket)/\(mask.id).png")
            }
        }
    }

    func images(of split: Split) -> String? { "mask*/*_\(split.rawValue).png" }
    var splitPattern: String { #"mask.+_(train|test)\.png"# }
    func image(of index: Int, _ split: Split) -> String? { nil }

    func maskName(of file: FilePath) -> String {
        let id = file.stem ?? ""
        return (id.hasSuffix("_test") ? "test/" : "train/") + id
    }

    /// The tenth that `holeCount` of `area` pixels, 1 or more, is in; without any hole the first.
    static func name(holeCount: Int, area: Int) -> String {
        // In whole numbers, as 0.1 and 0.3 are no doubles.
        let tenth = max(10 * holeCount - 1, 0) / area
        return "mask\(10 * tenth)-\(10 * tenth + 10)"
    }
}
