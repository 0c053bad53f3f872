import Testing

@testable import MaskReport

struct SampleSelectionTests {
    private func figures(_ count: Int) -> [MaskFigures] {
        // Ratios in a scattered order, each once, and the most strokes at the end.
        (0..<count).map { number in
            let place = Double(number * 7919 % count)
            return MaskFigures(holeRatio: place / Double(count), strokeCount: Int32(number), split: nil)
        }
    }

    @Test func `few masks are all shown`() {
        let indices = SampleSelection(figures(10), limit: 10).indices
        #expect(indices == Array(0..<10))
    }

    @Test func `the sample has the extremes of all masks`() {
        let figures = figures(10_000)
        let chosen = Set(SampleSelection(figures, limit: 400).indices)
        let byRatio = figures.indices.sorted { figures[$0].holeRatio < figures[$1].holeRatio }
        #expect(chosen.isSuperset(of: byRatio.prefix(24)))
        #expect(chosen.isSuperset(of: byRatio.suffix(24)))
        #expect(chosen.isSuperset(of: 9976..<10_000))
        #expect(chosen.count == 400)
    }

    @Test func `the rest is evenly spread over the ratios`() {
        let figures = figures(10_000)
        let ratios = SampleSelection(figures, limit: 1000).indices.map { figures[$0].holeRatio }.sorted()
        let steps = zip(ratios, ratios.dropFirst()).map { $1 - $0 }
        #expect(steps.allSatisfy { $0 < 0.0012 })
    }

    @Test func `representatives are in the middles of equal parts`() {
        let figures = figures(10_000)
        let ratios = SampleSelection(figures, limit: 1).representatives(atMost: 100).map { figures[$0].holeRatio }
        let middles = stride(from: 50, to: 10_000, by: 100).map { Double($0) / 10_000 }
        #expect(ratios == middles)
    }

    @Test(arguments: 1...20) func `the sample has the requested size`(limit: Int) {
        let indices = SampleSelection(figures(50), limit: limit).indices
        #expect(Set(indices).count == limit)
        #expect(indices == indices.sorted())
    }

    @Test func `equal masks are selected by their positions`() {
        let figures = Array(repeating: MaskFigures(holeRatio: 0, strokeCount: 0, split: nil), count: 9)
        #expect(SampleSelection(figures, limit: 3).indices == [1, 4, 7])
        #expect(SampleSelection(figures, limit: 3).representatives(atMost: 1) == [4])
    }
}
