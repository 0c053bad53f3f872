import FileAccess
import MaskModel
import MaskRaster
import SystemPackage

/// A folder of images for each tenth of the hole ratio, `mask0-10` to `mask90-100`, as papers report their results.
///
/// The hole ratio is that of the image itself, which is what readers measure. A tenth excludes its lower edge and
/// includes its upper one: 0.1 is in `mask0-10`. A tenth without masks has no folder.
struct BucketLayout: OutputLayout {
    var fileExtension = "png"

    func write(_ context: LayoutContext) async throws(DataError) {
        for split in context.splits {
            try await context.forEachMask(of: split) { (scratch, mask) throws(DataError) in
                let raster = try scratch.raster(of: mask)
                let bucket = Self.name(holeCount: raster.holeCount, area: raster.size.area)
                try context.makeFolder(bucket)
                try scratch.place(mask, as: "\(bucket)/\(mask.id).\(fileExtension)")
            }
        }
    }

    func images(of split: Split) -> String? { "mask*/*_\(split.rawValue).\(fileExtension)" }
    var splitPattern: String { #"mask.+_(train|test)\."# + fileExtension }
    func image(of index: Int, _ split: Split) -> String? { nil }

    func maskName(of file: FilePath) -> String { maskName(ofFileWithID: file) }

    /// The name of the tenth that contains `holeCount` of `area` pixels, at least 1; the first if there is no hole.
    static func name(holeCount: Int, area: Int) -> String {
        let buckets = HoleRatioBuckets.tenths
        return buckets.name(buckets.index(holeCount: holeCount, area: area) ?? 0)
    }
}
