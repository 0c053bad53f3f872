/// A declaration of the attribute `style`.
struct CSSDeclaration: Hashable {
    /// The name of the property, in lower case.
    let name: String
    let value: CSSValue
    let isImportant: Bool

    /// The declarations of the attribute `style` in order; malformed ones are ignored, as CSS specifies.
    ///
    /// - Throws: `MaskFormatError` if there is a block or an at-rule: browsers differ in how they ignore these.
    static func list(_ text: String) throws(MaskFormatError) -> [CSSDeclaration] {
        let bytes = Array(text.utf8)
        let tokens = CSSTokenizer.tokens(of: bytes)
        var declarations: [CSSDeclaration] = []
        var start = 0
        // The closing brackets of the open ones: a semicolon within brackets does not end a declaration.
        var closers: [UInt8] = []
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .atKeyword, .character(UInt8(ascii: "{")), .character(UInt8(ascii: "}")):
                throw MaskFormatError("style has a block or an at-rule; expected declarations, name: value")
            case .function where bytes[token.range.upperBound - 1] == UInt8(ascii: "("),
                .character(UInt8(ascii: "(")):
                closers.append(UInt8(ascii: ")"))
            case .character(UInt8(ascii: "[")): closers.append(UInt8(ascii: "]"))
            case .character(let byte) where byte == closers.last: closers.removeLast()
            case .character(UInt8(ascii: ";")) where closers.isEmpty:
                if let declaration = Self(tokens[start..<index], of: bytes) { declarations.append(declaration) }
                start = index + 1
            default: break
            }
        }
        if let declaration = Self(tokens[start...], of: bytes) { declarations.append(declaration) }
        return declarations
    }

    /// The declaration of tokens without a semicolon; nil if they are not a name, a colon, and a value.
    private init?(_ tokens: ArraySlice<CSSToken>, of text: [UInt8]) {
        var tokens = tokens.drop { $0.kind == .space }
        guard case .name(let name) = tokens.popFirst()?.kind else { return nil }
        tokens = tokens.drop { $0.kind == .space }
        guard tokens.popFirst()?.kind == .character(UInt8(ascii: ":")) else { return nil }
        while tokens.last?.kind == .space { tokens.removeLast() }
        var isImportant = false
        if tokens.last?.kind == .name("important") {
            let value = tokens.dropLast().reversed().drop { $0.kind == .space }
            if value.first?.kind == .character(UInt8(ascii: "!")) {
                tokens = Array(value.dropFirst().reversed())[...]
                isImportant = true
            }
        }
        guard !tokens.contains(where: { $0.kind == .badString || $0.kind == .character(UInt8(ascii: "!")) }) else {
            return nil
        }
        self.name = name
        value = CSSValue(tokens, of: text)
        self.isImportant = isImportant
    }
}
