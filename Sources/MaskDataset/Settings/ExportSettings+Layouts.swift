public import FileAccess
import JSONText
import MaskModel
import PNGCodec
public import SystemPackage

extension ExportSettings {
    /// The kinds of files that the shards write: those requested, and those that other layouts are derived from.
    var stagedFormats: Set<DatasetFormat> {
        var staged = keptFormats
        if layouts.kinds != [.qdIMD] || !layouts.extras.isDisjoint(with: [.coco, .croissant]) { staged.insert(.png) }
        if layouts.kinds.contains(where: { $0.layout().needsRecords }) { staged.insert(.json) }
        return staged
    }

    /// The kinds of files in the program's own layout; none without it.
    var keptFormats: Set<DatasetFormat> { layouts.kinds.contains(.qdIMD) ? formats : [] }

    /// The color of holes in the images of a layout.
    func holeColor(of kind: LayoutKind) -> HoleColor {
        kind == .qdIMD ? holeColor : layouts.holeColor ?? kind.layout().holeColor
    }

    /// A layout of these settings.
    func layout(_ kind: LayoutKind) -> any OutputLayout {
        kind.layout(layouts, imageAssignment, counts: [.train: trainCount, .test: testCount])
    }

    /// The path in the dataset's folder of `path` in the folder of a layout.
    func path(of path: String, in kind: LayoutKind) -> String {
        kind == .qdIMD ? path : "\(kind.rawValue)/\(path)"
    }

    /// The path in the dataset's folder of a mask's image, in the first layout that has one; otherwise its name in tars.
    func image(of index: Int, _ split: Split) -> String {
        for kind in layouts.ordered where kind != .qdIMD || formats.contains(.png) {
            if let name = layout(kind).image(of: index, split) { return path(of: name, in: kind) }
        }
        return DatasetPaths.id(index, split) + ".png"
    }

    /// The entries of the dataset's folder.
    var entries: Set<String> {
        var entries = Set(layouts.entries + [DatasetPaths.previewName, DatasetPaths.manifestName, fileListEntry])
        if masksPerTar != nil { return entries.union(["tar"]) }
        if keptFormats.contains(.png) { entries.formUnion(["train", "test"]) }
        if keptFormats.contains(.json) { entries.insert("vectors") }
        if keptFormats.contains(.svg) { entries.insert("svg") }
        return entries
    }

    /// The list of all files with their checksums: one for users, if they want it, otherwise a hidden one.
    var fileListEntry: String {
        layouts.extras.contains(.checksums) ? DatasetExtra.checksums.entry : DatasetPaths.fileListName
    }

    /// Checks that the layouts can be combined with each other and with all other settings.
    ///
    /// - Parameter output: the dataset's folder, as the user named it.
    /// - Throws: `DataError` if they cannot.
    public func checkLayouts(output: FilePath) throws(DataError) {
        if let problem = layoutProblem { throw DataError(at: "", problem) }
        if layouts.kinds.contains(.flat), let character = FlatLayout.characterThatBreaksLists(in: output) {
            throw DataError(
                output,
                "has \(character.debugDescription) in its name; expected none for the layout flat, whose lists "
                    + "of paths are split at white space and #")
        }
        try checkImages()
    }

    /// Why the layouts cannot be combined; nil if they can.
    private var layoutProblem: String? {
        let hasTars = masksPerTar != nil
        if layouts.kinds.isEmpty { return "no layout; expected at least one" }
        if hasTars, layouts.kinds != [.qdIMD] {
            let names = layouts.ordered.map(\.rawValue).joined(separator: ",")
            return "tar files cannot be used with the layouts \(names); expected qd-imd alone, or webdataset"
        }
        if hasTars, !layouts.extras.isDisjoint(with: [.coco, .croissant]) {
            return "tar files cannot be used with COCO or Croissant, which refer to separate files"
        }
        if layouts.masksPerTar < 1 { return "\(layouts.masksPerTar) masks per tar file; expected at least 1" }
        let first = layouts.first
        if layouts.extras.contains(.croissant), first == .webdataset || first == .brushbench {
            return "Croissant cannot be used with the layout \(first.rawValue) alone; "
                + "expected one with separate files too"
        }
        if layouts.extras.contains(.croissant), first == .qdIMD, !formats.contains(.png) {
            return "Croissant cannot be used without PNGs; expected png among the formats"
        }
        return imageProblem ?? nameProblem
    }

