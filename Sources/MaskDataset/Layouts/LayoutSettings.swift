public import FileAccess
import JSONText
public import MaskModel
public import SystemPackage

/// Which layouts a dataset has, and what else is written about it.
public struct LayoutSettings: Hashable, Sendable {
    /// Which layouts; the program's own by default.
    public var kinds: Set<LayoutKind> = [.qdIMD]
    /// The color of holes in all layouts but the program's own; nil for what each one's consumers want.
    public var holeColor: HoleColor?
    /// The images that LaMa's masks are named after; nil for the masks' own names.
    public var images: ImageList?
    /// Whether the settings came out of a file that named masks after images, which the file does not hold.
    var needsImages = false
    /// How many masks a tar of the layout for WebDataset holds, 1 or more.
    public var masksPerTar = 5000
    /// What else to write.
    public var extras: Set<DatasetExtra> = []

    /// The program's own layout, and nothing else.
    public init() {}

    /// The layouts in the order in which they are told.
    var ordered: [LayoutKind] { LayoutKind.allCases.filter(kinds.contains) }

    /// The layout that stands for the dataset where one has to.
    public var first: LayoutKind { ordered.first ?? .qdIMD }

    /// The color of holes that the consumers of `first` want.
    public var usualHoleColor: HoleColor { first.layout().holeColor }

    /// The parts of a dataset's folder that these settings add to those of the program's own layout.
    var parts: [String] {
        ordered.filter { $0 != .qdIMD }.map(\.rawValue) + DatasetExtra.allCases.filter(extras.contains).map(\.part)
    }

    /// All parts of a dataset's folder that are not of the program's own layout.
    static let allParts =
        LayoutKind.allCases.filter { $0 != .qdIMD }.map(\.rawValue) + DatasetExtra.allCases.map(\.part)
}

extension ExportSettings {
    /// The kinds of files that the shards make: those asked for, and what other layouts are made of.
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

    /// The path in the dataset's folder of what is at `path` in a layout's.
    func path(of path: String, in kind: LayoutKind) -> String {
        kind == .qdIMD ? path : "\(kind.rawValue)/\(path)"
    }

    /// The path in the dataset's folder of a mask's image, in the first layout that gives one; otherwise its name in tars.
    func image(of index: Int, _ split: Split) -> String {
        for kind in layouts.ordered where kind != .qdIMD || formats.contains(.png) {
            if let name = kind.layout(layouts).image(of: index, split) { return path(of: name, in: kind) }
        }
        return DatasetPaths.id(index, split) + ".png"
    }

    /// Which parts of a dataset these settings give.
    var parts: Set<String> {
        var parts = Set(layouts.parts + ["preview.png", DatasetPaths.manifestName])
        if masksPerTar != nil { return parts.union(["tar"]) }
        if keptFormats.contains(.png) { parts.formUnion(["train", "test"]) }
        if keptFormats.contains(.json) { parts.insert("vectors") }
        if keptFormats.contains(.svg) { parts.insert("svg") }
        return parts
    }

    /// Which split's masks are dealt to images: those for testing, or those for training if there are no others.
    var imageSplit: Split { testCount > 0 ? .test : .train }

    /// Checks that the layouts go together with each other and with all else.
    ///
    /// - Parameter output: the dataset's folder, as the user named it.
    /// - Throws: `DataError.layouts`.
    public func checkLayouts(output: FilePath) throws(DataError) {
        let names = layouts.ordered.map(\.rawValue).joined(separator: ",")
        if layouts.kinds.isEmpty { throw .layouts("no layout; expected one or more") }
        if masksPerTar != nil, layouts.kinds != [.qdIMD] {
            throw .layouts("tar files with the layouts \(names); expected qd-imd alone, or webdataset")
        }
        if masksPerTar != nil, !layouts.extras.isDisjoint(with: [.coco, .croissant]) {
            throw .layouts("tar files with COCO or Croissant, which name single files; expected one or the other")
        }
        if layouts.masksPerTar < 1 { throw .layouts("\(layouts.masksPerTar) masks a tar file; expected 1 or more") }
        if layouts.extras.contains(.croissant), layouts.first == .webdataset {
            throw .layouts("Croissant with the layout webdataset alone; expected one with single files, too")
        }
        if layouts.extras.contains(.croissant), layouts.first == .qdIMD, !formats.contains(.png) {
            throw .layouts("Croissant of a dataset without PNGs; expected png among its formats")
        }
        if layouts.kinds.contains(.flat), let character = FlatLayout.characterThatBreaksLists(in: output) {
            throw .layouts(
                "\(output): has \(character.debugDescription) in its name; expected none for the layout flat, whose "
                    + "lists of paths are read as words")
        }
        if layouts.needsImages, layouts.images == nil, layouts.kinds.contains(.lama) {
            throw .layouts("a spec whose masks are named after images; expected their list, too: --image-list")
        }
        guard let images = layouts.images else { return }
        if !layouts.kinds.contains(.lama) { throw .layouts("an image list without the layout lama; expected both") }
        let found = count(of: imageSplit)
        if images.stems.count > found {
            throw .layouts(
                "\(images.path): \(images.stems.count) images, but \(found) \(imageSplit.rawValue) masks; expected "
                    + "a mask for each")
        }
    }

    /// The members of a plan that stand for layouts and extras; nothing where they are the default.
    func writeLayouts(to json: inout JSONWriter) {
        if layouts.kinds != [.qdIMD] {
            json.name("layouts")
            json.array { json in
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
        if !layouts.extras.isEmpty {
            json.name("extras")
            json.array { json in
                for extra in DatasetExtra.allCases where layouts.extras.contains(extra) { json.value(extra.rawValue) }
            }
        }
    }
}
