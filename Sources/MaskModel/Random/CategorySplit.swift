/// The assignment of categories to the train and test splits, half to each, determined by the seed.
///
/// Every category has a random sort key that depends only on the seed and its word. The first half in that order, rounded
/// up, is the train split. So adding a category moves at most one other category to the other split.
public struct CategorySplit: Hashable, Sendable {
    /// The words of the train split, sorted by their UTF-8 bytes.
    public let train: [String]
    /// The words of the test split, sorted by their UTF-8 bytes.
    public let test: [String]

    /// Splits `words` into halves.
    ///
    /// - Parameters:
    ///   - words: The distinct words of the categories, in any order.
    ///   - seed: The random seed.
    /// - Complexity: O(*n* log *n*)
    public init(words: [String], seed: UInt64) {
        let shuffled = words.map { word in
            var random = RandomStream(seed: seed, use: .categoryOrder, index: StableHash(of: word).value)
            return (order: random.next(), word: word)
        }
        .sorted { $0.order == $1.order ? Self.precedes($0.word, $1.word) : $0.order < $1.order }
        .map(\.word)
        let half = (shuffled.count + 1) / 2
        train = shuffled.prefix(half).sorted(by: Self.precedes)
        test = shuffled.dropFirst(half).sorted(by: Self.precedes)
    }

    /// The words of one split, sorted by their UTF-8 bytes.
    public subscript(split: Split) -> [String] {
        split == .train ? train : test
    }

    /// Returns whether `first` sorts before `second`: by UTF-8 bytes, independent of locale and Unicode version.
    public static func precedes(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }
}
