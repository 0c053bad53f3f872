import MaskModel
import MaskRaster
import PlaneGeometry

/// The strokes of one mask while they are traced, and what measures and fits them.
///
/// Each way to edit the strokes is an extension: it tries a change, fits what changed, and keeps it only if that explains
/// the pixels better, or as well with fewer strokes or vertices.
struct StrokeModel: ~Copyable {
    var strokes: [FittedStroke]
    var fitter: StrokeFitter
    var meter: MismatchCounter
    let distances: HoleDistances
    /// Corners where two strokes may turn.
    let tips: [Point]
    /// Whether the image seems to be drawn with the strokes as they are, so that they explain every pixel.
    ///
    /// Images that were scaled, or drawn in whole pixels, are not exact: their widths are only approximate.
    var isExact = false
    /// The usual number of wrong samples per px of length.
    var noise = 0.0
    /// The work after which the strokes are no longer improved.
    let workLimit: Int

    init(
        _ strokes: [FittedStroke], fitter: StrokeFitter, meter: consuming MismatchCounter, distances: HoleDistances,
        tips: [Point], workLimit: Int
    ) {
        self.strokes = strokes
        self.fitter = fitter
        self.meter = meter
        self.distances = distances
        self.tips = tips
        self.workLimit = workLimit
    }

    var isExhausted: Bool { fitter.workDone + meter.workDone > workLimit }

    /// The weighted number of pixels that differ.
    mutating func mismatch() -> Double { meter.mismatch(of: strokes) }

    /// Fits all strokes.
    mutating func fitAll(margins: [Double], iterations: Int) {
        fitter.fit(&strokes, margins: margins, iterations: iterations)
    }

    /// Fits the strokes that changed since they were last fitted.
    mutating func fitChanged(margins: [Double], iterations: Int) {
        let isChanged = strokes.map(\.isChanged)
        guard isChanged.contains(true) else { return }
        fitter.fit(&strokes, where: { isChanged[$0] }, margins: margins, iterations: iterations)
    }

    /// The weighted mismatching samples of each stroke and of each of its segments.
    struct Faults {
        struct Segment {
            var weight = 0.0
            /// The sum of the shares of the segment before the samples, weighted.
            var shares = 0.0
        }

        /// The segments of each stroke.
        var segments: [[Segment]]

        func total(ofStroke stroke: Int) -> Double { segments[stroke].reduce(0) { $0 + $1.weight } }
    }

    /// Finds the samples on the wrong side of the outline, at most 3 px from it.
    mutating func faults(where isActive: (Int) -> Bool = { _ in true }) -> Faults {
        let (assignment, owners) = fitter.assignment(of: strokes, isActive: isActive)
        var faults = Faults(segments: strokes.map { [Faults.Segment](repeating: .init(), count: $0.segmentCount) })
        var firsts: [Int] = []
        var count = 0
        for stroke in strokes {
            firsts.append(count)
            count += stroke.segmentCount
        }
        let (weights, strokeFirsts) = (meter.weights, firsts)
        assignment.forEachResidual(margin: 0, clip: 3) { sample in
            let owner = Int(owners[sample.segment])
            let weight = weights[x: Int(sample.point.x), y: Int(sample.point.y)]
            faults.segments[owner][sample.segment - strokeFirsts[owner]].weight += weight
            faults.segments[owner][sample.segment - strokeFirsts[owner]].shares += weight * sample.share
        }
        return faults
    }
}

/// The distance from each pixel of a canvas to the nearest pixel that is not hole, with the edges of the canvas extended.
struct HoleDistances {
    private let field: DistanceField
    private let margin: Int
    private let size: PixelSize

    init(_ field: DistanceField, margin: Int, size: PixelSize) {
        self.field = field
        self.margin = margin
        self.size = size
    }

    /// The distance at the pixel of a point, or at the nearest pixel of the canvas, in px.
    func distance(at point: Point) -> Double {
        let x = min(max(Int(point.x), 0), size.width - 1) + margin
        let y = min(max(Int(point.y), 0), size.height - 1) + margin
        return field.distance(at: y * field.width + x)
    }
}
