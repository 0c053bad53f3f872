/// Applies a filter to one drawing after another, and counts what it rejects.
package struct DrawingFilterPass: Sendable {
    /// What was rejected so far.
    package private(set) var counts = FilterCounts()
    private let filter: DrawingFilter
    @usableFromInline let hasWords: Bool
    @usableFromInline let hasDrawingTest: Bool
    /// Whether `removeStrokes` may remove any.
    package let hasStrokeTest: Bool
    /// The word of the previous drawing: most drawings have the same.
    private var word = ""
    private var acceptsWord = true

    /// A pass of `filter` that has not seen any drawing.
    package init(_ filter: DrawingFilter) {
        self.filter = filter
        hasWords = filter.hasWords
        hasDrawingTest = filter.hasDrawingTest
        hasStrokeTest = filter.hasStrokeTest
    }

    /// Whether a drawing is accepted; counts it otherwise. Some of its strokes may still be rejected.
    @inlinable
    @inline(__always)
    package mutating func accepts(_ drawing: borrowing Drawing) -> Bool {
        if hasWords, !accepts(word: drawing.word) { return false }
        return !hasDrawingTest || accepts(country: drawing.country, isRecognized: drawing.isRecognized)
    }

    /// Whether a word is accepted; counts each rejected word once.
    @usableFromInline
    mutating func accepts(word: borrowing String) -> Bool {
        if word != self.word {
            self.word = copy word
            acceptsWord = filter.accepts(word: self.word)
            counts.words.insert(self.word)
            if !acceptsWord { counts.excludedWords.insert(self.word) }
        }
        return acceptsWord
    }

    /// Whether a drawing of an accepted word is accepted; counts it otherwise.
    @usableFromInline
    mutating func accepts(country: CountryCode, isRecognized: Bool) -> Bool {
        if let countries = filter.countries, !countries.contains(country) {
            counts.otherCountries += 1
            return false
        }
        if filter.isRecognizedOnly, !isRecognized {
            counts.unrecognized += 1
            return false
        }
        return true
    }

    /// Removes the points of the strokes that are rejected, and counts those strokes.
    ///
    /// - Complexity: O(points), O(1) if the filter has no bounds for strokes
    @inlinable
    @inline(__always)
    package mutating func removeStrokes(from drawing: inout Drawing) {
        if hasStrokeTest { removeRejectedStrokes(from: &drawing) }
    }

    @usableFromInline
    mutating func removeRejectedStrokes(from drawing: inout Drawing) {
        drawing.removePoints(ofStrokesWhere: { points in !accepts(StrokeMeasure(points)) })
    }

    /// Whether a stroke of this measure is accepted; counts it otherwise.
    mutating func accepts(_ stroke: StrokeMeasure) -> Bool {
        if !filter.strokeLength.contains(stroke.length) {
            counts.strokeLengths += 1
            return false
        }
        if !filter.strokeExtent.contains(Double(stroke.extent)) {
            counts.strokeExtents += 1
            return false
        }
        return true
    }
}
