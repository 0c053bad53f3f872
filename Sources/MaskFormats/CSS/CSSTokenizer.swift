/// Splits CSS into tokens, by the rules of CSS Syntax Level 3; comments are dropped.
struct CSSTokenizer {
    private let text: [UInt8]
    private let keepsCase: Bool
    private var place = 0

    private init(_ text: [UInt8], keepsCase: Bool) {
        self.text = text
        self.keepsCase = keepsCase
    }

    /// The tokens of `text`.
    ///
    /// - Parameters:
    ///   - text: The text, in UTF-8.
    ///   - keepsCase: Whether names are as they are written, as selectors need them, not in lower case.
    /// - Complexity: O(*n*)
    static func tokens(of text: [UInt8], keepsCase: Bool = false) -> [CSSToken] {
        var tokenizer = CSSTokenizer(text, keepsCase: keepsCase)
        var tokens: [CSSToken] = []
        tokenizer.skipComments()
        while tokenizer.place < text.count {
            let start = tokenizer.place
            let kind = tokenizer.next()
            tokens.append(CSSToken(kind: kind, range: start..<tokenizer.place))
            tokenizer.skipComments()
        }
        return tokens
    }

    /// Consumes a token; there is at least one more byte.
    private mutating func next() -> CSSToken.Kind {
        let byte = text[place]
        if Self.isSpace(byte) {
            while let byte = peek(), Self.isSpace(byte) { place += 1 }
            return .space
        }
        if startsNumber { return numeric() }
        if startsName(at: place) {
            let name = name()
            guard peek() == UInt8(ascii: "(") else { return .name(name) }
            place += 1
            if name == "url" { skipURL() }
            return .function(name)
        }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(end: byte)
        case UInt8(ascii: "#") where peek().map(Self.isNamePart) == true || startsEscape(at: place):
            return .hash(name())
        case UInt8(ascii: "@") where startsName(at: place):
            return .atKeyword(name())
        default: return .character(byte)
        }
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        place + offset < text.count ? text[place + offset] : nil
    }

    private mutating func skipComments() {
        while peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
            place += 2
            while place < text.count, peek() != UInt8(ascii: "*") || peek(1) != UInt8(ascii: "/") { place += 1 }
            place = min(place + 2, text.count)
        }
    }

    // MARK: Names

    private func startsName(at place: Int) -> Bool {
        guard place < text.count else { return false }
        guard text[place] == UInt8(ascii: "-") else { return Self.isNameStart(text[place]) || startsEscape(at: place) }
        guard place + 1 < text.count else { return false }
        let second = text[place + 1]
        return Self.isNameStart(second) || second == UInt8(ascii: "-") || startsEscape(at: place + 1)
    }

    private func startsEscape(at place: Int) -> Bool {
        place < text.count && text[place] == UInt8(ascii: "\\")
            && place + 1 < text.count && !Self.isLineBreak(text[place + 1])
    }

    /// Consumes a name, which may be empty.
    private mutating func name() -> String {
        var name: [UInt8] = []
        while let byte = peek() {
            if Self.isNamePart(byte) {
                let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                name.append(isUpper && !keepsCase ? byte | 0x20 : byte)
                place += 1
            } else if startsEscape(at: place) {
                place += 1
                name += escape()
            } else {
                break
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// Consumes an escape after its backslash: up to six hexadecimal digits and a space, or any other character.
    private mutating func escape() -> [UInt8] {
        var code: UInt32 = 0
        var count = 0
        while count < 6, let digit = peek().flatMap({ Character(UnicodeScalar($0)).hexDigitValue }) {
            code = code << 4 | UInt32(digit)
            count += 1
            place += 1
        }
        guard count > 0 else {
            defer { place += 1 }
            return [text[place]]
        }
        if let byte = peek(), Self.isSpace(byte) { place += 1 }
        let scalar = code == 0 ? nil : UnicodeScalar(code)
        let character = String(Character(scalar ?? "\u{FFFD}"))
        return Array((keepsCase ? character : character.lowercased()).utf8)
    }

    // MARK: Numbers

    private var startsNumber: Bool {
        let sign = peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") ? 1 : 0
        if peek(sign).map(Self.isDigit) == true { return true }
        return peek(sign) == UInt8(ascii: ".") && peek(sign + 1).map(Self.isDigit) == true
    }

    private mutating func numeric() -> CSSToken.Kind {
        let start = place
        if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { place += 1 }
        skipDigits()
        if peek() == UInt8(ascii: "."), peek(1).map(Self.isDigit) == true {
            place += 1
            skipDigits()
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
            if peek(1 + sign).map(Self.isDigit) == true {
                place += 1 + sign
                skipDigits()
            }
        }
        // The syntax of CSS numbers is a part of Swift's.
        let number = Double(String(decoding: text[start..<place], as: UTF8.self)) ?? .nan
        if startsName(at: place) { return .dimension(number, unit: name()) }
        guard peek() == UInt8(ascii: "%") else { return .number(number) }
        place += 1
        return .percentage(number)
    }

    private mutating func skipDigits() {
        while let byte = peek(), Self.isDigit(byte) { place += 1 }
    }

    // MARK: Strings

    private mutating func string(end: UInt8) -> CSSToken.Kind {
        while let byte = peek() {
            if Self.isLineBreak(byte) { return .badString }
            place += 1
            if byte == end { return .string }
            if byte == UInt8(ascii: "\\"), place < text.count { place += 1 }
        }
        return .string
    }

    /// Skips the rest of `url(…)` with its parenthesis, unless the address is in quotes.
    private mutating func skipURL() {
        var ahead = 0
        while let byte = peek(ahead), Self.isSpace(byte) { ahead += 1 }
        if peek(ahead) == UInt8(ascii: "\"") || peek(ahead) == UInt8(ascii: "'") { return }
        while let byte = peek() {
            place += 1
            if byte == UInt8(ascii: ")") { return }
            if byte == UInt8(ascii: "\\"), place < text.count { place += 1 }
        }
    }

    // MARK: Bytes

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || isLineBreak(byte) }

    private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0C || byte == 0x0D }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: "-")
    }
}
