public import FileAccess
import MaskFormats
import MaskModel
import MaskRaster
import PNGCodec

/// What is in a collection of masks.
public struct MaskInspection: Hashable, Sendable {
    /// How many masks there are, vectors and images.
    public let maskCount: Int
    /// How many of the masks are vectors; the figures of strokes, widths and words are theirs.
    public let vectorCount: Int
    /// How many masks there are of each size: of canvases and of images, as in `512×512`.
    public let sizes: [String: Int]
    /// The share of hole of each mask, 0 to 1.
    public let holeRatio: Statistics
    /// Brush strokes of a vector mask, pieces that the crop made counted each.
    public let strokes: Statistics
    /// Widths of brush strokes, in px of the canvas.
    public let widths: Statistics
    /// How many brush strokes come from each word; strokes without an origin are left out.
    public let words: [String: Int]

    /// What one mask adds.
    private struct Sample: Sendable {
        let size: PixelSize
        let holeRatio: Double
        var widths: [Double]?
        var words: [String] = []
    }

    /// Reads all masks, on up to `jobs` tasks at once, 1 or more.
    ///
    /// The hole ratio of a vector is by the exact rule at the size of its canvas. The hole of an image is what is
    /// white, from brightness 128 on, whatever a manifest says.
    /// - Throws: `DataError` if a mask cannot be read.
    public init(of masks: MaskCollection, jobs: Int, progress: WorkProgress) async throws(DataError) {
        let holeColor = masks.holeColor ?? .white
        progress.begin(total: masks.items.count)
        let samples = ResultList<Sample>(count: masks.items.count)
        try await forEachConcurrently(
            masks.items.count, jobs: jobs, makeWorker: { InspectionWorker(holeColor: holeColor) },
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

    private struct InspectionWorker: ~Copyable {
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
                let holeCount: Int
                do {
                    holeCount = try rasterizer.holeCount(of: record.mask, at: canvas, using: &raster)
                } catch {
                    throw .rasterizer("\(item.path): \(error)")
                }
                return Sample(
                    size: canvas, holeRatio: Double(holeCount) / Double(canvas.area),
                    widths: record.mask.strokes.map(\.width),
                    words: record.mask.strokes.compactMap { $0.origin?.word })
            }
        }
    }
}
