/// Words that may have been meant by one that does not exist.
public struct SpellingSuggestions: Sendable {
    private let words: [(text: String, letters: [Character])]

    /// Searches among `words`.
    public init(_ words: [String]) {
        self.words = words.map { ($0, Self.letters($0)) }
    }

    /// Up to three words that are spelled much like `word`, the nearest first.
    ///
    /// Capitals, spaces and hyphens do not count, nor does the ending of a file's name; a third of the letters may
    /// differ.
    public func near(_ word: String) -> [String] {
        let name = ["ndjson", "bin"].first { word.hasSuffix(".\($0)") }.map { String(word.dropLast($0.count + 1)) }
        let expected = Self.letters(name ?? word)
        return words.map { (text: $0.text, count: $0.letters.count, distance: Self.distance($0.letters, expected)) }
            .filter { $0.distance <= max(1, max(expected.count, $0.count) / 3) }
            .sorted { ($0.distance, $0.text) < ($1.distance, $1.text) }
            .prefix(3).map(\.text)
    }

    private static func letters(_ word: String) -> [Character] {
        word.lowercased().filter { $0.isLetter || $0.isNumber }.map { $0 }
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein).
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

/// A word of which there are no drawings.
public struct UnknownWord: Hashable, Sendable, CustomStringConvertible {
    /// As it was given.
    public let word: String
    /// Words that are spelled much like it, the nearest first.
    public let near: [String]

    /// `"catt" (near it: cat, cart)`
    public var description: String {
        near.isEmpty ? "\"\(word)\"" : "\"\(word)\" (near it: \(near.joined(separator: ", ")))"
    }

    /// Those of `wanted` that are not among `words`, in order, each once.
    public static func all(in expected: [String], of words: [String]) -> [UnknownWord] {
        let known = Set(words)
        var unknown: [String] = []
        for word in expected where !known.contains(word) && !unknown.contains(word) { unknown.append(word) }
        guard !unknown.isEmpty else { return [] }
        let all = SpellingSuggestions(words)
        return unknown.map { UnknownWord(word: $0, near: all.near($0)) }
    }
}
