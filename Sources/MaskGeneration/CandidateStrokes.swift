import MaskModel
import PlaneGeometry

/// The strokes that are sampled for one mask. Masks can be composed of the first *n* of them, with all widths multiplied by
/// a factor. A stroke is read from its source when it is first needed.
///
/// The source is passed to each method: a type that is generic in it would need run-time generic metadata. The memory is
/// reused from mask to mask.
struct CandidateStrokes {
    /// The number of strokes from the recipe's distribution, at least 1.
    private(set) var sampledCount = 1
    /// The upscale rate, 1 to the spec's `maxUpscaleRate`.
    private(set) var upscale = 1.0
    /// A uniform number from 0 to 1 that selects the requested hole ratio within its interval.
    private(set) var ratioChoice = 0.0

    private let spec: MaskSpec
    /// The transform from the box of the drawing onto the canvas, or onto the area inside a free border.
    private var toCanvas = AffineTransform.identity
    /// Whether no stroke has a placement of its own: all stay where they were drawn.
    private let isPlain: Bool
    private var random = RandomStream(seed: 0, use: .trainMask, index: 0)
    private var placementRandom = RandomStream(seed: 0, use: .trainPlacement, index: 0)
    private var picks: [StrokePick] = []
    private var candidates: [Candidate] = []
    /// The points of all candidates: in canvas px if `isPlain`, else in units of the drawing's box.
    private var points: [Point] = []

    /// Creates candidates of masks by one recipe; `sample` samples those of a mask.
    init(spec: MaskSpec) {
        self.spec = spec
        isPlain =
            spec.border == .any && spec.placement == .drawn && !spec.rotates && !spec.flips && spec.strokeScale == 1...1
    }

    /// Samples the candidate strokes of a mask; parameters as for `Composer.candidates`.
    mutating func sample(seed: UInt64, split: Split, index: Int, attempt: Int, from strokes: some StrokeSource) {
        random = RandomStream(seed: seed, use: split.maskUse, index: UInt64(index), attempt: attempt)
        placementRandom = RandomStream(seed: seed, use: split.placementUse, index: UInt64(index), attempt: attempt)
        picks.removeAll(keepingCapacity: true)
        candidates.removeAll(keepingCapacity: true)
        points.removeAll(keepingCapacity: true)
        ratioChoice = placementRandom.unitUniform()
        sampledCount = max(1, Int(random.normal(mean: spec.strokesMean, standardDeviation: spec.strokesStd).rounded()))
        for _ in 0..<sampledCount { pick(from: strokes) }
        upscale = random.uniform(in: 1...spec.maxUpscaleRate)
        toCanvas = .mapping(boxOf: Self.drawingBox, onto: spec.placementArea, upscale: upscale)
    }

    /// The side of the square box of Quick, Draw! drawings, in their units.
    static var drawingBox: Double { 256 }

    /// Samples the next stroke and its width.
    private mutating func pick(from strokes: some StrokeSource) {
        let category = random.uniform(below: strokes.categoryCount)
        let stroke = random.uniform(below: strokes.strokeCount(inCategory: category))
        picks.append(StrokePick(category: category, stroke: stroke, width: random.uniform(in: spec.strokeWidth)))
    }

    /// Composes a mask of some of the strokes.
    ///
    /// - Parameters:
    ///   - strokeCount: The number of strokes, at least 1; the sampled number by default.
    ///   - widthFactor: Multiplies all widths; above 0.
    ///   - strokes: The source that the strokes were sampled from.
    ///   - composed: Becomes the mask's strokes.
    /// - Throws: The error of the stroke source.
    /// - Complexity: O(points of the strokes)
    mutating func compose<Strokes: StrokeSource>(
        strokeCount: Int? = nil, widthFactor: Double = 1, from strokes: Strokes, into composed: inout BrushStrokeBuffer
    ) throws(Strokes.Failure) {
        let count = strokeCount ?? sampledCount
        while candidates.count < count { try readNext(from: strokes) }
        composed.removeAll()
        for index in 0..<count {
            let candidate = candidates[index]
            // The clipping frame depends on the final width, so that clipping changes no pixel of the canvas.
            let width = max((candidate.width * upscale * widthFactor).roundedToHundredths, BrushStroke.minimumWidth)
            var transform: AffineTransform?
            if let pose = candidate.pose {
                transform = pose.transform(
                    of: points[candidate.points], bounds: candidate.bounds, toCanvas: toCanvas, width: width,
                    spec: spec,
                    mustTouch: index == 0 && spec.border == .touching)
                // A free border leaves no room for the stroke.
                if transform == nil { continue }
            }
            composed.append(
                points[candidate.points], transform: transform ?? .identity, isIdentity: transform == nil,
                clippedTo: spec.canvas.bounds.grown(by: width / 2), width: width, candidate: index,
                recording: transform)
        }
    }

