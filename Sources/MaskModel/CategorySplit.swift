/// Deals categories to train and test in halves, by the seed.
///
/// The categories stand in an order that the seed and each word alone determine; the first half, rounded up, is for
/// train. A category more therefore moves at most one other across.
public struct CategorySplit: Hashable, Sendable {
    /// The words for train, sorted by their UTF-8 bytes.
    public let train: [String]
    /// The words for test, sorted by their UTF-8 bytes.
    public let test: [String]

    /// Deals `words`.
    ///
    /// - Parameter words: each word once, in any order.
    /// - Complexity: O(*n* log *n*)
    public init(words: [String], seed: UInt64) {
        let dealt = words.map { word in
            var random = RandomStream(seed: seed, use: .categoryOrder, index: StableHash(of: word).value)
            return (order: random.next(), word: word)
        }
        .sorted { $0.order == $1.order ? Self.precedes($0.word, $1.word) : $0.order < $1.order }
        .map(\.word)
        let half = (dealt.count + 1) / 2
        train = dealt.prefix(half).sorted(by: Self.precedes)
        test = dealt.dropFirst(half).sorted(by: Self.precedes)
    }

    /// The words of one split, sorted by their UTF-8 bytes.
    public subscript(split: Split) -> [String] {
        split == .train ? train : test
    }

    /// The order of words everywhere in this program: by UTF-8 bytes, which no locale or Unicode version changes.
    public static func precedes(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }
}
