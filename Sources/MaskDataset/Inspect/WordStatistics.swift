import StrokeBank

/// The statistics of drawings for each word, and for all together.
struct WordStatistics: Sendable {
    private(set) var words: [String: DrawingStatistics] = [:]
    private(set) var all = DrawingStatistics()
    /// The word of the latest drawings and their statistics, which are not yet in `words` and `all`.
    private var current = (word: "", statistics: DrawingStatistics())

    mutating func add(_ drawing: borrowing Drawing) {
        // Most drawings in a file have the same word as the previous one.
        if drawing.word != current.word {
            flush()
            current.word = drawing.word
        }
        current.statistics.add(drawing)
    }

    mutating func add(_ other: WordStatistics) {
        for (word, statistics) in other.words { words[word, default: DrawingStatistics()] += statistics }
        all += other.all
    }

    /// Adds the latest drawings to `words` and `all`.
    mutating func flush() {
        guard current.statistics.drawingCount > 0 else { return }
        words[current.word, default: DrawingStatistics()] += current.statistics
        all += current.statistics
        current.statistics = DrawingStatistics()
    }
}
