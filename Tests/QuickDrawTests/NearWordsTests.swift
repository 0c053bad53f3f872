import Testing

import QuickDraw

struct NearWordsTests {
    private let words = NearWords(["The Eiffel Tower", "bicycle", "car", "cat", "cup", "golf club", "t-shirt", "zebra"])

    @Test(arguments: [
        ("the eiffel tower", ["The Eiffel Tower"]), ("Eifel Tower", ["The Eiffel Tower"]), ("tshirt", ["t-shirt"]),
        ("bycicle", ["bicycle"]), ("cat.ndjson", ["cat", "car"]), ("golf_club", ["golf club"]), ("helicopter", []),
        ("", []),
    ])
    func `words spelt much alike are near, the nearest first`(word: String, wanted: [String]) {
        #expect(words.near(word) == wanted)
    }
}
