public import FileAccess
import MaskModel

/// Selects the drawings of a source, and the strokes of those drawings; everything by default.
///
/// A filter applies before any other selection: the first drawings of a category are the first that it accepts, and
/// strokes are sampled from those that it accepts. Strokes keep the numbers that they have in their drawing.
public struct DrawingFilter: Hashable, Sendable {
    /// The words to accept; nil for all.
    public var words: Set<String>?
    /// The words to reject, even if `words` contains them.
    public var excludedWords: Set<String> = []
    /// The countries to accept; nil for all, including unknown ones.
    public var countries: Set<CountryCode>?
    /// Whether to accept only drawings that the game recognized.
    public var isRecognizedOnly = false
    /// The lengths of strokes to accept, along the path.
    public var strokeLength = StrokeMeasureRange.none
    /// The extents of strokes to accept: the longer side of the bounding box.
    public var strokeExtent = StrokeMeasureRange.none

    /// A filter that accepts everything.
    public init() {}

    /// Whether some words are rejected.
    public var hasWords: Bool { words != nil || !excludedWords.isEmpty }
    /// Whether some drawings of an accepted word are rejected.
    var hasDrawingTest: Bool { countries != nil || isRecognizedOnly }
    /// Whether some strokes of an accepted drawing are rejected.
    var hasStrokeTest: Bool { strokeLength != .none || strokeExtent != .none }

    /// Whether a word is accepted.
    public func accepts(word: String) -> Bool {
        words?.contains(word) ?? true && !excludedWords.contains(word)
    }

    /// Checks that a source contains all words of the filter.
    ///
    /// - Parameters:
    ///   - words: All words of the source.
    ///   - source: The source, for the error.
    /// - Throws: `DataError` with the words that are missing, and suggestions.
    public func check(words: some Collection<String>, of source: String) throws(DataError) {
        guard hasWords else { return }
        let requested = (self.words ?? []).union(excludedWords).sorted(by: CategorySplit.precedes)
        let unknown = UnknownWord.all(in: requested, of: words.sorted(by: CategorySplit.precedes))
        guard unknown.isEmpty else {
            let words = UnknownWord.description(of: unknown, expected: "words of the source")
            throw DataError(at: source, "no drawings of \(words)")
        }
    }
}
