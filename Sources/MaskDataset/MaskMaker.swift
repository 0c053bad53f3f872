import MaskFormats
import MaskModel
import MaskRaster
import QuickDraw

/// Makes the records of one split: composes until there is a hole, and measures it.
struct MaskMaker: Sendable {
    private let composer: Composer<SourcePool>
    private var rasterizer = ExactRasterizer()
    /// The mask that was made last, by the exact rule at the canvas's size; of a large one its last band.
    private(set) var raster = Raster(size: .smallest)
    /// Whose records these are.
    var split: Split { composer.split }
    /// How often a mask without a hole is drawn again.
    private static let attemptLimit = 1000

    /// Gives nil if the split has no categories.
    init?(plan: ExportPlan, split: Split) {
        guard let pool = plan.pools[split],
            let composer = Composer(
                spec: plan.settings.spec, seed: plan.settings.seed, split: split, strokes: pool)
        else { return nil }
        self.composer = composer
    }

    /// Mask `index` with all that its file says of it.
    mutating func record(_ index: Int) throws(DatasetError) -> MaskRecord {
        let canvas = composer.spec.canvas
        let id = DatasetLayout.id(index, composer.split)
        for attempt in 0..<Self.attemptLimit {
            let composition: Composition
            do {
                composition = try composer.composition(index: index, attempt: attempt)
            } catch {
                throw .source(error)
            }
            let holeCount: Int
            do {
                holeCount = try rasterizer.holeCount(of: composition.mask, at: canvas, using: &raster)
            } catch {
                throw .rasterizer("\(id): \(error)")
            }
            guard holeCount > 0 else { continue }
            return MaskRecord(
                mask: composition.mask, id: id, split: composer.split, index: index, upscale: composition.upscale,
                holeRatio: Double(holeCount) / Double(canvas.area))
        }
        throw .noHole(id: id, attempts: Self.attemptLimit)
    }
}
