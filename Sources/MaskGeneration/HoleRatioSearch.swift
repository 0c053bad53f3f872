import MaskModel

/// Finds the number of candidate strokes and the factor of their widths that result in a requested hole ratio.
///
/// The first proposal is the mask as it was sampled. Strokes at random positions leave a fraction of about exp(−ink) free,
/// where ink is proportional to the number and the width of the strokes. So ink(target) / ink(ratio), with
/// ink(r) = −ln(1 − r), is the factor of ink that is missing. The first steps distribute it over the number of strokes and
/// their widths, so that neither differs more than necessary from the drawn strokes: widths take the power ¾ of it, since
/// every additional stroke costs drawing time. Later steps correct the factor of the widths only; a bracket, as in
/// bisection, makes them converge.
struct HoleRatioSearch {
    /// The parameters of a mask to measure.
    struct Proposal: Hashable {
        /// The number of strokes, from the first candidate; at least 1.
        var strokeCount: Int
        /// The factor of all widths.
        var widthFactor: Double
    }

    /// The size of the image that a mask is measured on.
    enum Resolution: Hashable {
        /// A small, fast image; used while the ratio is far from the target.
        case coarse
        /// An image of the size of the canvas, which is final.
        case canvas
    }

    private var proposal: Proposal
    /// The accepted ratios: the requested interval minus a margin for the differences between rasterizers and sizes.
    private let accepted: ClosedRange<Double>
    private let target: Double
    private let tolerance: Double
    private let sampledCount: Int
    private let factors: ClosedRange<Double>
    private let reach: Double
    private var measurementCount = 0
    /// The last factors with too low and too high a ratio for the current number of strokes: the bracket.
    private var tooNarrow: Double?
    private var tooWide: Double?
    /// The previous factor for the current number of strokes, and its ratio.
    private var last: Sample?

    private struct Sample {
        let factor: Double
        let ratio: Double
    }

    /// The maximum number of strokes of a mask.
    static let strokeLimit = 1000
    /// The maximum number of measurements.
    static let measurementLimit = 32
    /// After this many measurements, the number of strokes changes only if widths alone cannot reach the ratio.
    private static let distributionLimit = 3
    /// After this many measurements, any accepted ratio is good enough.
    private static let patience = 5

    /// Creates a search for a hole ratio within `goal`.
    ///
    /// - Parameters:
    ///   - goal: The requested interval of hole ratios.
    ///   - choice: Selects the target within the interval, 0 to 1, so that masks are spread over it evenly.
    ///   - sampledCount: The number of strokes that was sampled for the mask, at least 1.
    ///   - maxWidthFactor: The maximum factor by which strokes become wider or narrower, at least 1.
    ///   - reach: The fraction of the canvas that strokes can cover, 0 to 1.
    init(goal: ClosedRange<Double>, choice: Double, sampledCount: Int, maxWidthFactor: Double, reach: Double) {
        let length = goal.upperBound - goal.lowerBound
        let margin = min(0.001, length / 10)
        let highest = max(min(goal.upperBound, reach) - margin, 0)
        accepted = min(goal.lowerBound + margin, highest)...highest
        target = accepted.lowerBound + choice * (accepted.upperBound - accepted.lowerBound)
        tolerance = length / 20
        self.sampledCount = sampledCount
        self.reach = reach
        factors = 1 / maxWidthFactor...maxWidthFactor
        proposal = Proposal(strokeCount: sampledCount, widthFactor: 1)
    }

    /// Measures proposals until one has an accepted ratio.
    ///
    /// - Parameters:
    ///   - resolution: The first image to measure on. Once a coarse image is accepted, all further measurements are at the
    ///     size of the canvas.
    ///   - measure: Returns the hole ratio of a proposal, 0 to 1.
    /// - Throws: The error of `measure`.
    /// - Returns: The accepted proposal, whose measurement at the size of the canvas was the last one; nil if none was
    ///   accepted.
    mutating func run<Failure>(
        startingWith resolution: Resolution,
        measuring measure: (Proposal, Resolution) throws(Failure) -> Double
    ) throws(Failure) -> Proposal? {
        var resolution = resolution
        while true {
            var ratio = try measure(proposal, resolution)
            var isAccepted = accepts(ratio)
            if isAccepted, resolution == .coarse {
                resolution = .canvas
                ratio = try measure(proposal, resolution)
                if accepted.contains(ratio) { return proposal }
                isAccepted = accepts(ratio)
            }
            if isAccepted { return proposal }
            guard improve(ratio) else { return nil }
        }
    }

