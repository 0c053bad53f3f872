public import StrokeBank
import JSONText
public import MaskModel
public import PNGCodec
import QuickDraw

/// The kinds of files that an export writes.
public enum DatasetFormat: String, Hashable, Sendable, CaseIterable {
    case png, json, svg
}

/// How many drawings and strokes of a source go into the pool.
public struct PoolSettings: Hashable, Sendable {
    /// How many drawings of a category are taken from the start of each file, and of all files together; 1 or more.
    public var drawingsPerFile = 1000
    /// How many strokes are chosen at random of each drawing, all if it has fewer; 1 or more.
    public var strokesPerDrawing = 1
    /// Which drawings and strokes there are for this.
    public var filter = DrawingFilter()
    /// Whether drawings that are damaged are counted and passed over; of a stroke bank, nothing is.
    public var skipsDamaged = false

    /// The first 1000 drawings of each file, one stroke of each.
    public init() {}
}

/// Everything that decides what an export writes, but the drawings.
public struct ExportSettings: Hashable, Sendable {
    /// The recipe of the masks; QD-IMD's by default.
    public var spec = MaskSpec.standard
    /// Recipes that differ from `spec`, of which each mask takes one; none for `spec` itself.
    public var variants = SpecVariants()
    /// What is taken of the source.
    public var pool = PoolSettings()
    /// Which of 2⁶⁴ datasets.
    public var seed: UInt64 = 0
    /// How many masks for training, 0 or more.
    public var trainCount = 50_000
    /// How many masks for testing, 0 or more; of other categories than those for training.
    public var testCount = 10_000
    /// The kinds of files to write; all by default.
    public var formats = Set(DatasetFormat.allCases)
    /// How many masks a tar file holds, 1 or more; nil for a file of each mask, and JSON Lines.
    public var masksPerTar: Int?
    /// Which layouts, and what else is written of the dataset.
    public var layouts = LayoutSettings()
    /// The size of the PNGs, in the canvas's ratio, which is not checked here; nil for the canvas's.
    public var size: PixelSize?
    /// The color of holes in PNGs and SVGs.
    public var holeColor = HoleColor.white
    /// Bits a pixel of the PNGs.
    public var bitDepth = MaskPNGEncoder.BitDepth.eight
    /// The rasterizer's name, for the record; what draws is handed to `DatasetExport.run`.
    public var backend = "cairo"

    /// QD-IMD's dataset: 50,000 and 10,000 masks of 512×512 px, in all formats.
    public init() {}

    /// How many masks of `split`.
    public func count(of split: Split) -> Int {
        split == .train ? trainCount : testCount
    }

    /// The recipe of each variant, one at least.
    ///
    /// - Throws: `MaskSpecError` if a variant takes a value out of its range.
    public func specs() throws(MaskSpecError) -> [MaskSpec] {
        var specs: [MaskSpec] = []
        for changes in variants.changes { specs.append(try spec.applying(changes)) }
        return specs.isEmpty ? [spec] : specs
    }

    /// Replaces values of the recipe, whatever its variants say of them.
    ///
    /// - Throws: `MaskSpecError` if a value is out of its range.
    public mutating func change(_ changes: MaskSpecChanges) throws(MaskSpecError) {
        var changed = self
        changed.spec = try spec.applying(changes)
        changed.variants.changes = variants.changes.map { $0.excluding(changes) }
        _ = try changed.specs()
        self = changed
    }

    /// The size of the PNGs: `size`, or the canvas's.
    public var imageSize: PixelSize { size ?? spec.canvas }

    /// The members of a plan that stand for the settings, in the order of the file.
    func write(to json: inout JSONWriter) {
        json.name("spec")
        json.object { json in
            MaskSpecChanges(spec).write(to: &json)
            json.member("drawings_per_file", pool.drawingsPerFile)
            json.member("strokes_per_drawing", pool.strokesPerDrawing)
            pool.filter.write(to: &json)
            if pool.skipsDamaged {
                json.name("skip_damaged")
                json.value(true)
            }
            variants.write(to: &json)
        }
        json.member("seed", seed)
        json.member("size", imageSize)
        json.name("formats")
        json.array { json in
            for format in DatasetFormat.allCases where keptFormats.contains(format) { json.value(format.rawValue) }
        }
        if let masksPerTar { json.member("tar", masksPerTar) }
        writeLayouts(to: &json)
        json.member("hole", holeColor.rawValue)
        json.member("bit_depth", bitDepth.rawValue)
        json.member("backend", backend)
    }
}
