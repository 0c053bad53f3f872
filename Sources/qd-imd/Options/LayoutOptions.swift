import ArgumentParser
import MaskDataset
import MaskModel
import SystemPackage

/// How the masks are arranged in folders, and which files describe the dataset.
struct LayoutOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Layouts, separated by commas: qd-imd, flat, buckets, lama, mat, webdataset, huggingface. All but qd-imd \
            are written to folders of the same name. (default: qd-imd)
            """, valueName: "list"))
    var layout: LayoutsArgument?

    @Option(
        help: ArgumentHelp(
            """
            For the layout lama: a file with one image path per line. The test masks, in order, are named after these \
            images; with --test 0, the train masks are.
            """, valueName: "file"))
    var imageList: FilePath?

    @Flag(help: "Write SHA256SUMS with the checksums of all files.")
    var checksums = false

    @Flag(help: "Write croissant.json, a description in the MLCommons Croissant format.")
    var croissant = false

    @Flag(help: "Write COCO annotations with run-length encoded holes: coco/train/annotations.json, coco/test/….")
    var coco = false

    /// Applies the given options to `settings`.
    ///
    /// - Parameters:
    ///   - tar: The number of masks per tar file: of the layout `webdataset` if selected, otherwise of the dataset.
    ///   - hole: The color of holes in all layouts; nil for the default of each layout.
    ///   - images: The contents of `imageList`; nil before they are read.
    func apply(to settings: inout ExportSettings, tar: Int?, hole: HoleColor?, images: ImageList?) {
        if let layout {
            settings.layouts.kinds = layout.kinds
            settings.holeColor = settings.layouts.holeColor ?? settings.layouts.usualHoleColor
        }
        if let hole {
            settings.layouts.holeColor = hole
            settings.holeColor = hole
        }
        if let images { settings.layouts.images = images }
        if let tar {
            if settings.layouts.kinds.contains(.webdataset) {
                settings.layouts.masksPerTar = tar
            } else {
                settings.masksPerTar = tar
            }
        }
        let extras: [(Bool, DatasetExtra)] = [(checksums, .checksums), (croissant, .croissant), (coco, .coco)]
        settings.layouts.extras.formUnion(extras.filter(\.0).map(\.1))
    }
}
