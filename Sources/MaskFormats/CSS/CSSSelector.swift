/// A selector of a style sheet, as far as it is read: the name of an element, classes, and ids.
struct CSSSelector: Hashable {
    private var element: String?
    private var classes: [String] = []
    private var ids: [String] = []
    /// Whether it has a state that a document which nobody touches never has, or a part that is no element.
    private var isNever = false

    /// Reads a selector; nil if it has other parts than those that are read.
    ///
    /// - Parameter tokens: Its tokens, whose names are as they are written.
    init?(_ tokens: [CSSToken.Kind]) {
        var tokens = tokens[...]
        while tokens.first == .space { tokens.removeFirst() }
        while tokens.last == .space { tokens.removeLast() }
        guard !tokens.isEmpty else { return nil }
        var isFirst = true
        while let token = tokens.popFirst() {
            switch token {
            case .name(let name) where isFirst: element = name
            case .character(UInt8(ascii: "*")) where isFirst: break
            case .hash(let id): ids.append(id)
            case .character(UInt8(ascii: ".")):
                guard case .name(let name)? = tokens.popFirst() else { return nil }
                classes.append(name)
            case .character(UInt8(ascii: ":")):
                let isElement = tokens.first == .character(UInt8(ascii: ":"))
                if isElement { tokens.removeFirst() }
                guard case .name(let name)? = tokens.popFirst() else { return nil }
                let names = isElement ? Self.neverElements : Self.neverStates
                guard names.contains(name.lowercased()) else { return nil }
                isNever = true
            default: return nil
            }
            isFirst = false
        }
    }

    private static let neverStates: Set = [
        "hover", "active", "focus", "focus-visible", "focus-within", "target", "visited",
    ]
    private static let neverElements: Set = ["before", "after", "selection", "first-line", "first-letter", "marker"]

    /// Selectors with more ids take precedence; then those with more classes, and then those with the name of an element.
    var specificity: [Int] { [ids.count, classes.count, element == nil ? 0 : 1] }

    /// What every element that a selector matches has: an id, otherwise a class, otherwise a name, otherwise nothing.
    enum Key: Hashable {
        case id(String)
        case `class`(String)
        case element(String)
        case any
    }

    var key: Key {
        ids.first.map(Key.id) ?? classes.first.map(Key.class) ?? element.map(Key.element) ?? .any
    }

    /// The keys of the selectors that can match an element.
    static func keys(of name: String, _ attributes: [String: String]) -> [Key] {
        let classes = Set((attributes["class"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init))
        return [.any, .element(name)] + classes.map(Key.class) + (attributes["id"].map { [.id($0)] } ?? [])
    }

    /// Whether the selector matches an element.
    func matches(_ name: String, _ attributes: [String: String]) -> Bool {
        guard !isNever, element == nil || element == name else { return false }
        guard ids.allSatisfy({ $0 == attributes["id"] }) else { return false }
        guard !classes.isEmpty else { return true }
        let names = (attributes["class"] ?? "").split(whereSeparator: \.isWhitespace)
        return classes.allSatisfy { name in names.contains { $0 == name } }
    }
}
