public import FileAccess
import JSONText
public import MaskModel
public import PNGCodec
public import SystemPackage

/// What a dataset's `dataset.json` says, as far as a reader of the dataset needs it.
public struct DatasetManifest: Hashable, Sendable {
    static let format = "qd-imd-dataset/1"
    package static let attribution = """
        Where the drawings are from the Quick, Draw! Dataset: made available by Google, Inc. under the Creative Commons \
        Attribution 4.0 International license, https://github.com/googlecreativelab/quickdraw-dataset
        """

    /// The program that wrote the dataset, with its version: `qd-imd 2.0.0`.
    public let version: String
    /// Which of 2⁶⁴ datasets it is.
    public let seed: UInt64
    /// The canvas in which the masks were composed, in px.
    public let canvas: PixelSize
    /// The size of the PNGs, in px.
    public let imageSize: PixelSize
    /// The color of holes in the PNGs and SVGs.
    public let holeColor: HoleColor
    /// Bits a pixel of the PNGs.
    public let bitDepth: MaskPNGEncoder.BitDepth
    /// The name of the rasterizer that drew the PNGs: `cairo`, `exact`.
    public let backend: String
    /// The kinds of files that were written; kinds that this version does not know are left out.
    public let formats: Set<DatasetFormat>
    /// The layouts that there are, with the color of holes in each; those that this version does not know are left out.
    public let layouts: [LayoutKind: HoleColor]
    /// What else is written of the dataset, as far as this version knows it.
    public let extras: Set<DatasetExtra>
    /// How many masks a tar file holds; nil if the masks are not in tar files.
    public let masksPerTar: Int?
    /// How many masks each split has.
    public let masks: [Split: Int]
    /// How many brush strokes the masks of each split have, pieces that the crop made counted each.
    public let strokes: [Split: Int]
    /// The mean share of hole of each split's masks, 0 to 1; 0 where there are none.
    public let meanHoleRatio: [Split: Double]
    /// The words dealt to each split, sorted by their UTF-8 bytes.
    public let categories: [Split: [String]]

    /// Whether a folder has a manifest.
    public static func exists(in folder: FilePath) throws(DataError) -> Bool {
        try DatasetPaths(root: folder).manifest.kind() == .file
    }

    /// Reads the manifest of the dataset in `folder`.
    ///
    /// - Throws: `DataError` if it cannot be read, is longer than 64 MiB, or is no manifest of this format.
    public init(ofDatasetIn folder: FilePath) throws(DataError) {
        try self.init(DatasetPaths(root: folder).manifest)
    }

    init(_ path: FilePath) throws(DataError) {
        var parser = JSONParser()
        let json = try parser.parse(fileAt: path)
        guard let manifest = Self(json) else {
            throw .mask(path: path, line: nil, problem: "not the manifest of a dataset; expected format \(Self.format)")
        }
        self = manifest
    }

    private init?(_ json: JSONValue) {
        guard let format = json["format"]?.string, format == Self.format,
            let version = json["program"]?.string?.text,
            let seed = json["seed"]?.uint64,
            let canvas = json["spec"]?["canvas"].flatMap(PixelSize.init),
            let size = json["size"].flatMap(PixelSize.init),
            let holeColor = json["hole"]?.string.flatMap({ HoleColor(rawValue: $0.text) }),
            let bitDepth = json["bit_depth"]?.int.flatMap(MaskPNGEncoder.BitDepth.init),
            let backend = json["backend"]?.string?.text,
            let formats = json["formats"]?.elements,
            let splits = json["splits"]
        else { return nil }
        self.version = version
        self.seed = seed
        self.canvas = canvas
        imageSize = size
        self.holeColor = holeColor
        self.bitDepth = bitDepth
        self.backend = backend
        self.formats = Set(formats.compactMap { $0.string.flatMap { DatasetFormat(rawValue: $0.text) } })
        layouts = Self.layouts(json["layouts"]) ?? [.qdIMD: holeColor]
        extras = Set(
            json["extras"]?.elements?.compactMap { $0.string.flatMap { DatasetExtra(rawValue: $0.text) } } ?? [])
        masksPerTar = json["tar"]?.int
        var masks: [Split: Int] = [:]
        var strokes: [Split: Int] = [:]
        var ratios: [Split: Double] = [:]
        var categories: [Split: [String]] = [:]
        for member in splits.members {
            guard let split = Split(rawValue: member.name.text) else { return nil }
            masks[split] = member.value["masks"]?.int
            strokes[split] = member.value["strokes"]?.int
            ratios[split] = member.value["mean_hole_ratio"]?.double
            categories[split] = member.value["categories"]?.elements?.compactMap { $0.string?.text }
        }
        self.masks = masks
        self.strokes = strokes
        meanHoleRatio = ratios
        self.categories = categories
    }

    private static func layouts(_ list: JSONValue?) -> [LayoutKind: HoleColor]? {
        guard let list = list?.elements else { return nil }
        var layouts: [LayoutKind: HoleColor] = [:]
        for layout in list {
            guard let kind = layout["name"]?.string.flatMap({ LayoutKind(rawValue: $0.text) }) else { continue }
            layouts[kind] = layout["hole"]?.string.flatMap { HoleColor(rawValue: $0.text) } ?? .white
        }
        return layouts
    }

    func summary(resumed: Int) -> DatasetExport.Summary {
        let (train, test) = (masks[.train] ?? 0, masks[.test] ?? 0)
        let ratioSum = Double(train) * (meanHoleRatio[.train] ?? 0) + Double(test) * (meanHoleRatio[.test] ?? 0)
        return DatasetExport.Summary(
            trainCount: train, testCount: test, trainCategories: categories[.train]?.count ?? 0,
            testCategories: categories[.test]?.count ?? 0, meanHoleRatio: ratioSum / Double(max(train + test, 1)),
            resumedCount: resumed)
    }
}

extension PixelSize {
    /// The size out of `[width, height]`.
    init?(_ json: JSONValue) {
        guard let sides = json.elements.map(Array.init), sides.count == 2, let width = sides[0].int,
            let height = sides[1].int
        else { return nil }
        self.init(width: width, height: height)
    }
}
