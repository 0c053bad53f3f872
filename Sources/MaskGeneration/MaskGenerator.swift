public import MaskModel
public import MaskRaster

/// Generates the masks of one split: composes candidate strokes, measures the mask by the exact rule, and repeats until it
/// meets its spec. Mask *i* is a function of spec, seed, split, strokes, and *i*.
///
///     var generator = MaskGenerator(spec: .standard, seed: 0, split: .train, strokes: pool)
///     let mask = try generator?.mask(17)
public struct MaskGenerator<Strokes: StrokeSource>: ~Copyable {
    /// The split of the masks.
    public let split: Split
    /// The raster of the last generated mask, by the exact rule at the size of its canvas; not set if the generator does
    /// not keep rasters.
    public private(set) var raster = SpanMask(size: .smallest)
    /// Whether `raster` is set; if not, masks are generated faster.
    public let keepsRaster: Bool

    private let seed: UInt64
    private let strokes: Strokes
    private let specs: [MaskSpec]
    /// The candidates of the current mask, for each of `specs`.
    private var candidates: [CandidateStrokes]
    private var rasterizer = ExactRasterizer()
    private var meter = HolePixelCounter()
    private var composed = BrushStrokeBuffer()
    /// Whether the last measurement drew `raster`; otherwise it is that of `meter`.
    private var isDrawn = false
    /// The maximum number of pixels of an image whose bits are counted; the spans of larger ones are drawn.
    private static var meterLimit: Int { 1 << 20 }
    /// The maximum number of attempts for a mask with a hole, or with a hole at the border.
    private static var attemptLimit: Int { 1000 }
    /// The maximum number of searches for a hole ratio, each with new strokes; a search measures up to 32 images.
    private static var searchLimit: Int { 50 }

    /// Creates a generator of masks by one recipe, or by several variants; nil if the strokes have no category.
    ///
    /// - Parameters:
    ///   - specs: The recipes; at least one.
    ///   - seed: The random seed.
    ///   - split: The split; train and test have separate random streams.
    ///   - strokes: The strokes to sample from.
    ///   - keepsRaster: Whether to keep the raster of each mask.
    public init?(specs: [MaskSpec], seed: UInt64, split: Split, strokes: Strokes, keepsRaster: Bool = true) {
        guard strokes.categoryCount > 0, !specs.isEmpty else { return nil }
        self.specs = specs
        self.seed = seed
        self.strokes = strokes
        candidates = specs.map { CandidateStrokes(spec: $0) }
        self.split = split
        self.keepsRaster = keepsRaster
    }

    /// Creates a generator of masks by one recipe; see the other initializer.
    public init?(spec: MaskSpec, seed: UInt64, split: Split, strokes: Strokes, keepsRaster: Bool = true) {
        self.init(specs: [spec], seed: seed, split: split, strokes: strokes, keepsRaster: keepsRaster)
    }

    /// Returns mask `index` of the split, from 0, by the recipe `variant` of `specs`.
    ///
    /// - Throws: `MaskGenerationError` if a stroke cannot be read, or if no attempt meets the spec.
    /// - Complexity: O(points + rows that the segments cross) for each attempt and each measurement of a ratio
    public mutating func mask(
        _ index: Int, variant: Int = 0
    ) throws(MaskGenerationError<Strokes.Failure>) -> GeneratedMask {
        switch specs[variant].holeRatio {
        case .any: return try unconstrainedMask(index, variant)
        case .within(let goal): return try mask(index, within: goal, variant)
        }
    }

    private mutating func unconstrainedMask(
        _ index: Int, _ variant: Int
    ) throws(MaskGenerationError<Strokes.Failure>) -> GeneratedMask {
        let spec = specs[variant]
        for attempt in 0..<Self.attemptLimit {
            candidates[variant].sample(seed: seed, split: split, index: index, attempt: attempt, from: strokes)
            try compose(variant)
            // The ratio that is measured is nearly always that of the mask: its raster, if it is needed, is drawn at once.
            let holeRatio = measure(spec.canvas, at: spec.canvas, drawing: keepsRaster)
            guard holeRatio > 0, meetsBorder(spec) else { continue }
            return GeneratedMask(
                mask: candidates[variant].vectorMask(of: composed), upscale: candidates[variant].upscale,
                widthFactor: nil,
                holeRatio: holeRatio)
        }
        throw .noHole(attempts: Self.attemptLimit)
    }

