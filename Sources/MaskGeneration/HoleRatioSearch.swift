import MaskModel

/// Finds how many of a mask's candidate strokes, and how much wider or narrower ones, result in a requested hole ratio.
///
/// The first proposal is the mask as it was sampled. What is missing is made up by the number of strokes and by their
/// widths, so that neither departs from what people draw more than it must; widths take three quarters of it, as powers,
/// since every additional stroke has to be drawn. Then the common factor of the widths is corrected until the ratio is
/// right. Strokes at random places leave a fraction of about exp(−ink) free, where ink is proportional to their number and
/// width, so −ln(1 − ratio) says how much more is needed; a bracket, as in bisection, keeps that from going astray.
struct HoleRatioSearch {
    /// A mask to measure.
    struct Proposal: Hashable {
        /// The number of strokes, in their order; at least 1.
        var strokeCount: Int
        /// Multiplies all widths.
        var widthFactor: Double
    }

    /// Which image a mask is measured on.
    enum Resolution: Hashable {
        /// An image small enough to be fast; used while the ratio is far from the requested one.
        case coarse
        /// An image of the canvas's size, which decides.
        case canvas
    }

    private var proposal: Proposal
    /// The accepted ratios: the interval less a margin for the differences between rasterizers and sizes.
    private let accepted: ClosedRange<Double>
    private let target: Double
    private let tolerance: Double
    private let sampledCount: Int
    private let factors: ClosedRange<Double>
    private let reach: Double
    private var measurementCount = 0
    /// The widest factor with too low a ratio, and the narrowest with too high a ratio, for the current number of strokes.
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
    /// After this many measurements, the number of strokes changes only where widths cannot do it.
    private static let sharingCount = 3
    /// After this many measurements, any accepted ratio will do, however far from the target.
    private static let patience = 5

    /// A search for a hole ratio within `goal`.
    ///
    /// - Parameters:
    ///   - choice: Selects the ratio within the interval, 0 to 1; so masks are spread over it evenly.
    ///   - sampledCount: The number of strokes that was sampled for the mask, at least 1.
    ///   - maxWidthFactor: The maximum factor by which widths grow or shrink, at least 1.
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
    ///   - resolution: The first image to measure on. Once a coarse image is accepted, the canvas's own decides.
    ///   - measure: Returns the hole ratio of a proposal, 0 to 1.
    /// - Returns: The accepted proposal, which was measured last, at the canvas's size; nil if these strokes have no
    ///   accepted ratio within the bounds.
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

    /// Counts a measurement; returns whether its ratio is good enough by now.
    private mutating func accepts(_ ratio: Double) -> Bool {
        measurementCount += 1
        guard accepted.contains(ratio) else { return false }
        return (ratio - target).magnitude <= tolerance || measurementCount > Self.patience
    }

    /// Makes the next proposal after `ratio` was not accepted; returns false if there is none.
    private mutating func improve(_ ratio: Double) -> Bool {
        guard measurementCount < Self.measurementLimit else { return false }
        let missing = ink(target) / ink(ratio)
        if measurementCount <= Self.sharingCount {
            share(missing, ratio)
            return true
        }
        return correct(missing, ratio)
    }

    /// Ink, proportional to the number and the width of strokes that leave 1 − `ratio` free.
    private func ink(_ ratio: Double) -> Double {
        -naturalLogarithm(1 - min(max(ratio / reach, 1e-6), 0.9999))
    }

    /// Makes up for the factor `missing`, and for what was made up before, by number and by width.
    private mutating func share(_ missing: Double, _ ratio: Double) {
        last = Sample(factor: proposal.widthFactor, ratio: ratio)
        let strokeCount = proposal.strokeCount
        let ink = missing * proposal.widthFactor * Double(proposal.strokeCount)
        let more = ink / Double(sampledCount)
        let wider = min(max(more / more.squareRoot().squareRoot(), factors.lowerBound), factors.upperBound)
        proposal.strokeCount = count((ink / wider).rounded())
        proposal.widthFactor = min(max(ink / Double(proposal.strokeCount), factors.lowerBound), factors.upperBound)
        if proposal.strokeCount != strokeCount { last = nil }
    }

    private func count(_ strokes: Double) -> Int {
        Int(min(max(strokes, 1), Double(Self.strokeLimit)))
    }

    /// Corrects the widths, or the number of strokes where widths cannot do it; returns false if neither can.
    private mutating func correct(_ missing: Double, _ ratio: Double) -> Bool {
        let factor = proposal.widthFactor
        if missing > 1 { tooNarrow = factor } else { tooWide = factor }
        // Two samples know the slope better than the model of strokes at random places.
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
        // No multiple of 0.01 px is between the widths: these strokes skip the interval.
        if (tooWide - tooNarrow).magnitude < 1e-5 { return correctCount(missing) }
        let isBetween = guess > tooNarrow && guess < tooWide
        proposal.widthFactor = isBetween ? guess : (tooNarrow + tooWide) / 2
        return true
    }

    private mutating func correctCount(_ missing: Double) -> Bool {
        let strokeCount = Double(proposal.strokeCount)
        // Where so little is free that widths do not help, the model promises too much.
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
