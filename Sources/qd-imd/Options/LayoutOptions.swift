import ArgumentParser
import MaskDataset
import MaskModel
import SystemPackage

/// How the masks are arranged in folders, and which files describe the dataset.
struct LayoutOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Layouts, separated by commas: qd-imd, flat, buckets, lama, pairs, aot-gan, mat, webdataset, huggingface, \
            brushbench. All but qd-imd are written to folders of the same name. (default: qd-imd)
            """, valueName: "list"))
    var layout: LayoutsArgument?

    @Option(
        help: ArgumentHelp(
            """
            A file with one image path per line. Each image gets a test mask, in order, and with its name in lama, pairs, \
            flat, and brushbench; with --test 0, a train mask. (default of --test: the number of masks for the images; \
            of --train: 0)
            """, valueName: "file"))
    var imageList: FilePath?

    @Option(
        help: ArgumentHelp(
            "For lama and flat: number of masks of each image of --image-list, at least 1. (default: 1)",
            valueName: "n"))
    var masksPerImage: Int?

    @Flag(
        inversion: .prefixedNo,
        help: """
            For lama, pairs, and brushbench: place the images of --image-list beside their masks, as hard links, or as \
            copies on another file system. (default: --no-link-images)
            """)
    var linkImages: Bool?

    @Option(
        help: ArgumentHelp(
            "For pairs: what follows the name of the image in that of its mask, such as _mask. (default: none)",
            valueName: "text"))
    var suffix: String?

    @Option(
        help: ArgumentHelp(
            """
            For layouts of separate files except qd-imd: extension of the PNGs, png or jpg. Loaders recognize them by \
            their contents. (default: png)
            """, valueName: "name"))
    var `extension`: LayoutSettings.FileExtension?

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

    @Option(
        help: ArgumentHelp(
            "Lengths of runs in --coco: compressed (text, as pycocotools), or uncompressed (numbers). (default: compressed)",
            valueName: "form"))
    var cocoCounts: LayoutSettings.COCOCounts?

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
        if let linkImages { settings.layouts.linksImages = linkImages }
        if let suffix { settings.layouts.suffix = suffix }
        if let fileExtension = self.extension { settings.layouts.fileExtension = fileExtension }
        if let cocoCounts { settings.layouts.cocoCounts = cocoCounts }
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

    /// Checks what needs a list of images, before it is read.
    func check(_ settings: ExportSettings) throws {
        let layouts = settings.layouts
        guard imageList == nil else {
            let kinds: Set<LayoutKind> = [.flat, .lama, .pairs, .mat, .aotGAN, .brushbench]
            if layouts.kinds.isDisjoint(with: kinds), !layouts.usesImageSizes {
                throw ValidationError(
                    "--image-list needs --layout lama, pairs, flat, mat, aot-gan, or brushbench, or --size images")
            }
            return
        }
        // The spec of a dataset for images names what is missing.
        if layouts.needsImages { return }
        let needs = [
            ("--masks-per-image", layouts.masksPerImage != 1), ("--link-images", layouts.linksImages),
            ("--size images", layouts.usesImageSizes),
        ]
        if let option = needs.first(where: \.1)?.0 { throw ValidationError("\(option) needs --image-list") }
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
