@testable import MaskGeneration
import MaskModel
import Testing

struct HoleRatioSearchTests {
    private enum Answer {
        case found, failed
    }

    /// Runs a search over masks with hole ratios of `ratio`; `count` is the number of measurements.
    private func run(
        _ goal: ClosedRange<Double>, choice: Double = 0.5, sampled: Int = 4, factor: Double = 4, reach: Double = 1,
        from resolution: HoleRatioSearch.Resolution = .canvas, ratio: (HoleRatioSearch.Proposal) -> Double
    ) -> (answer: Answer, ratio: Double, proposal: HoleRatioSearch.Proposal, count: Int) {
        var search = HoleRatioSearch(
            goal: goal, choice: choice, sampledCount: sampled, maxWidthFactor: factor, reach: reach)
        var last = (ratio: 0.0, proposal: HoleRatioSearch.Proposal?.none, count: 0)
        let found = search.run(startingWith: resolution) { proposal, _ in
            last = (ratio(proposal), proposal, last.count + 1)
            return last.ratio
        }
        let proposal = found ?? last.proposal ?? HoleRatioSearch.Proposal(strokeCount: 0, widthFactor: 0)
        return (found == nil ? .failed : .found, last.ratio, proposal, last.count)
    }

    /// Strokes that each cover a fraction of the free area, in proportion to their width.
    private func scattered(_ fraction: Double) -> (HoleRatioSearch.Proposal) -> Double {
        { proposal in
            var free = 1.0
            for _ in 0..<proposal.strokeCount { free *= max(0, 1 - fraction * proposal.widthFactor) }
            return 1 - free
        }
    }

    @Test(arguments: [
        (0.0...0.01, 0.003), (0.01...0.1, 0.003), (0.01...0.1, 0.03), (0.2...0.3, 0.003), (0.2...0.3, 0.1),
        (0.5...0.6, 0.003), (0.5...0.6, 0.1), (0.75...0.9, 0.01), (0.75...0.9, 0.1),
    ])
    func `every interval is reachable with scattered strokes`(goal: ClosedRange<Double>, fraction: Double) {
        for choice in stride(from: 0, through: 1, by: 0.1) {
            let (answer, ratio, proposal, count) = run(goal, choice: choice, ratio: scattered(fraction))
            #expect(answer == .found)
            #expect(ratio > goal.lowerBound && ratio <= goal.upperBound)
            #expect((0.25...4).contains(proposal.widthFactor))
            #expect(count <= 10)
        }
    }

    @Test func `the result is near the target ratio`() {
        for choice in stride(from: 0, through: 1, by: 0.05) {
            let ratio = run(0.2...0.4, choice: choice, ratio: scattered(0.03)).ratio
            #expect((ratio - (0.201 + choice * 0.198)).magnitude <= 0.2 / 20 + 1e-12)
        }
    }

    @Test func `a mask with an accepted ratio is not changed`() {
        let (answer, _, proposal, count) = run(0.1...0.2, ratio: { _ in 0.15 })
        #expect(answer == .found)
        #expect(proposal.strokeCount == 4 && proposal.widthFactor == 1)
        #expect(count == 1)
    }

    @Test func `the width factor is the cube of the factor of the number of strokes`() {
        // Small ratios are nearly additive, so this is about five times the ink: 6 strokes instead of 4, and wider ones.
        let proposal = run(0.0499...0.0501, ratio: { 0.0025 * Double($0.strokeCount) * $0.widthFactor }).proposal
        #expect(proposal.strokeCount == 6)
        #expect((proposal.widthFactor - 10.0 / 3).magnitude < 0.1)
    }

    @Test func `widths stay within their maximum factor, and the number of strokes increases`() {
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
        let (_, _, proposal, count) = run(0.3...0.31) { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        #expect(count <= 32)
        #expect((0.25...4).contains(proposal.widthFactor))
        #expect((1...HoleRatioSearch.strokeLimit).contains(proposal.strokeCount))
    }

    @Test func `the target is a ratio that strokes can reach`() {
        // Of 0.6 to 0.75, ratios above 0.65 are unreachable; the margin is 0.001.
        let (answer, ratio, _, _) = run(0.6...0.75, choice: 1, reach: 0.65) {
            0.65 * min(1, 0.05 * Double($0.strokeCount) * $0.widthFactor)
        }
        #expect(answer == .found)
        #expect((0.601...0.649).contains(ratio))
    }

    @Test func `an accepted coarse image is measured again at full size`() {
        // The coarse image overestimates the ratio by a tenth.
        var search = HoleRatioSearch(goal: 0.2...0.21, choice: 0.5, sampledCount: 4, maxWidthFactor: 4, reach: 1)
        var resolutions: [HoleRatioSearch.Resolution] = []
        var ratio = 0.0
        let found = search.run(startingWith: .coarse) { proposal, resolution in
            resolutions.append(resolution)
            ratio = 0.02 * Double(proposal.strokeCount) * proposal.widthFactor * (resolution == .coarse ? 1.1 : 1)
            return ratio
        }
        #expect(found != nil)
        #expect((0.201...0.209).contains(ratio))
        #expect(resolutions.first == .coarse && resolutions.last == .canvas)
        #expect(!resolutions.drop { $0 == .coarse }.contains(.coarse))
    }
}
