import FileAccess
import MaskGeneration
import MaskFormats
import MaskModel
import MaskRaster
import QuickDraw

/// Makes the records of one split: composes until the mask is what its spec asks for, and measures it.
struct MaskGenerator: Sendable {
    private let composers: [Composer<AnyStrokeSource>]
    private let settings: ExportSettings
    private var rasterizer = ExactRasterizer()
    /// The mask that was made last, by the exact rule at the canvas's size; of a large one its last band.
    private(set) var raster = Bitmap(size: .smallest)
    /// Whose records these are.
    let split: Split
    /// How often a mask without a hole, or without one at the border, is drawn again.
    private static let attemptLimit = 1000
    /// How often other strokes are tried for a hole ratio: each time takes up to 32 drawings.
    private static let searchLimit = 50

    /// Gives nil if the split has no categories.
    init?(plan: ExportPlan, split: Split) {
        guard let pool = plan.pools[split] else { return nil }
        settings = plan.settings
        composers = plan.specs.compactMap {
            Composer(spec: $0, seed: plan.settings.seed, split: split, strokes: pool)
        }
        guard composers.count == plan.specs.count else { return nil }
        self.split = split
    }

    /// Mask `index` with all that its file says of it.
    mutating func record(_ index: Int) throws(DataError) -> MaskRecord {
        let composer = composers[settings.variants.number(ofMask: index, of: settings.count(of: split))]
        switch composer.spec.holeRatio {
        case .any: return try anyMask(index, by: composer)
        case .within(let goal): return try mask(index, within: goal, by: composer)
        }
    }

    private mutating func anyMask(
        _ index: Int, by composer: Composer<AnyStrokeSource>
    ) throws(DataError) -> MaskRecord {
        for attempt in 0..<Self.attemptLimit {
            var draft = composer.draft(index: index, attempt: attempt)
            let composition = try Self.compose(&draft)
            let measure = try measure(composition.mask, at: composer.spec.canvas, for: composer.spec, index)
            guard measure.holeCount > 0, measure.meetsBorder else { continue }
            return record(composition, index, measure)
        }
        throw .noHole(id: DatasetPaths.id(index, split), attempts: Self.attemptLimit)
    }

    private mutating func mask(
        _ index: Int, within goal: ClosedRange<Double>, by composer: Composer<AnyStrokeSource>
    ) throws(DataError) -> MaskRecord {
        let spec = composer.spec
        var seen: ClosedRange<Double>?
        for attempt in 0..<Self.searchLimit {
            var draft = composer.draft(index: index, attempt: attempt)
            var search = HoleRatioSearch(
                goal: goal, choice: draft.ratioChoice, drawnCount: draft.drawnCount,
                maxWidthFactor: spec.maxWidthFactor, reach: spec.largestHoleRatio)
            // Few pixels tell the ratio well enough on the way; the last word has the canvas's own size.
            var size = Self.coarseSize(of: spec.canvas)
            search: while true {
                let proposal = search.proposal
                let composition = try Self.compose(&draft, proposal)
                var measure = try measure(composition.mask, at: size, for: spec, index)
                var answer = search.take(measure.holeRatio)
                if answer == .found, size != spec.canvas {
                    size = spec.canvas
                    measure = try self.measure(composition.mask, at: size, for: spec, index)
                    if !search.landing.contains(measure.holeRatio) { answer = search.take(measure.holeRatio) }
                }
                let ratio = measure.holeRatio
                seen = min(seen?.lowerBound ?? ratio, ratio)...max(seen?.upperBound ?? ratio, ratio)
                switch answer {
                case .again: continue
                case .failed: break search
                case .found:
                    guard measure.meetsBorder else { break search }
                    return record(composition, index, measure, widthFactor: proposal.widthFactor)
                }
            }
        }
        throw .noRatio(
            id: DatasetPaths.id(index, split), goal: goal, seen: seen ?? 0...0, attempts: Self.searchLimit)
    }

    /// At most 82 px a side: a free border of the usual width then ends between two pixels and not within one, so that
    /// few pixels count as many do.
    private static func coarseSize(of canvas: PixelSize) -> PixelSize {
        canvas.scaled(by: min(1, 82 / Double(max(canvas.width, canvas.height)))) ?? canvas
    }

    private static func compose(
        _ draft: inout CandidateStrokes<AnyStrokeSource>, _ proposal: HoleRatioSearch.Proposal? = nil
    ) throws(DataError) -> Composition {
        return try draft.composition(
            strokeCount: proposal?.strokeCount, widthFactor: proposal?.widthFactor ?? 1)
    }

    /// What an image of a mask is by the exact rule.
    private struct Measure {
        var holeCount = 0
        /// Whether it touches the edge where it has to.
        var meetsBorder: Bool
        let area: Int

        var holeRatio: Double { Double(holeCount) / Double(area) }
    }

    private mutating func measure(
        _ mask: VectorMask, at size: PixelSize, for spec: MaskSpec, _ index: Int
    ) throws(DataError) -> Measure {
        var measure = Measure(meetsBorder: spec.border != .touching, area: size.area)
        for rows in ImageBands(of: size) {
            do {
                try rasterizer.rasterize(mask, at: size, rows: rows, into: &raster)
            } catch {
                throw .rasterizer("\(DatasetPaths.id(index, split)): \(error)")
            }
            measure.holeCount += raster.holeCount
            if !measure.meetsBorder {
                measure.meetsBorder = raster.hasHoleAtEdge(
                    top: rows.lowerBound == 0, bottom: rows.upperBound == size.height)
            }
        }
        return measure
    }

    private func record(
        _ composition: Composition, _ index: Int, _ measure: Measure, widthFactor: Double? = nil
    ) -> MaskRecord {
        MaskRecord(
            mask: composition.mask, id: DatasetPaths.id(index, split), split: split, index: index,
            upscale: composition.upscale, widthFactor: widthFactor, holeRatio: measure.holeRatio)
    }
}
