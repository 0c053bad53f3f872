@testable import StrokeBank
import Testing

import QuickDraw

struct SpellingSuggestionsTests {
    private let words = SpellingSuggestions([
        "The Eiffel Tower", "bicycle", "car", "cat", "cup", "golf club", "t-shirt", "zebra",
    ])

    @Test(arguments: [
        ("the eiffel tower", ["The Eiffel Tower"]), ("Eifel Tower", ["The Eiffel Tower"]), ("tshirt", ["t-shirt"]),
        ("bycicle", ["bicycle"]), ("cat.ndjson", ["cat", "car"]), ("golf_club", ["golf club"]), ("helicopter", []),
        ("", []),
    ])
    func `words spelled much alike are near, the nearest first`(word: String, expected: [String]) {
        #expect(words.suggestions(for: word) == expected)
    }
}
