/// Scans the numbers, commands, and separators in SVG attributes.
struct SVGAttributeScanner {
    private let text: [UInt8]
    private var place = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var isAtEnd: Bool { place == text.count }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { place += 1 }
    }

    /// Skips white space and at most one comma, if another number follows the comma: lists do not end with one.
    mutating func skipSeparator() {
        skipSpace()
        guard peek == UInt8(ascii: ",") else { return }
        let comma = place
        place += 1
        skipSpace()
        if !startsNumber { place = comma }
    }

    /// Consumes numbers up to the end; nil if there is anything else.
    mutating func numberList() -> [Double]? {
        var numbers: [Double] = []
        skipSpace()
        while let number = number() {
            numbers.append(number)
            skipSeparator()
        }
        return isAtEnd ? numbers : nil
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
        guard startsNumber else { return nil }
        let start = place
        if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { place += 1 }
        skipDigits()
        // Browsers draw nothing of path data with "5.", so a point needs a digit after it.
        if peek == UInt8(ascii: "."), isDigit(at: place + 1) {
            place += 1
            skipDigits()
        }
        if let letter = peek, letter | 0x20 == UInt8(ascii: "e") {
            let sign = byte(at: place + 1) == UInt8(ascii: "+") || byte(at: place + 1) == UInt8(ascii: "-") ? 1 : 0
            if isDigit(at: place + 1 + sign) {
                place += 1 + sign
                skipDigits()
            }
        }
        // The syntax of SVG's numbers is a part of Swift's.
        return Double(String(decoding: text[start..<place], as: UTF8.self))
    }

    /// Whether a number is next.
    var startsNumber: Bool {
        let sign = peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") ? 1 : 0
        return isDigit(at: place + sign) || byte(at: place + sign) == UInt8(ascii: ".") && isDigit(at: place + sign + 1)
    }

    /// The next character as the predicate of an error message: `has "x" at character 5`.
    var found: String {
        peek.map { "has \"\(Character(UnicodeScalar($0)))\" at character \(place + 1)" } ?? "ends"
    }

    private var peek: UInt8? { byte(at: place) }

    private func byte(at place: Int) -> UInt8? { place < text.count ? text[place] : nil }

    private func isDigit(at place: Int) -> Bool {
        byte(at: place).map((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) ?? false
    }

    private mutating func skipDigits() {
        while isDigit(at: place) { place += 1 }
    }
}
