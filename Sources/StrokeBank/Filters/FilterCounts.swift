/// What a filter rejected. A drawing or stroke that fails several tests counts for the first: word, country,
/// recognition; length, extent.
///
/// Only what was examined counts: nothing of a category after the last accepted drawing of a file or a bank. A drawing
/// in two files counts twice.
public struct FilterCounts: Hashable, Sendable {
    /// All words that occurred, if the filter tests words.
    public internal(set) var words: Set<String> = []
    /// The rejected words. Their drawings are not counted, as files of a rejected word are not read.
    public internal(set) var excludedWords: Set<String> = []
    /// The number of drawings from other countries.
    public internal(set) var otherCountries = 0
    /// The number of drawings that the game did not recognize.
    public internal(set) var unrecognized = 0
    /// The number of strokes that are too short or too long.
    public internal(set) var strokeLengths = 0
    /// The number of strokes that are too small or too large.
    public internal(set) var strokeExtents = 0

    /// Counts of nothing.
    public init() {}

    /// Adds the counts of another pass; words count once.
    public static func += (first: inout FilterCounts, second: FilterCounts) {
        first.words.formUnion(second.words)
        first.excludedWords.formUnion(second.excludedWords)
        first.otherCountries += second.otherCountries
        first.unrecognized += second.unrecognized
        first.strokeLengths += second.strokeLengths
        first.strokeExtents += second.strokeExtents
    }

    /// Counts a rejected word whose file is not read.
    public mutating func exclude(_ word: String) {
        words.insert(word)
        excludedWords.insert(word)
    }
}
