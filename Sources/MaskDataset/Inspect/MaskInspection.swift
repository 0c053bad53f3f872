public import FileAccess
import MaskFormats
import MaskModel
import MaskRaster
public import PNGCodec

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
    /// What can be said about each mask alone.
    public let table: MaskTable

    /// The contribution of one mask.
    private struct Sample: Sendable {
        let figures: HoleStatistics
        var widths: [Double]?
        var words: [String] = []
    }

    /// Reads all masks.
    ///
    /// The hole ratio of a vector is that of the exact rule at the size of its canvas.
    /// - Parameters:
    ///   - masks: The masks.
    ///   - reader: Reads the images; nil for one that accepts only black and white, with the color of holes in the
    ///     manifest, or white.
    ///   - jobs: The number of tasks, at least 1.
    ///   - progress: Counts the masks.
    /// - Throws: `DataError` if a mask cannot be read.
    public init(
        of masks: MaskCollection, reader: PNGReader? = nil, jobs: Int, progress: WorkProgress
    ) async throws(DataError) {
        let reader = reader ?? PNGReader(holeColor: masks.holeColor ?? .white)
        progress.begin(total: masks.items.count)
        let samples = OrderedResults<Sample>(count: masks.items.count)
        try await forEachConcurrently(
            masks.items.count, jobs: jobs, makeWorker: { Worker(loader: MaskLoader(reader: reader)) },
            { (worker, number) throws(DataError) in
                samples.set(number, try worker.sample(masks.items[number]))
                progress.advance()
            })
        let all = samples.all
        maskCount = all.count
        vectorCount = all.count { $0.widths != nil }
        sizes = Dictionary(all.map { ("\($0.figures.size)", 1) }, uniquingKeysWith: +)
        table = MaskTable(
            rows: zip(masks.items, all).map { item, sample in
                MaskTable.Row(
                    name: item.name, size: sample.figures.size, holeCount: sample.figures.holeCount,
                    touchesBorder: sample.figures.touchesBorder, componentCount: sample.figures.componentCount,
                    strokeCount: sample.widths?.count)
            })
        holeRatio = Statistics(table.rows.map(\.holeRatio))
        strokes = Statistics(all.compactMap { $0.widths.map { Double($0.count) } })
        widths = Statistics(all.flatMap { $0.widths ?? [] })
        words = Dictionary(all.flatMap { $0.words.map { ($0, 1) } }, uniquingKeysWith: +)
    }

    /// The memory that a task reuses from mask to mask.
    private struct Worker: ~Copyable {
        private var loader: MaskLoader
        private var rasterizer = ExactRasterizer()
        private var raster = SpanMask(size: .smallest)

        init(loader: consuming MaskLoader) {
            self.loader = loader
        }

        mutating func sample(_ item: MaskLocation) throws(DataError) -> Sample {
            switch try loader.load(item) {
            case .image(let image):
                return Sample(figures: HoleStatistics(of: SpanMask(image)))
            case .vector(let record):
                let canvas = record.mask.canvas
                var figures = HoleStatistics(of: canvas)
                for rows in ImageBands(of: canvas) {
                    try item.path.locating {
                        try rasterizer.rasterize(record.mask, at: canvas, rows: rows, into: &raster)
                    }
                    figures.add(raster)
                }
                return Sample(
                    figures: figures, widths: record.mask.strokes.map(\.width),
                    words: record.mask.strokes.compactMap { $0.origin?.word })
            }
        }
    }
}
