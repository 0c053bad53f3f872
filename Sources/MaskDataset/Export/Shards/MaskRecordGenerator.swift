import FileAccess
import MaskFormats
import MaskGeneration
import MaskModel
import MaskRaster

/// Generates the masks of one split of a plan, as the records that its files contain.
struct MaskRecordGenerator: ~Copyable {
    private let settings: ExportSettings
    private let strokes: AnyStrokeSource
    private var generator: MaskGenerator<AnyStrokeSource>
    /// The canvas of the generator's recipes; nil if it is that of the settings.
    private var canvas: PixelSize?

    /// nil if the split has no categories.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - split: The split of the records.
    ///   - keepsRaster: Whether `raster` is needed; without it, masks are generated faster.
    init?(plan: ExportPlan, split: Split, keepsRaster: Bool = true) {
        guard let pool = plan.pools[split] else { return nil }
        self.init(
            settings: plan.settings, specs: plan.specs, split: split, strokes: pool, keepsRaster: keepsRaster)
    }

    /// nil if the strokes have no categories.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - specs: The recipes of the settings, from `ExportSettings.specs`.
    ///   - split: The split of the records.
    ///   - strokes: The strokes of the split's categories.
    ///   - keepsRaster: Whether `raster` is needed; without it, masks are generated faster.
    init?(
        settings: ExportSettings, specs: [MaskSpec], split: Split, strokes: AnyStrokeSource, keepsRaster: Bool
    ) {
        guard
            let generator = MaskGenerator(
                specs: specs, seed: settings.seed, split: split, strokes: strokes, keepsRaster: keepsRaster)
        else { return nil }
        self.settings = settings
        self.strokes = strokes
        self.generator = generator
    }

    /// The split of the records.
    var split: Split { generator.split }

    /// The mask that was generated last, at the size of its canvas by the exact rule.
    var raster: SpanMask { generator.raster }

    /// Replaces the generator by one whose masks have another canvas; nil for that of the settings.
    private mutating func useCanvas(_ canvas: PixelSize?, _ id: String) throws(DataError) {
        guard canvas != self.canvas else { return }
        do {
            let specs = try canvas.map { (canvas) throws(MaskSpecError) in try settings.specs(on: canvas) }
            guard
                let generator = MaskGenerator(
                    specs: try specs ?? settings.specs(), seed: settings.seed, split: split, strokes: strokes,
                    keepsRaster: generator.keepsRaster)
            else { return }
            self.generator = generator
            self.canvas = canvas
        } catch {
            throw DataError(at: id, "\(error)")
        }
    }

    /// Mask `index` of the split with everything that its file says about it.
    mutating func record(_ index: Int) throws(DataError) -> MaskRecord {
        let split = split
        let id = DatasetPaths.id(index, split)
        try useCanvas(settings.canvas(ofMask: index, split), id)
        let variant = settings.variants.number(ofMask: index, of: settings.count(of: split))
        do throws(MaskGenerationError<DataError>) {
            let generated = try generator.mask(index, variant: variant)
            return MaskRecord(
                mask: generated.mask, id: id, split: split, index: index, upscale: generated.upscale,
                widthFactor: generated.widthFactor, holeRatio: generated.holeRatio)
        } catch {
            switch error {
            case .strokes(let error): throw error
            case .noHole(let attempts): throw .noHole(id: id, attempts: attempts)
            case .noRatio(let goal, let seen, let attempts):
                throw .noRatio(id: id, goal: goal, seen: seen, attempts: attempts)
            }
        }
    }
}
