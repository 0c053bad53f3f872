import StrokeBank
import FileAccess
import MaskModel
import MaskRaster
import MaskSamples
import PNGCodec
import PlaneGeometry
import QuickDraw
import Synchronization
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

// Drawings, images, plans, and datasets that are small enough to read, and rasterizers that fail on purpose.

extension TemporaryFolder {
    /// Writes a PNG whose holes are `#` in ASCII art.
    func image(_ name: String, _ art: String) throws {
        let raster = try #require(Bitmap(asciiArt: art))
        try file(name, bytes: MaskPNGEncoder.encode(SpanMask(raster)))
    }
}

extension StrokePool {
    /// A pool with one drawing per word, with `strokes` in units of the drawing's box; a diagonal by default.
    init(_ words: String..., strokes: [[(UInt8, UInt8)]] = [[(0, 0), (255, 255)]]) {
        var part = SampledFileStrokes(strokesPerDrawing: strokes.count, seed: 0)
        for word in words {
            var drawing = Drawing()
            drawing.word = word
            drawing.keyID = 1
            for stroke in strokes {
                for (x, y) in stroke { drawing.append(x: x, y: y) }
                drawing.endStroke()
            }
            part.add(drawing)
        }
        self.init([part], drawingLimit: 10)
    }
}

extension ExportSettings {
    /// Masks of few pixels in all formats, drawn by the exact rule.
    ///
    /// - Parameter canvas: a low one makes the preview small if there are many masks.
    static func small(
        train: Int = 3, test: Int = 2, canvas: PixelSize = .px(32, 32)
    ) throws -> ExportSettings {
        var settings = ExportSettings()
        settings.spec = try MaskSpec(canvas: canvas, minStrokeWidth: 2, maxStrokeWidth: 4)
        settings.trainCount = train
        settings.testCount = test
        settings.backend = "exact"
        return settings
    }
}

extension PixelSize {
    /// A size that is known to be valid.
    static func px(_ width: Int, _ height: Int) -> PixelSize {
        guard let size = PixelSize(width: width, height: height) else { preconditionFailure("no size") }
        return size
    }
}

extension VectorMask {
    /// A canvas with one straight stroke.
    static func line(
        on canvas: PixelSize, from start: (Double, Double), to end: (Double, Double), width: Double,
        origin: StrokeOrigin? = nil
    ) throws -> VectorMask {
        let path = Polyline([Point(x: start.0, y: start.1), Point(x: end.0, y: end.1)])
        return VectorMask(canvas: canvas, strokes: [try BrushStroke(path: path, width: width, origin: origin)])
    }
}

/// A minimal `dataset.json`.
func manifestText(formats: String = #"["png","json","svg"]"#, hole: String = "white", splits: String = "{}") -> String {
    """
    {"format":"qd-imd-dataset/1","program":"qd-imd 1.0.0","seed":7,"spec":{"canvas":[32,16]},"size":[64,32],\
    "formats":\(formats),"hole":"\(hole)","bit_depth":1,"backend":"exact","splits":\(splits)}
    """
}

/// A folder with the drawings of two categories, into which datasets are exported.
struct ExportFolder {
    let folder: TemporaryFolder
    let source: FilePath

    init() throws {
        folder = try TemporaryFolder()
        for word in ["cat", "dog"] {
            try folder.file(
                "drawings/\(word).ndjson",
                """
                {"word":"\(word)","key_id":"1","drawing":[[[0,255],[0,255]],[[9],[99]]]}
                {"word":"\(word)","key_id":"2","drawing":[[[100,120,140],[200,60,200]]]}

                """)
        }
        source = folder.path.appending("drawings")
    }

    /// The pool that an export reads.
    func pool(_ settings: ExportSettings) throws -> StrokePool {
        let parts = try ["cat", "dog"].map { word in
            try SampledFileStrokes(
                source.appending("\(word).ndjson"), drawingLimit: settings.pool.drawingsPerFile,
                strokesPerDrawing: settings.pool.strokesPerDrawing, seed: settings.seed)
        }
        return StrokePool(parts, drawingLimit: settings.pool.drawingsPerFile)
    }

