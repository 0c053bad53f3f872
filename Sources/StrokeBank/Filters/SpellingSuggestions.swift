/// Suggests known words for a misspelled one.
struct SpellingSuggestions {
    private let words: [(text: String, letters: [Character])]

    /// Suggestions from `words`.
    init(_ words: [String]) {
        self.words = words.map { ($0, Self.letters($0)) }
    }

    /// Up to three words whose spelling is similar to `word`, the closest first.
    ///
    /// Case, spaces, hyphens, and the extension of a file name are ignored; up to a third of the letters may differ.
    func suggestions(for word: String) -> [String] {
        let name = ["ndjson", "bin"].first { word.hasSuffix(".\($0)") }.map { String(word.dropLast($0.count + 1)) }
        let letters = Self.letters(name ?? word)
        return words.map { (text: $0.text, count: $0.letters.count, distance: Self.distance($0.letters, letters)) }
            .filter { $0.distance <= max(1, max(letters.count, $0.count) / 3) }
            .sorted { ($0.distance, $0.text) < ($1.distance, $1.text) }
            .prefix(3).map(\.text)
    }

    private static func letters(_ word: String) -> [Character] {
        word.lowercased().filter { $0.isLetter || $0.isNumber }.map { $0 }
    }

    /// The number of letters to insert, delete, or substitute (Levenshtein).
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (index, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in 1..<row.count {
                let change = diagonal + (letter == other[column - 1] ? 0 : 1)
                diagonal = row[column]
                row[column] = min(change, diagonal + 1, row[column - 1] + 1)
            }
        }
        return row[other.count]
    }
}
