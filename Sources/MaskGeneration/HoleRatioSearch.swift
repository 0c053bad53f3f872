import MaskModel

/// Finds how many strokes of a draft, and how much wider or narrower, give a wanted hole ratio.
///
/// Somebody else draws what `proposal` says and tells the ratio. The first proposal is the mask as it was drawn. What is
/// missing is then made up by the number of strokes and by their widths, so that neither leaves what people draw further
/// than it must; widths take three quarters of it, as powers, since each stroke more has to be drawn. Then the widths'
/// common factor is corrected until the ratio is right. Strokes that fall anywhere leave a share of about exp(−ink) free,
/// where ink is in proportion to their number and width, so −ln(1 − ratio) tells how much more is needed; the ends of a
/// bracket, as in bisection, keep that from going astray.
public struct HoleRatioSearch: Hashable, Sendable {
    /// What to draw.
    public struct Proposal: Hashable, Sendable {
        /// How many strokes, in their drawn order; 1 or more.
        public fileprivate(set) var strokeCount: Int
        /// What all widths are multiplied by.
        public fileprivate(set) var widthFactor: Double
    }

    /// What came of a ratio.
    public enum Answer: Hashable, Sendable {
        /// The proposal's mask is what was wanted.
        case found
        /// There is another proposal.
        case again
        /// These strokes do not give it within the bounds.
        case failed
    }

    /// What to draw next.
    public private(set) var proposal: Proposal
    /// The ratios that count as found: the interval less a margin for what other rasterizers and sizes make of a mask.
    public let landing: ClosedRange<Double>
    private let target: Double
    private let tolerance: Double
    private let drawnCount: Int
    private let factors: ClosedRange<Double>
    private let reach: Double
    private var answerCount = 0
    /// The widest factor that gave too little with as many strokes as now, and the narrowest that gave too much.
    private var tooNarrow: Double?
    private var tooWide: Double?
    /// The last factor with as many strokes as now, and its ratio.
    private var last: Sample?

    private struct Sample: Hashable, Sendable {
        let factor: Double
        let ratio: Double
    }

    /// The most strokes that a mask gets for its ratio.
    public static let strokeLimit = 1000
    /// The most ratios that are asked for.
    static let answerLimit = 32
    /// After so many, the number of strokes stays where widths can do it.
    private static let shareCount = 3
    /// After so many, any ratio within the interval will do.
    private static let patience = 5

    /// A search for a ratio within `goal`.
    ///
    /// - Parameters:
    ///   - choice: which ratio of the interval, 0 to 1; so masks spread over it evenly.
    ///   - drawnCount: how many strokes the mask was to have, 1 or more.
    ///   - maxWidthFactor: the most that widths grow or shrink by, 1 or more.
    ///   - reach: the share of the canvas that strokes can cover, 0 to 1.
    public init(goal: ClosedRange<Double>, choice: Double, drawnCount: Int, maxWidthFactor: Double, reach: Double) {
        let length = goal.upperBound - goal.lowerBound
        let margin = min(0.001, length / 10)
        let highest = max(min(goal.upperBound, reach) - margin, 0)
        landing = min(goal.lowerBound + margin, highest)...highest
        target = landing.lowerBound + choice * (landing.upperBound - landing.lowerBound)
        tolerance = length / 20
        self.drawnCount = drawnCount
        self.reach = reach
        factors = 1 / maxWidthFactor...maxWidthFactor
        proposal = Proposal(strokeCount: drawnCount, widthFactor: 1)
    }

    /// Takes the ratio that the proposal gave, 0 to 1, and makes the next one.
    public mutating func take(_ ratio: Double) -> Answer {
        answerCount += 1
        if landing.contains(ratio), (ratio - target).magnitude <= tolerance || answerCount > Self.patience {
            return .found
        }
        guard answerCount < Self.answerLimit else { return .failed }
        let missing = ink(target) / ink(ratio)
        if answerCount <= Self.shareCount {
            share(missing, ratio)
            return .again
        }
        return correct(missing, ratio) ? .again : .failed
    }

    /// Ink in proportion to the number and the width of strokes that leave 1 − `ratio` free.
    private func ink(_ ratio: Double) -> Double {
        -naturalLogarithm(1 - min(max(ratio / reach, 1e-6), 0.9999))
    }

    /// Makes up for `missing`, as a factor, and what was made up before, by number and by width.
    private mutating func share(_ missing: Double, _ ratio: Double) {
        last = Sample(factor: proposal.widthFactor, ratio: ratio)
        let strokes = proposal.strokeCount
        let ink = missing * proposal.widthFactor * Double(proposal.strokeCount)
        let more = ink / Double(drawnCount)
        let wider = min(max(more / more.squareRoot().squareRoot(), factors.lowerBound), factors.upperBound)
        proposal.strokeCount = count((ink / wider).rounded())
        proposal.widthFactor = min(max(ink / Double(proposal.strokeCount), factors.lowerBound), factors.upperBound)
        if proposal.strokeCount != strokes { last = nil }
    }

    private func count(_ strokes: Double) -> Int {
        Int(min(max(strokes, 1), Double(Self.strokeLimit)))
    }

    /// Corrects the widths, or where they cannot be the number of strokes; false if neither can.
    private mutating func correct(_ missing: Double, _ ratio: Double) -> Bool {
        let factor = proposal.widthFactor
        if missing > 1 { tooNarrow = factor } else { tooWide = factor }
        // Two samples tell the slope better than the model of strokes that fall anywhere.
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
        // No width of 0.01 px lies between them: these strokes skip the interval.
        if (tooWide - tooNarrow).magnitude < 1e-5 { return correctCount(missing) }
        let isBetween = guess > tooNarrow && guess < tooWide
        proposal.widthFactor = isBetween ? guess : (tooNarrow + tooWide) / 2
        return true
    }

    private mutating func correctCount(_ missing: Double) -> Bool {
        let strokes = Double(proposal.strokeCount)
        // Where so little is free that widths do not help, the model promises too much.
        let expected = (strokes * (1 + 1.5 * (missing - 1))).rounded()
        let next = count(missing > 1 ? max(expected, strokes + 1) : min(expected, strokes - 1))
        guard next != proposal.strokeCount else { return false }
        proposal.strokeCount = next
        tooNarrow = nil
        tooWide = nil
        last = nil
        return true
    }
}
