/// Scans the numbers, commands, and separators in SVG attributes.
struct SVGScanner {
    private let text: [UInt8]
    private var place = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var isAtEnd: Bool { place == text.count }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { place += 1 }
    }

    /// Skips white space and at most one comma.
    mutating func skipSeparator() {
        skipSpace()
        if peek == UInt8(ascii: ",") {
            place += 1
            skipSpace()
        }
    }

    /// Consumes and returns a letter; nil if the next character is not a letter.
    mutating func letter() -> Character? {
        guard let byte = peek, (byte | 0x20) >= UInt8(ascii: "a"), (byte | 0x20) <= UInt8(ascii: "z") else {
            return nil
        }
        place += 1
        return Character(UnicodeScalar(byte))
    }

    /// Consumes `character`; false if it is not next.
    mutating func consume(_ character: Character) -> Bool {
        guard let byte = character.asciiValue, peek == byte else { return false }
        place += 1
        return true
    }

    /// Consumes and returns all letters up to another character.
    mutating func word() -> String {
        var word = ""
        while let letter = letter() { word.append(letter) }
        return word
    }

    /// Consumes and returns a number; nil if there is none.
    ///
    /// In SVG's grammar, `1-2` and `.5.5` are two numbers each.
    mutating func number() -> Double? {
        let start = place
        if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { place += 1 }
        let digits = skipDigits()
        var fraction = 0
        if peek == UInt8(ascii: ".") {
            place += 1
            fraction = skipDigits()
        }
        guard digits + fraction > 0 else {
            place = start
            return nil
        }
        let mantissaEnd = place
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            place += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { place += 1 }
            if skipDigits() == 0 { place = mantissaEnd }
        }
        // SVG allows a trailing point ("5."), Swift does not.
        let digitsText = String(decoding: text[start..<place], as: UTF8.self)
        return Double(digitsText) ?? Double(digitsText.replacing(".", with: ""))
    }

    /// Whether a number is next.
    var startsNumber: Bool {
        var copy = self
        return copy.number() != nil
    }

    /// The next character as the predicate of an error message: `has "x" at character 5`.
    var found: String {
        peek.map { "has \"\(Character(UnicodeScalar($0)))\" at character \(place + 1)" } ?? "ends"
    }

    private var peek: UInt8? { place < text.count ? text[place] : nil }

    private mutating func skipDigits() -> Int {
        let start = place
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
        return place - start
    }
}