    /// Counts a measurement; returns whether its ratio is accepted.
    private mutating func accepts(_ ratio: Double) -> Bool {
        measurementCount += 1
        guard accepted.contains(ratio) else { return false }
        return (ratio - target).magnitude <= tolerance || measurementCount > Self.patience
    }

    /// Makes the next proposal after `ratio` was not accepted; returns false if there is none.
    private mutating func improve(_ ratio: Double) -> Bool {
        guard measurementCount < Self.measurementLimit else { return false }
        let missing = ink(target) / ink(ratio)
        if measurementCount <= Self.distributionLimit {
            distribute(missing, ratio)
            return true
        }
        return correct(missing, ratio)
    }

    /// Returns the ink of strokes that leave 1 − `ratio` free; it is proportional to their number and width.
    private func ink(_ ratio: Double) -> Double {
        -naturalLogarithm(1 - min(max(ratio / reach, 1e-6), 0.9999))
    }

    /// Distributes the total factor of ink, which is `missing` times that of the proposal, over number and width.
    private mutating func distribute(_ missing: Double, _ ratio: Double) {
        last = Sample(factor: proposal.widthFactor, ratio: ratio)
        let strokeCount = proposal.strokeCount
        let ink = missing * proposal.widthFactor * Double(proposal.strokeCount)
        let more = ink / Double(sampledCount)
        let wider = min(max(more / more.squareRoot().squareRoot(), factors.lowerBound), factors.upperBound)
        proposal.strokeCount = count((ink / wider).rounded())
        proposal.widthFactor = min(max(ink / Double(proposal.strokeCount), factors.lowerBound), factors.upperBound)
        if proposal.strokeCount != strokeCount { last = nil }
    }

    /// Returns a number of strokes within the limits.
    private func count(_ strokes: Double) -> Int {
        Int(min(max(strokes, 1), Double(Self.strokeLimit)))
    }

    /// Corrects the widths, or the number of strokes if widths cannot reach the ratio; returns false if neither can.
    private mutating func correct(_ missing: Double, _ ratio: Double) -> Bool {
        let factor = proposal.widthFactor
        if missing > 1 { tooNarrow = factor } else { tooWide = factor }
        // The secant of two samples is more accurate than the model of strokes at random positions.
        var guess = factor * missing
        if let last, (ratio - last.ratio) * (factor - last.factor) > 0 {
            guess = factor + (target - ratio) * (factor - last.factor) / (ratio - last.ratio)
        }
        guess = min(max(guess, factors.lowerBound), factors.upperBound)
        last = Sample(factor: factor, ratio: ratio)
        guard let tooNarrow, let tooWide else {
            if guess == factor { return correctCount(missing) }
            proposal.widthFactor = guess
            return true
        }
        // No multiple of 0.01 px is between the widths: no factor results in an accepted ratio.
        if (tooWide - tooNarrow).magnitude < 1e-5 { return correctCount(missing) }
        let isBetween = guess > tooNarrow && guess < tooWide
        proposal.widthFactor = isBetween ? guess : (tooNarrow + tooWide) / 2
        return true
    }

    /// Changes the number of strokes; returns false if it is at its limit.
    private mutating func correctCount(_ missing: Double) -> Bool {
        let strokeCount = Double(proposal.strokeCount)
        // Where the width is at its limit, the model underestimates the change: 1.5 times as much.
        let requested = (strokeCount * (1 + 1.5 * (missing - 1))).rounded()
        let next = count(missing > 1 ? max(requested, strokeCount + 1) : min(requested, strokeCount - 1))
        guard next != proposal.strokeCount else { return false }
        proposal.strokeCount = next
        tooNarrow = nil
        tooWide = nil
        last = nil
        return true
    }
}