    /// Returns the vector mask of strokes that were composed of these candidates.
    ///
    /// - Complexity: O(points)
    func vectorMask(of composed: BrushStrokeBuffer) -> VectorMask {
        VectorMask(
            canvas: spec.canvas,
            strokes: composed.strokes.map { stroke in
                var origin = candidates[stroke.candidate].origin
                if let transform = stroke.transform { origin.transform = transform }
                return BrushStroke(
                    rounded: Polyline(Array(composed.points[stroke.points])), width: stroke.width, origin: origin)
            })
    }

    /// Returns the mask of some of the strokes, and the strokes that were sampled for it; parameters as for `compose`.
    mutating func composition<Strokes: StrokeSource>(
        strokeCount: Int? = nil, widthFactor: Double = 1, from strokes: Strokes
    ) throws(Strokes.Failure) -> Composition {
        var composed = BrushStrokeBuffer()
        try compose(strokeCount: strokeCount, widthFactor: widthFactor, from: strokes, into: &composed)
        return Composition(
            sampled: candidates.prefix(strokeCount ?? sampledCount).map {
                Composition.SampledStroke(origin: $0.origin, width: $0.width)
            },
            upscale: upscale, mask: vectorMask(of: composed))
    }

    /// Reads the next stroke.
    private mutating func readNext<Strokes: StrokeSource>(from strokes: Strokes) throws(Strokes.Failure) {
        if candidates.count == picks.count { pick(from: strokes) }
        let pick = picks[candidates.count]
        let start = points.count
        let origin = try strokes.appendStroke(pick.stroke, inCategory: pick.category, to: &points)
        let range = start..<points.count
        guard !isPlain else {
            for index in range { points[index] = toCanvas.applied(to: points[index]) }
            candidates.append(
                Candidate(origin: origin, width: pick.width, points: range, bounds: .zero, pose: nil))
            return
        }
        candidates.append(
            Candidate(
                origin: origin, width: pick.width, points: range, bounds: Rectangle(around: points[range]),
                pose: StrokePose(using: &placementRandom)))
    }
}

/// A sampled stroke of the source and its sampled width.
private struct StrokePick {
    let category: Int
    let stroke: Int
    let width: Double
}

/// A stroke that was read from the source, before its final width and clipping.
private struct Candidate {
    let origin: StrokeOrigin
    /// The sampled width before upscaling, in canvas px.
    let width: Double
    let points: Range<Int>
    /// The bounding box of the points; not used if the stroke has no pose.
    let bounds: Rectangle
    /// The pose of the stroke; nil if it stays where it was drawn.
    let pose: StrokePose?
}

extension AffineTransform {
    /// Returns the transform from a square box at the origin onto `area`: scaled uniformly so that the box covers the area,
    /// centered, and then scaled by `upscale` about the center.
    static func mapping(boxOf side: Double, onto area: Rectangle, upscale: Double) -> AffineTransform {
        let scale = max(area.maxX - area.minX, area.maxY - area.minY) / side * upscale
        let center = area.center
        return .translation(dx: -side / 2, dy: -side / 2)
            .followed(by: .scaling(x: scale, y: scale))
            .followed(by: .translation(dx: center.x, dy: center.y))
    }
}

extension Rectangle {
    fileprivate static var zero: Rectangle { Rectangle(width: 0, height: 0) }
}

extension Split {
    fileprivate var maskUse: RandomPurpose { self == .train ? .trainMask : .testMask }
    fileprivate var placementUse: RandomPurpose { self == .train ? .trainPlacement : .testPlacement }
}
