public import FileAccess
import MaskModel

/// Which drawings of a source are taken, and which strokes of them; all by default.
///
/// The filter comes before any choice: the first drawings of a category are the first that it takes, and strokes are
/// chosen at random among those that it takes. Strokes keep the numbers that they have in their drawing.
public struct DrawingFilter: Hashable, Sendable {
    /// The words whose drawings are taken; nil for all.
    public var words: Set<String>?
    /// Words whose drawings are not taken, whatever `words` says.
    public var excludedWords: Set<String> = []
    /// The countries whose drawings are taken; nil for all, and those of which the country is not known.
    public var countries: Set<CountryCode>?
    /// Whether only drawings are taken that the game recognized.
    public var isRecognizedOnly = false
    /// How long strokes may be: the length of the path.
    public var strokeLength = StrokeBounds.none
    /// How large strokes may be: the longer side of the box around them.
    public var strokeExtent = StrokeBounds.none

    /// A filter that takes everything.
    public init() {}

    /// Whether some words are not taken.
    public var hasWords: Bool { words != nil || !excludedWords.isEmpty }
    /// Whether some drawings of a word that is taken are not.
    var hasDrawingTest: Bool { countries != nil || isRecognizedOnly }
    /// Whether some strokes of a drawing that is taken are not.
    var hasStrokeTest: Bool { strokeLength != .none || strokeExtent != .none }

    /// Whether drawings of a word are taken, as far as the word decides.
    public func takes(word: String) -> Bool {
        words?.contains(word) ?? true && !excludedWords.contains(word)
    }

    /// Checks that a source has all words that are named here.
    ///
    /// - Parameters:
    ///   - words: all words that the source has.
    ///   - source: what the source is, for the error.
    /// - Throws: `DataError.unknownWords`.
    public func check(words: some Collection<String>, of source: String) throws(DataError) {
        guard hasWords else { return }
        let expected = (self.words ?? []).union(excludedWords).sorted(by: CategorySplit.precedes)
        let unknown = UnknownWord.all(in: expected, of: words.sorted(by: CategorySplit.precedes))
        guard unknown.isEmpty else {
            throw DataError(
                at: source,
                "no drawings of \(unknown.map(\.description).joined(separator: ", or ")); expected words of the source")
        }
    }
}
