import Testing

@testable import MaskReport

struct TallyTests {
    @Test func `a tally of nothing has no bars`() {
        let tally = Tally()
        #expect((tally.count, tally.mean, tally.median) == (0, 0, 0))
        #expect(tally.counts(from: 0, step: 1) == [])
    }
}
