@testable import MaskGeneration
import MaskModel
import Testing

struct HoleRatioSearchTests {
    /// Runs a search over masks that `ratio` describes.
    private func run(
        _ goal: ClosedRange<Double>, choice: Double = 0.5, drawn: Int = 4, factor: Double = 4, reach: Double = 1,
        ratio: (HoleRatioSearch.Proposal) -> Double
    ) -> (answer: HoleRatioSearch.Answer, ratio: Double, proposal: HoleRatioSearch.Proposal, count: Int) {
        var search = HoleRatioSearch(
            goal: goal, choice: choice, drawnCount: drawn, maxWidthFactor: factor, reach: reach)
        for count in 1...100 {
            let proposal = search.proposal
            let found = ratio(proposal)
            let answer = search.take(found)
            if answer != .again { return (answer, found, proposal, count) }
        }
        return (.again, 0, search.proposal, 100)
    }

    /// Strokes that each cover a share of what is left, in proportion to their width.
    private func scattered(_ share: Double) -> (HoleRatioSearch.Proposal) -> Double {
        { proposal in
            var left = 1.0
            for _ in 0..<proposal.strokeCount { left *= max(0, 1 - share * proposal.widthFactor) }
            return 1 - left
        }
    }

    @Test(arguments: [
        (0.0...0.01, 0.003), (0.01...0.1, 0.003), (0.01...0.1, 0.03), (0.2...0.3, 0.003), (0.2...0.3, 0.1),
        (0.5...0.6, 0.003), (0.5...0.6, 0.1), (0.75...0.9, 0.01), (0.75...0.9, 0.1),
    ])
    func `every interval is reached with scattered strokes`(goal: ClosedRange<Double>, share: Double) {
        for choice in stride(from: 0, through: 1, by: 0.1) {
            let (answer, ratio, proposal, count) = run(goal, choice: choice, ratio: scattered(share))
            #expect(answer == .found)
            #expect(ratio > goal.lowerBound && ratio <= goal.upperBound)
            #expect((0.25...4).contains(proposal.widthFactor))
            #expect(count <= 10)
        }
    }

    @Test func `what is found is near the ratio that was chosen`() {
        for choice in stride(from: 0, through: 1, by: 0.05) {
            let ratio = run(0.2...0.4, choice: choice, ratio: scattered(0.03)).ratio
            #expect((ratio - (0.201 + choice * 0.198)).magnitude <= 0.2 / 20 + 1e-12)
        }
    }

    @Test func `a mask that is right as it was drawn stays so`() {
        let (answer, _, proposal, count) = run(0.1...0.2, ratio: { _ in 0.15 })
        #expect(answer == .found)
        #expect(proposal.strokeCount == 4 && proposal.widthFactor == 1)
        #expect(count == 1)
    }

    @Test func `what is missing is made up by widths as by the cube of the number of strokes`() {
        // Five times the ink, as nearly as ratios this small add up: 6 strokes for 4, and the rest by their widths.
        let proposal = run(0.0499...0.0501, ratio: { 0.0025 * Double($0.strokeCount) * $0.widthFactor }).proposal
        #expect(proposal.strokeCount == 6)
        #expect((proposal.widthFactor - 10.0 / 3).magnitude < 0.1)
    }

    @Test func `widths stay within their factor, and the strokes grow more`() {
        let (answer, _, proposal, _) = run(0.45...0.5, factor: 1.2, ratio: scattered(0.03))
        #expect(answer == .found)
        #expect((1 / 1.2...1.2).contains(proposal.widthFactor))
        #expect(proposal.strokeCount > 12)
    }

    @Test func `a single stroke that covers too much fails`() {
        #expect(run(0...0.01, ratio: { _ in 0.5 }).answer == .failed)
    }

    @Test func `strokes that cover nothing fail`() {
        let (answer, _, proposal, _) = run(0.1...0.2, ratio: { _ in 0 })
        #expect(answer == .failed)
        #expect(proposal.strokeCount == HoleRatioSearch.strokeLimit)
    }

    @Test(arguments: 0..<200)
    func `a search ends, whatever the ratios`(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        let (answer, _, proposal, count) = run(0.3...0.31) { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        #expect(answer != .again)
        #expect(count <= 32)
        #expect((0.25...4).contains(proposal.widthFactor))
        #expect((1...HoleRatioSearch.strokeLimit).contains(proposal.strokeCount))
    }

    @Test func `what lies beyond reach is not aimed at`() {
        let search = HoleRatioSearch(
            goal: 0.6...0.75, choice: 1, drawnCount: 4, maxWidthFactor: 4, reach: 0.65)
        #expect(search.landing == 0.601...0.649)
    }
}