    /// What is wrong with the settings of images.
    private var imageProblem: String? {
        let named = layouts.kinds.filter(\.hasImageNames)
        if layouts.needsImages, layouts.images == nil, !named.isEmpty || layouts.usesImageSizes {
            return "the spec names masks after images; expected their list: --image-list"
        }
        guard let images = layouts.images else { return nil }
        if named.isEmpty, !layouts.kinds.contains(.mat), !layouts.kinds.contains(.aotGAN), !layouts.usesImageSizes {
            return "an image list cannot be used without a layout of masks for images, or the sizes of images"
        }
        if layouts.usesImageSizes, images.sizes == nil {
            return "masks of the sizes of images need these sizes, which were not read"
        }
        if layouts.usesImageSizes, size != nil { return "the sizes of images cannot be used with another size" }
        return nil
    }

    /// What is wrong with the names of files.
    private var nameProblem: String? {
        if layouts.masksPerImage < 1 { return "\(layouts.masksPerImage) masks per image; expected at least 1" }
        if layouts.masksPerImage > 1, let kind = [LayoutKind.pairs, .brushbench].first(where: layouts.kinds.contains) {
            return "several masks per image cannot be used with the layout \(kind.rawValue), which has one per image"
        }
        if layouts.linksImages, layouts.kinds.isDisjoint(with: [.lama, .pairs, .brushbench]) {
            return "linked images need the layout lama, pairs, or brushbench"
        }
        if layouts.linksImages, layouts.suffix.isEmpty, layouts.kinds.contains(.pairs) {
            return "linked images need a suffix in the layout pairs: an image and its mask would have the same name"
        }
        if !layouts.suffix.isEmpty, !layouts.kinds.contains(.pairs) { return "a suffix needs the layout pairs" }
        let allowed = layouts.suffix.utf8.allSatisfy { Self.suffixCharacters.utf8.contains($0) }
        if !allowed || layouts.suffix.utf8.count > 20 {
            return "the suffix is \(layouts.suffix.debugDescription); expected at most 20 letters, digits, and _ - ."
        }
        if layouts.fileExtension != .png, layouts.kinds.isSubset(of: [.qdIMD, .webdataset]) {
            return "the extension \(layouts.fileExtension.rawValue) needs a layout other than qd-imd and webdataset"
        }
        if layouts.cocoCounts != .compressed, !layouts.extras.contains(.coco) { return "COCO counts need COCO" }
        if channels == .three, bitDepth == .one { return "3 channels cannot be used with a bit depth of 1" }
        return nil
    }

    private static var suffixCharacters: String {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
    }

    /// Whether files of the dataset depend on where the images are.
    var includesImagePaths: Bool { layouts.linksImages || layouts.kinds.contains(.flat) }

    /// Writes the elements of `layouts` in `dataset.json`.
    func writeLayouts(to json: inout JSONWriter) {
        for kind in layouts.ordered {
            json.object { json in
                json.member("name", kind.rawValue)
                json.member("hole", holeColor(of: kind).rawValue)
                if kind == .webdataset { json.member("tar", layouts.masksPerTar) }
                if kind.hasExtension, layouts.fileExtension != .png {
                    json.member("extension", layouts.fileExtension.rawValue)
                }
                if kind == .pairs, !layouts.suffix.isEmpty { json.member("suffix", layouts.suffix) }
                guard kind.hasImageNames, let images = layouts.images else { return }
                json.member("images", images.stems.count)
                json.member("images_sha256", images.fingerprint(includesPaths: includesImagePaths))
                if layouts.masksPerImage > 1 { json.member("masks_per_image", layouts.masksPerImage) }
                if layouts.linksImages, kind != .flat { json.member("linked", true) }
            }
        }
    }
}
