import Testing

@testable import MaskDataset

struct OrderedResultsTests {
    @Test func `results are in the order of their numbers`() {
        let list = OrderedResults<String>(count: 3)
        for (number, text) in [(2, "c"), (0, "a"), (1, "b")] { list.set(number, text) }
        #expect(list.all == ["a", "b", "c"])
    }

    @Test func `results that were not set are omitted`() {
        let list = OrderedResults<String>(count: 4)
        list.set(3, "d")
        list.set(1, "b")
        #expect(list.all == ["b", "d"])
    }
}
