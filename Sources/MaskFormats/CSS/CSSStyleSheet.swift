/// The rules of the style sheets of a document.
struct CSSStyleSheet {
    private struct Rule {
        let selector: CSSSelector
        let declarations: [CSSDeclaration]
    }

    /// In document order.
    private var rules: [Rule] = []
    /// The indices of the rules by what an element must have for them.
    private var index: [CSSSelector.Key: [Int]] = [:]

    /// At-rules without an effect on shapes.
    private static let ignored: Set = [
        "charset", "font-face", "font-feature-values", "font-palette-values", "page", "counter-style",
    ]

    /// Rejects the attributes of a `style` element that only some renderers read, or that depend on the device.
    static func check(_ attributes: [String: String]) throws(MaskFormatError) {
        if let type = attributes["type"], !type.isEmpty, type.lowercased() != "text/css" {
            throw MaskFormatError("type is \"\(type)\"; expected text/css")
        }
        let media = CSSValue(attributes["media"] ?? "all")
        guard media.tokens.isEmpty || media.keyword == "all" else {
            throw MaskFormatError("media is \"\(media.text)\"; expected all")
        }
    }

    /// Appends the rules of a style sheet.
    ///
    /// - Throws: `MaskFormatError` with the line if a rule that matters for shapes has a selector that is not read, or there
    ///   is an at-rule that could matter.
    mutating func append(_ text: String, firstLine: Int) throws(MaskFormatError) {
        let bytes = Array(text.utf8)
        let tokens = CSSTokenizer.tokens(of: bytes)
        var place = 0
        var (line, lineEnd) = (firstLine, 0)
        while place < tokens.count {
            if tokens[place].kind == .space { place += 1 }
            guard place < tokens.count else { return }
            let start = tokens[place].range.lowerBound
            line += bytes[lineEnd..<start].count { $0 == UInt8(ascii: "\n") }
            lineEnd = start
            do throws(MaskFormatError) {
                try appendRule(tokens, of: bytes, from: &place)
            } catch {
                throw MaskFormatError(line: line, "<style>: \(error.problem)")
            }
        }
    }

    private mutating func appendRule(
        _ tokens: [CSSToken], of text: [UInt8], from place: inout Int
    ) throws(MaskFormatError) {
        let start = place
        var isAtRule = false
        if case .atKeyword(let name) = tokens[start].kind {
            guard Self.ignored.contains(name) else {
                throw MaskFormatError("@\(name) in a style sheet; expected rules that apply everywhere")
            }
            isAtRule = true
        }
        while place < tokens.count, tokens[place].kind != .character(UInt8(ascii: "{")) {
            if isAtRule, tokens[place].kind == .character(UInt8(ascii: ";")) {
                place += 1
                return
            }
            place += 1
        }
        let head = start..<place
        let blockStart = place + 1
        // Up to the brace that closes the block, or to the end.
        var depth = 0
        while place < tokens.count {
            if tokens[place].kind == .character(UInt8(ascii: "{")) { depth += 1 }
            if tokens[place].kind == .character(UInt8(ascii: "}")) { depth -= 1 }
            place += 1
            if depth == 0 { break }
        }
        // Without a block, CSS ignores the rest.
        guard !isAtRule, blockStart <= tokens.count else { return }
        let isClosed = depth == 0
        let bytes = { (range: Range<Int>) in
            range.isEmpty
                ? []
                : Array(text[tokens[range.lowerBound].range.lowerBound..<tokens[range.upperBound - 1].range.upperBound])
        }
        let block = bytes(blockStart..<max(blockStart, isClosed ? place - 1 : place))
        let declarations = try CSSDeclaration.list(String(decoding: block, as: UTF8.self))
            .filter(SVGPropertyValue.matters)
        guard !declarations.isEmpty else { return }
        let list = bytes(head)
        let selectors = CSSTokenizer.tokens(of: list, keepsCase: true)
        for selector in selectors.split(
            omittingEmptySubsequences: false, whereSeparator: { $0.kind == .character(UInt8(ascii: ",")) })
        {
            guard let read = CSSSelector(selector.map(\.kind)) else {
                throw MaskFormatError(
                    "the selector \"\(CSSValue(selector, of: list).text)\"; expected elements, classes, and ids,"
                        + " or the properties as attributes")
            }
            index[read.key, default: []].append(rules.count)
            rules.append(Rule(selector: read, declarations: declarations))
        }
    }

    /// The declarations that apply to an element, in the order of precedence: later ones win.
    func declarations(for element: String, _ attributes: [String: String]) -> [CSSDeclaration] {
        guard !rules.isEmpty else { return [] }
        let found = CSSSelector.keys(of: element, attributes).flatMap { index[$0] ?? [] }
            .filter { rules[$0].selector.matches(element, attributes) }
        // Among equals, the order of the document decides.
        let sorted = found.sorted {
            let (first, second) = (rules[$0].selector.specificity, rules[$1].selector.specificity)
            return first == second ? $0 < $1 : first.lexicographicallyPrecedes(second)
        }
        return sorted.flatMap { rules[$0].declarations }
    }
}
