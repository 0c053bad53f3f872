import MaskModel
import PlaneGeometry

/// What chance gave for one mask, and the masks that can be made of it: with more or fewer strokes in their drawn order,
/// wider or narrower. Strokes are drawn as they are asked for.
public struct CandidateStrokes<Strokes: StrokeSource>: Sendable {
    /// How many strokes the recipe's distribution gave, 1 or more.
    public let drawnCount: Int
    /// The upscale rate that was drawn, 1 to the spec's `maxUpscaleRate`.
    public let upscale: Double
    /// Which of the wanted hole ratios, 0 to 1.
    public let ratioChoice: Double

    private let spec: MaskSpec
    private let strokes: Strokes
    /// From the drawing's box onto the canvas, or what a free border leaves of it.
    private let toCanvas: AffineTransform
    /// Whether all strokes are put where they were drawn.
    private let isPlain: Bool
    private var random: RandomStream
    private var motionRandom: RandomStream
    private var picks: [StrokePick] = []
    private var paths: [DraftPath] = []

    init(spec: MaskSpec, seed: UInt64, split: Split, index: Int, attempt: Int, strokes: Strokes) {
        self.spec = spec
        self.strokes = strokes
        random = RandomStream(seed: seed, use: split.maskUse, index: UInt64(index), attempt: attempt)
        motionRandom = RandomStream(seed: seed, use: split.placementUse, index: UInt64(index), attempt: attempt)
        ratioChoice = motionRandom.unitUniform()
        drawnCount = max(1, Int(random.normal(mean: spec.strokesMean, standardDeviation: spec.strokesStd).rounded()))
        for _ in 0..<drawnCount { picks.append(Self.pick(spec, strokes, using: &random)) }
        upscale = random.uniform(in: 1...spec.maxUpscaleRate)
        toCanvas = Composer<Strokes>.transform(onto: spec.inkArea, upscale: upscale)
        isPlain =
            spec.border == .any && spec.placement == .drawn && !spec.rotates && !spec.flips && spec.strokeScale == 1...1
    }

    private static func pick(
        _ spec: MaskSpec, _ strokes: Strokes, using random: inout RandomStream
    ) -> StrokePick {
        let category = random.uniform(below: strokes.categoryCount)
        let stroke = random.uniform(below: strokes.strokeCount(inCategory: category))
        return StrokePick(category: category, stroke: stroke, width: random.uniform(in: spec.strokeWidth))
    }

    /// The mask of some of the strokes.
    ///
    /// - Parameters:
    ///   - strokeCount: how many strokes, 1 or more; nil for as many as were drawn.
    ///   - widthFactor: what all widths are multiplied by, above 0.
    /// - Throws: what the source of strokes throws.
    /// - Complexity: O(points of the strokes)
    public mutating func composition(
        strokeCount: Int? = nil, widthFactor: Double = 1
    ) throws(Strokes.Failure) -> Composition {
        let count = strokeCount ?? drawnCount
        while paths.count < count { try choose() }
        var brushStrokes: [BrushStroke] = []
        for (index, path) in paths.prefix(count).enumerated() {
            // The frame takes the width as it will be painted, so that the crop takes nothing from the canvas.
            let width = max((path.chosen.width * upscale * widthFactor).roundedToHundredths, BrushStroke.minimumWidth)
            guard let (placed, origin) = place(path, width: width, isFirst: index == 0) else { continue }
            for piece in placed.clipped(to: spec.canvas.bounds.grown(by: width / 2)) {
                brushStrokes.append(BrushStroke(inRange: piece, width: width, origin: origin))
            }
        }
        return Composition(
            chosen: paths.prefix(count).map { $0.chosen }, upscale: upscale,
            mask: VectorMask(canvas: spec.canvas, strokes: brushStrokes))
    }

    /// Fetches the next stroke.
    private mutating func choose() throws(Strokes.Failure) {
        if paths.count == picks.count { picks.append(Self.pick(spec, strokes, using: &random)) }
        let pick = picks[paths.count]
        let (path, origin) = try strokes.stroke(pick.stroke, inCategory: pick.category)
        let chosen = Composition.ChosenStroke(origin: origin, width: pick.width)
        paths.append(
            isPlain
                ? DraftPath(chosen: chosen, path: path.applying(toCanvas), motion: nil)
                : DraftPath(chosen: chosen, path: path, motion: StrokePlacementSampler(using: &motionRandom)))
    }

    /// The path on the canvas; nil if there is no room for it.
    private func place(_ path: DraftPath, width: Double, isFirst: Bool) -> (Polyline, StrokeOrigin)? {
        guard let motion = path.motion else { return (path.path, path.chosen.origin) }
        let placed = motion.transform(
            of: path.path, toCanvas: toCanvas, width: width, spec: spec,
            mustTouch: isFirst && spec.border == .touching)
        guard let placed else { return nil }
        var origin = path.chosen.origin
        origin.transform = placed
        return (path.path.applying(placed), origin)
    }
}

// Not within the draft, where they would be generic, and looked up while the program runs.

/// Which stroke, and how wide.
private struct StrokePick: Sendable {
    let category: Int
    let stroke: Int
    let width: Double
}

/// A stroke that was chosen, before its width decides what the crop leaves.
private struct DraftPath: Sendable {
    let chosen: Composition.ChosenStroke
    /// On the canvas if all are put where they were drawn, else in units of the drawing's box.
    let path: Polyline
    let motion: StrokePlacementSampler?
}

extension Split {
    fileprivate var maskUse: RandomUse { self == .train ? .trainMask : .testMask }
    fileprivate var placementUse: RandomUse { self == .train ? .trainPlacement : .testPlacement }
}
