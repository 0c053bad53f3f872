import Console
import Testing

struct StringControlCharactersTests {
    @Test(arguments: [
        ("cat.png: not a whole PNG", "cat.png: not a whole PNG"), ("ü 猫 “…” × é", "ü 猫 “…” × é"), ("", ""),
        ("a\u{1B}[31mb", "a\\u{1B}[31mb"), ("a\u{7}", "a\\u{7}"), ("a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
        ("\u{0}\u{7F}\u{9B}31m", "\\u{0}\\u{7F}\\u{9B}31m"), ("a\u{202E}gnp.exe", "a\\u{202E}gnp.exe"),
        ("a\u{2028}b", "a\\u{2028}b"),
    ])
    func `control characters are escaped, and nothing else`(text: String, escaped: String) {
        #expect(text.escapingControls == escaped)
    }
}
