/// The value of a property: its tokens, without space around them, and how it is written.
struct CSSValue: Hashable {
    let tokens: [CSSToken.Kind]
    /// The value as it is written, for error messages.
    let text: String

    /// The value of a presentation attribute.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(CSSTokenizer.tokens(of: bytes)[...], of: bytes)
    }

    init(_ tokens: ArraySlice<CSSToken>, of text: [UInt8]) {
        var tokens = tokens
        while tokens.first?.kind == .space { tokens.removeFirst() }
        while tokens.last?.kind == .space { tokens.removeLast() }
        self.tokens = tokens.map(\.kind)
        self.text = String(
            decoding: text[(tokens.first?.range.lowerBound ?? 0)..<(tokens.last?.range.upperBound ?? 0)],
            as: UTF8.self)
    }

    /// The name that is the whole value; nil if the value is something else.
    var keyword: String? {
        if tokens.count == 1, case .name(let name) = tokens[0] { name } else { nil }
    }

    /// Whether a function, such as `calc()` or `var()`, is a part of the value.
    var hasFunction: Bool {
        tokens.contains { if case .function = $0 { true } else { false } }
    }

    /// The name after `#` in a value `url(#name)`, with or without quotes; nil for another value.
    var reference: String? {
        guard case .function("url")? = tokens.first, text.hasSuffix(")") else { return nil }
        var name = text.dropFirst(4).dropLast()
        while name.first?.isWhitespace == true { name.removeFirst() }
        while name.last?.isWhitespace == true { name.removeLast() }
        if let quote = name.first, quote == "'" || quote == "\"", name.count > 1, name.last == quote {
            name = name.dropFirst().dropLast()
        }
        // Other characters could be escapes, or another address.
        guard name.first == "#", name.dropFirst().allSatisfy({ !"\\#()'\"%".contains($0) && !$0.isWhitespace }) else {
            return nil
        }
        return String(name.dropFirst())
    }
}
