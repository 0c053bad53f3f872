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
    /// The raster of the last generated mask, by the exact rule at the size of its canvas.
    public private(set) var raster = SpanMask(size: .smallest)

    private let composers: [Composer<Strokes>]
    private var rasterizer = ExactRasterizer()
    private var composed = ComposedStrokes()
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
    public init?(specs: [MaskSpec], seed: UInt64, split: Split, strokes: Strokes) {
        let composers = specs.compactMap { Composer(spec: $0, seed: seed, split: split, strokes: strokes) }
        guard composers.count == specs.count, !composers.isEmpty else { return nil }
        self.composers = composers
        self.split = split
    }

    /// Creates a generator of masks by one recipe; see the other initializer.
    public init?(spec: MaskSpec, seed: UInt64, split: Split, strokes: Strokes) {
        self.init(specs: [spec], seed: seed, split: split, strokes: strokes)
    }

    /// Returns mask `index` of the split, from 0, by the recipe `variant` of `specs`.
    ///
    /// - Throws: `MaskGenerationError` if a stroke cannot be read, or if no attempt meets the spec.
    /// - Complexity: O(points + rows that the segments cross) for each attempt and each measurement of a ratio
    public mutating func mask(
        _ index: Int, variant: Int = 0
    ) throws(MaskGenerationError<Strokes.Failure>) -> GeneratedMask {
        let composer = composers[variant]
        switch composer.spec.holeRatio {
        case .any: return try unconstrainedMask(index, composer)
        case .within(let goal): return try mask(index, within: goal, composer)
        }
    }

    private mutating func unconstrainedMask(
        _ index: Int, _ composer: Composer<Strokes>
    ) throws(MaskGenerationError<Strokes.Failure>) -> GeneratedMask {
        for attempt in 0..<Self.attemptLimit {
            var candidates = composer.candidates(index: index, attempt: attempt)
            try compose(&candidates)
            raster = draw(on: composer.spec.canvas, at: composer.spec.canvas)
            let holeRatio = raster.holeRatio
            guard holeRatio > 0, meetsBorder(composer.spec) else { continue }
            return GeneratedMask(
                mask: candidates.vectorMask(of: composed), upscale: candidates.upscale, widthFactor: nil,
                holeRatio: holeRatio)
        }
        throw .noHole(attempts: Self.attemptLimit)
    }

    private mutating func mask(
        _ index: Int, within goal: ClosedRange<Double>, _ composer: Composer<Strokes>
    ) throws(MaskGenerationError<Strokes.Failure>) -> GeneratedMask {
        let spec = composer.spec
        let coarse = Self.coarseSize(of: spec.canvas)
        var seen: ClosedRange<Double>?
        for attempt in 0..<Self.searchLimit {
            var candidates = composer.candidates(index: index, attempt: attempt)
            var search = HoleRatioSearch(
                goal: goal, choice: candidates.ratioChoice, sampledCount: candidates.sampledCount,
                maxWidthFactor: spec.maxWidthFactor, reach: spec.largestHoleRatio)
            var holeRatio = 0.0
            let found = try search.run(startingWith: coarse == spec.canvas ? .canvas : .coarse) {
                (proposal, resolution) throws(MaskGenerationError<Strokes.Failure>) in
                try compose(&candidates, proposal)
                raster = draw(on: spec.canvas, at: resolution == .coarse ? coarse : spec.canvas)
                holeRatio = raster.holeRatio
                seen = min(seen?.lowerBound ?? holeRatio, holeRatio)...max(seen?.upperBound ?? holeRatio, holeRatio)
                return holeRatio
            }
            guard let found, meetsBorder(spec) else { continue }
            return GeneratedMask(
                mask: candidates.vectorMask(of: composed), upscale: candidates.upscale, widthFactor: found.widthFactor,
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
        _ candidates: inout CandidateStrokes<Strokes>, _ proposal: HoleRatioSearch.Proposal? = nil
    ) throws(MaskGenerationError<Strokes.Failure>) {
        do {
            try candidates.compose(
                strokeCount: proposal?.strokeCount, widthFactor: proposal?.widthFactor ?? 1, into: &composed)
        } catch {
            throw .strokes(error)
        }
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
        spec.border != .touching || raster.hasHoleAtEdge(top: true, bottom: true)
    }
}
