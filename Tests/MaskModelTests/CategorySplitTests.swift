import MaskSamples
import Testing

@testable import MaskModel

struct CategorySplitTests {
    private let words = ["The Eiffel Tower", "t-shirt", "cat", "ladder", "alarm clock", "zebra", "yoga"]

    @Test(arguments: 0..<50)
    func `train and test partition the categories, and train has the odd one`(seed: Int) {
        for count in 0...words.count {
            let split = CategorySplit(words: Array(words.prefix(count)), seed: UInt64(seed))
            #expect(split.train.count == (count + 1) / 2)
            #expect(split.test.count == count / 2)
            #expect(Set(split.train + split.test) == Set(words.prefix(count)))
        }
    }

    @Test(arguments: 0..<50)
    func `both splits are sorted by UTF-8 bytes`(seed: Int) {
        let split = CategorySplit(words: words, seed: UInt64(seed))
        for half in [split.train, split.test] {
            #expect(half == half.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        }
    }

    @Test(arguments: 0..<50)
    func `the order of the words does not matter`(seed: Int) {
        let forwards = CategorySplit(words: words, seed: UInt64(seed))
        let backwards = CategorySplit(words: words.reversed(), seed: UInt64(seed))
        #expect(forwards == backwards)
    }

    @Test(arguments: 0..<50)
    func `adding a category moves at most one other to the other split`(seed: Int) {
        for newWord in ["apple", "bus", "crab", "drill"] {
            let before = CategorySplit(words: words, seed: UInt64(seed))
            let after = CategorySplit(words: words + [newWord], seed: UInt64(seed))
            let moved = Set(before.train).symmetricDifference(after.train).subtracting([newWord])
            #expect(moved.count <= 1)
        }
    }

    @Test func `the split depends on the seed`() {
        let splits = Set((0..<50).map { CategorySplit(words: words, seed: $0) })
        #expect(splits.count > 10)
    }

    @Test func `every half of the categories is equally likely`() {
        let four = ["a", "b", "c", "d"]
        var counts: [[String]: Int] = [:]
        for seed in 0..<6000 {
            counts[CategorySplit(words: four, seed: UInt64(seed)).train, default: 0] += 1
        }
        let probability = chiSquare(ofEqual: Array(counts.values))
        #expect(counts.count == 6)
        #expect(probability > significance)
    }

    @Test func `a subscript returns the words of a split`() {
        let split = CategorySplit(words: words, seed: 0)
        #expect(split[.train] == split.train)
        #expect(split[.test] == split.test)
    }

    @Test(arguments: [("Zebra", "apple"), ("apple", "apples"), ("z", "é"), ("", "a"), ("t shirt", "t-shirt")])
    func `words are ordered by their bytes`(first: String, second: String) {
        #expect(CategorySplit.precedes(first, second))
        #expect(!CategorySplit.precedes(second, first))
    }

    @Test func `no word precedes itself`() {
        #expect(!CategorySplit.precedes("cat", "cat"))
    }
}
