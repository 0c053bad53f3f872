import ArgumentParser
import MaskDataset
import MaskModel
import SystemPackage

/// How the masks are laid out in files, and what else is written about them.
struct LayoutOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How to lay the masks out, of qd-imd, flat, buckets, lama, mat, webdataset and huggingface; all but the first \
            stand in folders of their own names. (default: qd-imd)
            """, valueName: "list"))
    var layout: LayoutsArgument?

    @Option(
        help: ArgumentHelp(
            "For the layout lama: images to name the masks after, a path a line; they get the test masks in order.",
            valueName: "file"))
    var imageList: FilePath?

    @Flag(help: "Write SHA256SUMS, of all files.")
    var checksums = false

    @Flag(help: "Write croissant.json, a description for MLCommons Croissant.")
    var croissant = false

    @Flag(help: "Write COCO annotations with run-length codes: coco/train/annotations.json, ….")
    var coco = false

    /// Replaces what is given here of what `settings` says of layouts, of holes and of tar files.
    ///
    /// - Parameters:
    ///   - tar: how many masks a tar holds: those for WebDataset, if there are any, otherwise the dataset's own.
    ///   - hole: the color of holes everywhere; nil for each layout's usual one.
    ///   - images: the list of images, read.
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

/// The layouts of an export on the command line: `flat,lama`.
struct LayoutsArgument: ExpressibleByArgument {
    let kinds: Set<LayoutKind>

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        kinds = Set(names.compactMap { LayoutKind(rawValue: String($0)) })
        guard kinds.count == names.count else { return nil }
    }
}
