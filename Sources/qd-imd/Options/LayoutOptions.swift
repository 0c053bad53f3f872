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
            For the layout lama: a file with one image path per line. Each image gets a test mask, in order, with \
            its name; with --test 0, a train mask. (default of --test: the number of images; of --train: 0)
            """, valueName: "file"))
    var imageList: FilePath?

    @Flag(
        inversion: .prefixedNo,
        help: "Write SHA256SUMS with the checksums of all files. (default: --no-checksums)")
    var checksums: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Write croissant.json, a description in the MLCommons Croissant format. (default: --no-croissant)")
    var croissant: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: """
            Write COCO annotations with run-length encoded holes: coco/train/annotations.json, coco/test/…. (default: \
            --no-coco)
            """)
    var coco: Bool?

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
        applyTar(tar, to: &settings)
        let extras: [(Bool?, DatasetExtra)] = [(checksums, .checksums), (croissant, .croissant), (coco, .coco)]
        for (isRequested, extra) in extras {
            switch isRequested {
            case true?: settings.layouts.extras.insert(extra)
            case false?: settings.layouts.extras.remove(extra)
            case nil: break
            }
        }
    }

    /// Applies the number of masks per tar file. That of a spec is for the layout of the spec: other layouts ignore it,
    /// except `webdataset`.
    private func applyTar(_ tar: Int?, to settings: inout ExportSettings) {
        let kinds = settings.layouts.kinds
        let isFromSpec = tar == nil
        guard let tar = tar ?? settings.masksPerTar else { return }
        if kinds.contains(.webdataset) {
            settings.layouts.masksPerTar = tar
            settings.masksPerTar = nil
        } else if isFromSpec, layout != nil, kinds != [.qdIMD] {
            settings.masksPerTar = nil
        } else {
            settings.masksPerTar = tar
        }
    }
}
