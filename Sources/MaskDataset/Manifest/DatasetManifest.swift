public import FileAccess
import JSONText
public import MaskModel
public import PNGCodec
public import StrokeBank
public import SystemPackage

/// The contents of a dataset's `dataset.json`, as far as a reader of the dataset needs them.
///
/// `ManifestMember` lists all members and writes them.
public struct DatasetManifest: Hashable, Sendable {
    static let format = "qd-imd-dataset/1"

    /// The program that wrote the dataset, with its version: `qd-imd 2.0.0`.
    public let version: String
    /// The random seed.
    public let seed: UInt64
    /// The canvas in which the masks were composed, in px.
    public let canvas: PixelSize
    /// The size of the PNGs, in px.
    public let imageSize: PixelSize
    /// Whether masks of images are as large as these, and not as `imageSize` says.
    public let usesImageSizes: Bool
    /// The color of holes in the PNGs and SVGs.
    public let holeColor: HoleColor
    /// The bits per pixel of the PNGs.
    public let bitDepth: MaskPNGEncoder.BitDepth
    /// The name of the rasterizer that drew the PNGs: `cairo`, `exact`.
    public let backend: String
    /// The license of the drawings, as far as it is known.
    public let license: SourceLicense
    /// The kinds of files in the dataset, without those that this version does not know.
    public let formats: Set<DatasetFormat>
    /// The layouts of the dataset and the color of holes in each, without those that this version does not know.
    public let layouts: [LayoutKind: HoleColor]
    /// The names of files in the layouts.
    let layoutSettings: LayoutSettings
    /// The files that describe the dataset as a whole, without those that this version does not know.
    public let extras: Set<DatasetExtra>
    /// The number of masks in each tar file; nil if the masks are not in tar files.
    public let masksPerTar: Int?
    /// The number of masks of each split.
    public let masks: [Split: Int]
    /// The number of brush strokes of each split's masks; the pieces of a stroke that the crop cuts are counted singly.
    public let strokes: [Split: Int]
    /// The mean hole ratio of each split's masks, 0 to 1; 0 without masks.
    public let meanHoleRatio: [Split: Double]
    /// The words of each split, sorted by their UTF-8 bytes.
    public let categories: [Split: [String]]
    /// The number of files that the list of checksums has; nil in datasets of earlier versions.
    let fileCount: Int?

    /// Whether `folder` contains a manifest.
    public static func exists(in folder: FilePath) throws(DataError) -> Bool {
        try DatasetPaths(root: folder).manifest.kind() == .file
    }

    /// Reads the manifest of the dataset in `folder`.
    ///
    /// - Throws: `DataError` if it cannot be read, is longer than 64 MiB, or is not a manifest of this format.
    public init(ofDatasetIn folder: FilePath) throws(DataError) {
        try self.init(DatasetPaths(root: folder).manifest)
    }

    init(_ path: FilePath) throws(DataError) {
        var parser = JSONParser()
        try self.init(parser.parse(fileAt: path), at: path)
    }

    /// The manifest in a JSON document, which was read from the file `path`.
    init(_ json: JSONValue, at path: FilePath) throws(DataError) {
        guard let manifest = Self(json) else {
            throw DataError(path, "not the manifest of a dataset; expected format \(Self.format)")
        }
        self = manifest
    }

    private init?(_ json: JSONValue) {
        guard let format = json["format"]?.string, format == Self.format,
            let version = json["program"]?.string?.text,
            let seed = json["seed"]?.uint64,
            let canvas = json["spec"]?["canvas"].flatMap(PixelSize.init),
            let size = json["size"].flatMap(PixelSize.init),
            let holeColor = json["hole"]?.name(of: HoleColor.self),
            let bitDepth = json["bit_depth"]?.int.flatMap(MaskPNGEncoder.BitDepth.init),
            let backend = json["backend"]?.string?.text,
            let formats = json["formats"], formats.elements != nil,
            let splits = json["splits"]
        else { return nil }
        self.version = version
        self.seed = seed
        self.canvas = canvas
        imageSize = size
        usesImageSizes = json["image_sizes"]?.boolean ?? false
        self.holeColor = holeColor
        self.bitDepth = bitDepth
        self.backend = backend
        license =
            SourceLicense(
                identifier: json["license"]?.string?.text, attribution: json["attribution"]?.string?.text) ?? .unknown
        self.formats = Set(formats.names(of: DatasetFormat.self))
        layouts = Self.layouts(json["layouts"]) ?? [.qdIMD: holeColor]
        layoutSettings = Self.layoutSettings(json["layouts"])
        extras = Set(json["extras"]?.names(of: DatasetExtra.self) ?? [])
        masksPerTar = json["tar"]?.int
        var masks: [Split: Int] = [:]
        var strokes: [Split: Int] = [:]
        var ratios: [Split: Double] = [:]
        var categories: [Split: [String]] = [:]
        for member in splits.members {
            guard let split = Split(rawValue: member.name.text) else { return nil }
            // Other readers count files by these numbers.
            if let count = member.value["masks"]?.int {
                guard (0...ExportSettings.maximumCount).contains(count) else { return nil }
                masks[split] = count
            }
            if let count = member.value["strokes"]?.int {
                guard count >= 0 else { return nil }
                strokes[split] = count
            }
            ratios[split] = member.value["mean_hole_ratio"]?.double
            categories[split] = member.value["categories"]?.elements?.compactMap { $0.string?.text }
        }
        self.masks = masks
        self.strokes = strokes
        meanHoleRatio = ratios
        self.categories = categories
        fileCount = json["files"]?.int
    }

    private static func layoutSettings(_ list: JSONValue?) -> LayoutSettings {
        var settings = LayoutSettings()
        for layout in list?.elements.map(Array.init) ?? [] {
            if let suffix = layout["suffix"]?.string?.text { settings.suffix = suffix }
            if let fileExtension = layout["extension"]?.name(of: LayoutSettings.FileExtension.self) {
                settings.fileExtension = fileExtension
            }
        }
        return settings
    }

    private static func layouts(_ list: JSONValue?) -> [LayoutKind: HoleColor]? {
        guard let list = list?.elements else { return nil }
        var layouts: [LayoutKind: HoleColor] = [:]
        for layout in list {
            guard let kind = layout["name"]?.name(of: LayoutKind.self) else { continue }
            layouts[kind] = layout["hole"]?.name(of: HoleColor.self) ?? .white
        }
        return layouts
    }
}

extension DatasetManifest {
    /// Whether the dataset contains vectors, and not only images.
    public var hasVectors: Bool {
        layouts[.qdIMD] == nil ? layouts.keys.contains { $0.layout().hasVectors } : formats != [.png]
    }
}