    private mutating func mask(
        _ index: Int, within goal: ClosedRange<Double>, _ variant: Int
    ) throws(MaskGenerationError<Strokes.Failure>) -> GeneratedMask {
        let spec = specs[variant]
        let coarse = Self.coarseSize(of: spec.canvas)
        var seen: ClosedRange<Double>?
        for attempt in 0..<Self.searchLimit {
            candidates[variant].sample(seed: seed, split: split, index: index, attempt: attempt, from: strokes)
            var search = HoleRatioSearch(
                goal: goal, choice: candidates[variant].ratioChoice, sampledCount: candidates[variant].sampledCount,
                maxWidthFactor: spec.maxWidthFactor, reach: spec.largestHoleRatio)
            var holeRatio = 0.0
            let found = try search.run(startingWith: coarse == spec.canvas ? .canvas : .coarse) {
                (proposal, resolution) throws(MaskGenerationError<Strokes.Failure>) in
                try compose(variant, proposal)
                holeRatio = measure(spec.canvas, at: resolution == .coarse ? coarse : spec.canvas, drawing: false)
                seen = min(seen?.lowerBound ?? holeRatio, holeRatio)...max(seen?.upperBound ?? holeRatio, holeRatio)
                return holeRatio
            }
            guard let found, meetsBorder(spec) else { continue }
            if keepsRaster, !isDrawn { raster = draw(on: spec.canvas, at: spec.canvas) }
            return GeneratedMask(
                mask: candidates[variant].vectorMask(of: composed), upscale: candidates[variant].upscale,
                widthFactor: found.widthFactor,
                holeRatio: holeRatio)
        }
        throw .noRatio(goal: goal, seen: seen ?? 0...0, attempts: Self.searchLimit)
    }

    /// Returns the size of coarse images, at most 82 px per side: a free border of the default width, 50 px of 512, then
    /// ends between two pixels, so that a coarse image measures the ratio accurately.
    private static func coarseSize(of canvas: PixelSize) -> PixelSize {
        canvas.scaled(by: min(1, 82 / Double(max(canvas.width, canvas.height)))) ?? canvas
    }

    private mutating func compose(
        _ variant: Int, _ proposal: HoleRatioSearch.Proposal? = nil
    ) throws(MaskGenerationError<Strokes.Failure>) {
        do {
            try candidates[variant].compose(
                strokeCount: proposal?.strokeCount, widthFactor: proposal?.widthFactor ?? 1, from: strokes,
                into: &composed)
        } catch {
            throw .strokes(error)
        }
    }

    /// Returns the hole ratio of the composed strokes in an image of `size`; draws the image if it is requested, or if it is
    /// too large for the meter.
    private mutating func measure(_ canvas: PixelSize, at size: PixelSize, drawing: Bool) -> Double {
        isDrawn = drawing || size.area > Self.meterLimit
        if isDrawn {
            raster = draw(on: canvas, at: size)
            return raster.holeRatio
        }
        meter.begin(canvas: canvas, size: size)
        for stroke in composed.strokes {
            meter.add(composed.points[stroke.points].span, width: stroke.width)
        }
        return meter.holeRatio
    }

    /// Returns the exact raster of the composed strokes.
    private mutating func draw(on canvas: PixelSize, at size: PixelSize) -> SpanMask {
        rasterizer.begin(canvas: canvas, size: size)
        for stroke in composed.strokes {
            rasterizer.add(composed.points[stroke.points].span, width: stroke.width)
        }
        return rasterizer.finish()
    }

    private func meetsBorder(_ spec: MaskSpec) -> Bool {
        guard spec.border == .touching else { return true }
        return isDrawn ? raster.hasHoleAtEdge(top: true, bottom: true) : meter.hasHoleAtEdge
    }
}
