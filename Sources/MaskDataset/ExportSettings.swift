import JSONText
public import MaskModel
public import PNGCodec

/// The kinds of files that an export writes.
public enum DatasetFormat: String, Hashable, Sendable, CaseIterable {
    case png, json, svg
}

/// How many drawings and strokes of a source go into the pool.
public struct PoolSettings: Hashable, Sendable {
    /// How many drawings are taken from the start of each file, and at most of a category; 1 or more.
    public var drawingsPerFile = 1000
    /// How many strokes are chosen at random of each drawing; 1 or more.
    public var strokesPerDrawing = 1

    public init() {}
}

/// Everything that decides what an export writes, but the drawings.
public struct ExportSettings: Hashable, Sendable {
    public var spec = MaskSpec.standard
    public var pool = PoolSettings()
    public var seed: UInt64 = 0
    public var trainCount = 50_000
    public var testCount = 10_000
    public var formats = Set(DatasetFormat.allCases)
    /// The size of the PNGs; nil for the canvas's.
    public var size: PixelSize?
    public var holeColor = HoleColor.white
    public var bitDepth = MaskPNGEncoder.BitDepth.eight
    /// The rasteriser's name, for the record.
    public var backend = "cairo"

    public init() {}

    public func count(of split: Split) -> Int {
        split == .train ? trainCount : testCount
    }

    public var pictureSize: PixelSize { size ?? spec.canvas }

    /// The members of a plan that stand for the settings, in the order of the file.
    func write(to json: inout JSONWriter) {
        json.name("spec")
        json.object { json in
            json.member("canvas", spec.canvas)
            json.member("strokes_mean", spec.strokesMean, decimals: 9)
            json.member("strokes_std", spec.strokesStd, decimals: 9)
            json.member("min_stroke_width", spec.strokeWidth.lowerBound, decimals: 9)
            json.member("max_stroke_width", spec.strokeWidth.upperBound, decimals: 9)
            json.member("max_upscale_rate", spec.maxUpscaleRate, decimals: 9)
            json.member("drawings_per_file", pool.drawingsPerFile)
            json.member("strokes_per_drawing", pool.strokesPerDrawing)
        }
        json.member("seed", seed)
        json.member("size", pictureSize)
        json.name("formats")
        json.array { json in
            for format in DatasetFormat.allCases where formats.contains(format) { json.value(format.rawValue) }
        }
        json.member("hole", holeColor.rawValue)
        json.member("bit_depth", bitDepth.rawValue)
        json.member("backend", backend)
    }
}

extension JSONWriter {
    /// A member that is a size, as `[width, height]`.
    mutating func member(_ name: StaticString, _ size: PixelSize) {
        self.name(name)
        array { json in
            json.value(size.width)
            json.value(size.height)
        }
    }
}
