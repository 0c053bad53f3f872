/// A requested word without drawings.
public struct UnknownWord: Hashable, Sendable {
    /// The word as requested.
    public let word: String
    /// Known words with a similar spelling, the closest first.
    public let suggestions: [String]

    /// The requested words that are not known, in order, each once.
    package static func all(in requested: [String], of known: [String]) -> [UnknownWord] {
        let knownWords = Set(known)
        var unknown: [String] = []
        for word in requested where !knownWords.contains(word) && !unknown.contains(word) { unknown.append(word) }
        guard !unknown.isEmpty else { return [] }
        let spelling = SpellingSuggestions(known)
        return unknown.map { UnknownWord(word: $0, suggestions: spelling.suggestions(for: $0)) }
    }

    /// The words, and suggestions or else what was expected: `"catt" or "dogg"; did you mean cat, cart or dog?`
    package static func description(of unknown: [UnknownWord], expected: String) -> String {
        let words = unknown.map { "\"\($0.word)\"" }.joined(separator: " or ")
        var suggestions: [String] = []
        for word in unknown.flatMap(\.suggestions) where !suggestions.contains(word) { suggestions.append(word) }
        guard let last = suggestions.popLast() else { return "\(words); expected \(expected)" }
        let list = suggestions.isEmpty ? last : "\(suggestions.joined(separator: ", ")) or \(last)"
        return "\(words); did you mean \(list)?"
    }
}
