import JSONText
public import MaskModel
public import PNGCodec
public import StrokeBank

/// Everything that determines what an export writes, except the drawings.
public struct ExportSettings: Hashable, Sendable {
    /// The recipe for the masks; QD-IMD's by default.
    public var spec = MaskSpec.standard
    /// Recipes that differ from `spec`, one of which applies to each mask; without any, `spec` applies.
    public var variants = SpecVariants()
    /// Which strokes of the source are used.
    public var pool = PoolSettings()
    /// The random seed.
    public var seed: UInt64 = 0
    /// The largest number of masks of a split: more than any disk holds, and small enough for all sums over masks.
    public static let maximumCount = 1_000_000_000_000

    /// The number of masks for training, 0 to `maximumCount`.
    public var trainCount = 50_000
    /// The number of masks for testing, 0 to `maximumCount`; their categories differ from those for training.
    public var testCount = 10_000
    /// The kinds of files to write; all by default.
    public var formats = Set(DatasetFormat.allCases)
    /// The number of masks per tar file, at least 1; nil for separate files and JSON Lines.
    public var masksPerTar: Int?
    /// The layouts, and the files that describe the dataset as a whole.
    public var layouts = LayoutSettings()
    /// The size of the PNGs, nil for that of the canvas; the aspect ratio must be the canvas's, which is not checked here.
    public var size: PixelSize?
    /// The color of holes in PNGs and SVGs.
    public var holeColor = HoleColor.white
    /// The bits per channel of the PNGs.
    public var bitDepth = MaskPNGEncoder.BitDepth.eight
    /// The channels of the PNGs; three need a bit depth of eight.
    public var channels = MaskPNGEncoder.Channels.one
    /// The name of the rasterizer, for the record; the rasterizer itself is passed to `DatasetExport.run`.
    public var backend = "cairo"
    /// The license of the drawings, as far as it is specified; an export completes it by what the drawings show.
    public var license = SourceLicense.unknown

    /// QD-IMD's dataset: 50,000 and 10,000 masks of 512×512 px, in all formats.
    public init() {}

    /// The number of masks of `split`.
    public func count(of split: Split) -> Int {
        split == .train ? trainCount : testCount
    }

    /// The recipe of each variant; `spec` if there are none.
    ///
    /// - Throws: `MaskSpecError` if a variant has a value out of range.
    public func specs() throws(MaskSpecError) -> [MaskSpec] {
        var specs: [MaskSpec] = []
        for changes in variants.changes { specs.append(try spec.applying(changes)) }
        return specs.isEmpty ? [spec] : specs
    }

    /// Replaces values of the recipe, also where its variants have values of their own.
    ///
    /// - Throws: `MaskSpecError` if a value is out of range.
    public mutating func change(_ changes: MaskSpecChanges) throws(MaskSpecError) {
        var changed = self
        changed.spec = try spec.applying(changes)
        changed.variants.changes = variants.changes.map { $0.excluding(changes) }
        _ = try changed.specs()
        self = changed
    }

    /// What the recipes request and no mask can have, a sentence each.
    ///
    /// - Throws: `MaskSpecError` if a variant has a value out of range.
    public func unreachableRequests() throws(MaskSpecError) -> [String] {
        try specs().compactMap(\.unreachableHoleRatios).map { range in
            "hole ratios from \(DecimalText.string(range.lowerBound, decimals: 4)) to "
                + "\(DecimalText.string(range.upperBound, decimals: 4)) cannot be reached: the free border is larger"
        }
    }

    /// The size of the PNGs: `size`, or that of the canvas. Masks of images can have other sizes.
    public var imageSize: PixelSize { size ?? spec.canvas }
}
