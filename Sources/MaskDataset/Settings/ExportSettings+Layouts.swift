public import FileAccess
import JSONText
import MaskModel
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
    func layout(_ kind: LayoutKind) -> any OutputLayout { kind.layout(layouts, imageSplit: imageSplit) }

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

    /// The split whose masks are assigned to the images of a list: test, or train if there are no test masks.
    var imageSplit: Split { testCount > 0 ? .test : .train }

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
        if let images = layouts.images, let problem = imageCountProblem {
            throw DataError(images.path, problem)
        }
    }

    /// What is wrong if the list of images has not as many images as there are masks to name after them.
    public var imageCountProblem: String? {
        guard let images = layouts.images else { return nil }
        let (imageCount, maskCount) = (images.stems.count, count(of: imageSplit))
        let split = imageSplit.rawValue
        let found =
            "\(imageCount) \(imageCount == 1 ? "image" : "images"), "
            + "but \(maskCount) \(split) \(maskCount == 1 ? "mask" : "masks")"
        if imageCount > maskCount { return "\(found); expected a mask for each image: --\(split) \(imageCount)" }
        if imageCount < maskCount {
            return "\(found); expected an image for each mask: --\(split) \(imageCount), or more images"
        }
        return nil
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
        if layouts.extras.contains(.croissant), layouts.first == .webdataset {
            return "Croissant cannot be used with the layout webdataset alone; expected one with separate files too"
        }
        if layouts.extras.contains(.croissant), layouts.first == .qdIMD, !formats.contains(.png) {
            return "Croissant cannot be used without PNGs; expected png among the formats"
        }
        if layouts.needsImages, layouts.images == nil, layouts.kinds.contains(.lama) {
            return "the spec names masks after images; expected their list: --image-list"
        }
        if layouts.images != nil, !layouts.kinds.contains(.lama) {
            return "an image list cannot be used without the layout lama"
        }
        return nil
    }

    /// Writes the elements of `layouts` in `dataset.json`.
    func writeLayouts(to json: inout JSONWriter) {
        for kind in layouts.ordered {
            json.object { json in
                json.member("name", kind.rawValue)
                json.member("hole", holeColor(of: kind).rawValue)
                if kind == .webdataset { json.member("tar", layouts.masksPerTar) }
                if kind == .lama, let images = layouts.images {
                    json.member("images", images.stems.count)
                    json.member("images_sha256", images.fingerprint)
                }
            }
        }
    }
}