    /// Exports into the folder `name`.
    ///
    /// - Parameters:
    ///   - limit: the number of masks that the rasterizer draws before it fails; nil for all.
    ///   - isFlushing: whether the disk is waited for, which takes most of the time of a small export.
    ///   - source: the drawings, if not those of the folder.
    ///   - origin: the dataset that the export reproduces, if any.
    @discardableResult
    func export(
        _ settings: ExportSettings, to name: String = "masks", existing: ExistingOutput = .refuse, jobs: Int = 1,
        failingAfter limit: Int? = nil, isFlushing: Bool = false, making: WorkProgress = WorkProgress(),
        source: FilePath? = nil, origin: ReproductionRequirements? = nil
    ) async throws -> DatasetExport.Summary {
        var export = DatasetExport(
            source: source ?? self.source, output: folder.path.appending(name), settings: settings, existing: existing,
            jobs: jobs)
        export.isFlushing = isFlushing
        export.origin = origin
        let ink = Ink(limit: limit ?? .max)
        return try await export.run(
            makeRasterizer: { RunningDry(ink: ink) }, reading: WorkProgress(), making: making)
    }

    /// The workspace of the unfinished export in the folder `name`.
    func workspace(of name: String = "masks") throws -> String {
        "\(name)/.qd-imd-partial/\(PlanFile.id(of: try folder.bytes(of: name + "/plan.json")))"
    }

    /// The folder of the only run of the unfinished export in the folder `masks`.
    func run() throws -> String {
        let runs = try workspace() + "/runs"
        let names = try folder.path.pushing(FilePath(runs)).entryNames()
        return "\(runs)/\(names.joined(separator: "+"))"
    }

    /// Exports into the folder `masks`, and stops after `count` entries of the merged dataset are moved into their place.
    func interruptSwap(of settings: ExportSettings, after count: Int) async throws {
        let masks = DatasetPaths(root: folder.path.appending("masks"))
        try masks.root.removeTree()
        _ = try? await export(settings, failingAfter: 0)
        // A file in the way of the dataset, which the export therefore leaves merged.
        try masks.preview.writeFile([])
        _ = try? await export(settings, existing: .resume)
        try masks.preview.removeTree()
        var workspace = ExportWorkspace(of: PlanFile.id(of: try masks.plan.readFile()), in: masks)
        let merge = try workspace.takeOverMerge()
        let entries = try merge.dataset.root.entryNames()
        for name in DatasetPaths.entries.filter({ entries.contains($0) }).prefix(count) {
            try merge.dataset.root.appending(name).rename(to: masks.root.appending(name))
        }
        try merge.moved.writeFile(Array(entries.joined(separator: "\n").utf8))
    }

    /// All files below the folder `name`, including hidden ones, by their paths in it.
    func files(in name: String = "masks") throws -> [String: [UInt8]] {
        try folder.files(in: name)
    }

    /// The paths of all files below the folder `name`, sorted.
    func fileNames(in name: String = "masks") throws -> [String] {
        try files(in: name).keys.sorted()
    }
}

/// The number of masks that all rasterizers together can still draw.
final class Ink: Sendable {
    private let left: Mutex<Int>

    init(limit: Int) {
        left = Mutex(limit)
    }

    func take() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}

/// Rasterizes by the exact rule until no masks are left.
struct RunningDry: BinaryRasterizer, ~Copyable {
    let ink: Ink
    private var exact = ExactRasterizer()

    init(ink: Ink) {
        self.ink = ink
    }

    mutating func rasterize(
        _ mask: VectorMask, at size: PixelSize, rows: Range<Int>, into raster: inout SpanMask
    ) throws(RasterizerError) {
        guard ink.take() else { throw RasterizerError("out of ink") }
        try exact.rasterize(mask, at: size, rows: rows, into: &raster)
    }
}

extension ExportPlan {
    /// The plan of an export from a pool in memory.
    init(settings: ExportSettings, source: StrokePool, masksPerShard: Int? = nil) throws(DataError) {
        let pool = AnyStrokeSource.memory(source)
        try self.init(
            settings: settings, pool: pool,
            source: SourceDescription(pool, fingerprint: source.fingerprint, settings: settings.pool),
            options: PlanOptions(settings, masksPerShard: masksPerShard, renderer: "exact", output: "masks"))
    }
}

extension ShardList {
    /// All shards.
    var all: [Shard] { (0..<count).map { self[$0] } }
}
