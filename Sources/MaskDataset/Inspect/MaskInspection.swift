public import FileAccess
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec

/// The contents of a collection of masks.
public struct MaskInspection: Hashable, Sendable {
    /// The number of masks, vectors and images.
    public let maskCount: Int
    /// The number of vectors; the statistics of strokes, widths, and words are theirs.
    public let vectorCount: Int
    /// The number of masks of each size, of canvases and of images: `512×512`.
    public let sizes: [String: Int]
    /// The hole ratio of each mask, 0 to 1.
    public let holeRatio: Statistics
    /// The brush strokes of each vector; the pieces of a stroke that the crop cuts are counted singly.
    public let strokes: Statistics
    /// The widths of brush strokes, in px of the canvas.
    public let widths: Statistics
    /// The number of brush strokes from each word, without strokes that have no origin.
    public let words: [String: Int]

    /// The contribution of one mask.
    private struct Sample: Sendable {
        let size: PixelSize
        let holeRatio: Double
        var widths: [Double]?
        var words: [String] = []
    }

    /// Reads all masks, in up to `jobs` tasks, at least 1.
    ///
    /// The hole ratio of a vector is that of the exact rule at the size of its canvas. In an image, brightness 128 and
    /// above is white; the hole is white or, if the manifest of the dataset says so, black.
    /// - Throws: `DataError` if a mask cannot be read.
    public init(of masks: MaskCollection, jobs: Int, progress: WorkProgress) async throws(DataError) {
        let holeColor = masks.holeColor ?? .white
        progress.begin(total: masks.items.count)
        let samples = ResultList<Sample>(count: masks.items.count)
        try await forEachConcurrently(
            masks.items.count, jobs: jobs, makeWorker: { Worker(holeColor: holeColor) },
            { (worker, number) throws(DataError) in
                samples.set(number, try worker.sample(masks.items[number]))
                progress.advance()
            })
        let all = samples.all
        maskCount = all.count
        vectorCount = all.count { $0.widths != nil }
        sizes = Dictionary(all.map { ("\($0.size)", 1) }, uniquingKeysWith: +)
        holeRatio = Statistics(all.map(\.holeRatio))
        strokes = Statistics(all.compactMap { $0.widths.map { Double($0.count) } })
        widths = Statistics(all.flatMap { $0.widths ?? [] })
        words = Dictionary(all.flatMap { $0.words.map { ($0, 1) } }, uniquingKeysWith: +)
    }

    /// The memory that a task reuses from mask to mask.
    private struct Worker: ~Copyable {
        private var loader: MaskLoader
        private var rasterizer = ExactRasterizer()
        private var raster = SpanMask(size: .smallest)

        init(holeColor: HoleColor) {
            loader = MaskLoader(reader: PNGReader(holeColor: holeColor, threshold: 128))
        }

        mutating func sample(_ item: MaskItem) throws(DataError) -> Sample {
            switch try loader.load(item) {
            case .image(let image):
                return Sample(size: image.size, holeRatio: image.holeRatio)
            case .vector(let record):
                let canvas = record.mask.canvas
                let holeCount = try item.path.locating {
                    try rasterizer.holeCount(of: record.mask, at: canvas, using: &raster)
                }
                return Sample(
                    size: canvas, holeRatio: Double(holeCount) / Double(canvas.area),
                    widths: record.mask.strokes.map(\.width),
                    words: record.mask.strokes.compactMap { $0.origin?.word })
            }
        }
    }
}
