import StrokeBank

/// Simplifies raw drawings as the authors of Quick, Draw! did, reusing its memory.
///
/// Their description is four sentences long; the rest was found by experiment. All of 1,588 drawings that are available
/// in both forms come out as published. Straight runs parallel to a chord are decisive: their points are equally far
/// from it except for the last bit, so every operation must be rounded as theirs was. Equivalent formulas (a factor of
/// 255 / size, x₀ + u·(x₁ − x₀), hypot for the square root) change up to one drawing in sixteen.
struct DrawingSimplifier: Sendable {
    private var simplifier: StrokeSimplifier
    private var xs: [Double] = []
    private var ys: [Double] = []

    /// A simplifier with the standard limit of work per drawing.
    init() {
        simplifier = StrokeSimplifier()
    }

    /// A simplifier with another limit of steps per drawing; see `StrokeSimplifier`.
    init(stepLimit: Int) {
        simplifier = StrokeSimplifier(stepLimit: stepLimit)
    }

    /// Simplifies `raw` into `drawing`; see `RawDrawing.simplified`.
    ///
    /// After an error, `drawing` contains the strokes before the invalid one.
    /// - Throws: `DrawingRecordError`: `overlongStroke` if a stroke is longer than a hand draws, `emptyStroke` if one has no
    ///   points.
    /// - Complexity: O(*n* log *n*) in px of the strokes' length for typical strokes; the worst case is an error.
    mutating func simplify(_ raw: RawDrawing, into drawing: inout Drawing) throws(DrawingRecordError) {
        drawing.reset(to: raw)
        let end = raw.strokeEnds.last ?? 0
        guard let x = raw.xs[..<end].bounds, let y = raw.ys[..<end].bounds else { return }
        let size = max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
        simplifier.begin()
        for stroke in 0..<raw.strokeCount {
            guard !raw.points(ofStroke: stroke).isEmpty else { throw .emptyStroke(stroke: stroke) }
            xs.removeAll(keepingCapacity: true)
            ys.removeAll(keepingCapacity: true)
            for point in raw.points(ofStroke: stroke) {
                xs.append(Self.scaled(raw.xs[point] - x.lowerBound, from: size))
                ys.append(Self.scaled(raw.ys[point] - y.lowerBound, from: size))
            }
            guard simplifier.simplify(xs, ys, into: &drawing) else { throw .overlongStroke(stroke: stroke) }
        }
    }

    private static func scaled(_ distance: Double, from size: Double) -> Double {
        size > 0 ? distance * 255 / size : 0
    }
}

extension ArraySlice<Double> {
    /// The smallest and the largest number; nil if there is none.
    fileprivate var bounds: ClosedRange<Double>? {
        guard var smallest = first else { return nil }
        var largest = smallest
        for number in self {
            smallest = Swift.min(smallest, number)
            largest = Swift.max(largest, number)
        }
        return smallest...largest
    }
}
