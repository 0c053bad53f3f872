import MaskModel
import MaskRaster

/// The tar files that shards write as they are in the dataset: those of the program's own layout, or of `webdataset`.
struct ShardTars: Hashable, Sendable {
    /// The layout, which determines the names.
    let layout: LayoutKind
    /// The number of masks of each file but the last, at least 1.
    let masksPerTar: Int
    /// The color of holes in the images.
    let holeColor: HoleColor

    /// The folder in the dataset's.
    var folder: String { layout == .webdataset ? layout.rawValue : "tar" }

    /// The smallest number of digits in a name.
    var digits: Int { layout == .webdataset ? WebDatasetLayout.digits : DatasetPaths.digits }

    /// The name of a file.
    func name(_ number: Int, _ split: Split) -> String {
        layout == .webdataset ? WebDatasetLayout.name(number, split) : DatasetPaths.tarName(split, number)
    }
}

extension ExportSettings {
    /// The tar files that shards write; nil if they write a file for each mask.
    ///
    /// A layout beside `webdataset` needs the masks' own files, of which the merge then makes the tar files, too.
    var shardTars: ShardTars? {
        if let masksPerTar { return ShardTars(layout: .qdIMD, masksPerTar: masksPerTar, holeColor: holeColor) }
        guard layouts.kinds == [.webdataset], layouts.extras.isDisjoint(with: [.coco, .croissant]) else { return nil }
        return ShardTars(
            layout: .webdataset, masksPerTar: layouts.masksPerTar, holeColor: holeColor(of: .webdataset))
    }
}
