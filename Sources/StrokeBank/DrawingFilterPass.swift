/// A filter at work on one drawing after the other: what it does not take, it counts.
public struct DrawingFilterPass: Sendable {
    /// What was left out so far.
    public private(set) var tally = FilterCounts()
    private let filter: DrawingFilter
    private let hasWords: Bool
    private let hasDrawingTest: Bool
    private let hasStrokeTest: Bool
    /// The word last met, as most drawings have that of the one before.
    private var word = ""
    private var takesWord = true

    /// A filter that has not begun.
    public init(_ filter: DrawingFilter) {
        self.filter = filter
        hasWords = filter.hasWords
        hasDrawingTest = filter.hasDrawingTest
        hasStrokeTest = filter.hasStrokeTest
    }

    /// Whether the drawing is taken, of which some strokes may be left out then; it counts if it is not.
    @inline(__always)
    public mutating func takes(_ drawing: borrowing Drawing) -> Bool {
        if hasWords, !takes(word: drawing.word) { return false }
        return !hasDrawingTest || takes(country: drawing.country, isRecognized: drawing.isRecognized)
    }

    /// Whether drawings of a word are taken; a word counts once if they are not.
    mutating func takes(word: borrowing String) -> Bool {
        if word != self.word {
            self.word = copy word
            takesWord = filter.takes(word: self.word)
            tally.words.insert(self.word)
            if !takesWord { tally.excludedWords.insert(self.word) }
        }
        return takesWord
    }

    /// Whether a drawing of a word that is taken is; it counts if it is not.
    mutating func takes(country: CountryCode, isRecognized: Bool) -> Bool {
        if let countries = filter.countries, !countries.contains(country) {
            tally.otherCountries += 1
            return false
        }
        if filter.isRecognizedOnly, !isRecognized {
            tally.unrecognized += 1
            return false
        }
        return true
    }

    /// Leaves out the strokes of a drawing that are not taken, and counts them.
    ///
    /// - Complexity: O(points), O(1) if the filter has no bounds of strokes
    @inline(__always)
    public mutating func leaveOutStrokes(of drawing: inout Drawing) {
        if hasStrokeTest { sift(&drawing) }
    }

    private mutating func sift(_ drawing: inout Drawing) {
        drawing.leaveOutStrokes { points in !takes(stroke: StrokeMeasure(points)) }
    }

    /// Whether a stroke with a measure is taken; it counts if it is not.
    mutating func takes(stroke: StrokeMeasure) -> Bool {
        if !filter.strokeLength.contains(stroke.length) {
            tally.strokeLengths += 1
            return false
        }
        if !filter.strokeExtent.contains(Double(stroke.extent)) {
            tally.strokeExtents += 1
            return false
        }
        return true
    }
}

/// What a filter left out. What several parts of it would leave out counts for the first: words, countries,
/// recognition; length, extent.
///
/// Only what was looked at counts: of a category, nothing behind the last drawing that is taken of a file or a bank. A
/// drawing that stands in two files counts twice.
public struct FilterCounts: Hashable, Sendable {
    /// All words that were met, where the filter has to do with words.
    public internal(set) var words: Set<String> = []
    /// The words that are not taken. How many drawings they have, nobody looked.
    public internal(set) var excludedWords: Set<String> = []
    /// Drawings of other countries.
    public internal(set) var otherCountries = 0
    /// Drawings that the game did not recognize.
    public internal(set) var unrecognized = 0
    /// Strokes that are too short or too long.
    public internal(set) var strokeLengths = 0
    /// Strokes that are too small or too large.
    public internal(set) var strokeExtents = 0

    /// Nothing.
    public init() {}

    /// Adds what was left out elsewhere; words count once.
    public static func += (first: inout FilterCounts, second: FilterCounts) {
        first.words.formUnion(second.words)
        first.excludedWords.formUnion(second.excludedWords)
        first.otherCountries += second.otherCountries
        first.unrecognized += second.unrecognized
        first.strokeLengths += second.strokeLengths
        first.strokeExtents += second.strokeExtents
    }

    /// A file whose drawings all have one word, which is not taken, is not read.
    public mutating func exclude(_ word: String) {
        words.insert(word)
        excludedWords.insert(word)
    }
}
