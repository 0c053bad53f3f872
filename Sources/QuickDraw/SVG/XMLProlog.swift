/// Finds the first element of an XML document, which tells what it is.
struct XMLProlog {
    private let text: [UInt8]
    private var place = 0

    /// The beginning of a document.
    init(_ text: RawSpan) {
        self.text = unsafe text.withUnsafeBytes { unsafe Array($0) }
        if starts("\u{FEFF}") { place = 3 }
        skipSpace()
    }

    /// Whether the text begins with markup of XML.
    var isXML: Bool {
        place + 1 < text.count && text[place] == UInt8(ascii: "<")
            && (isName(text[place + 1]) || starts("<?xml") || starts("<!"))
    }

    /// The name of the first element, after declarations, comments, and a document type; nil if the text ends first.
    ///
    /// - Complexity: O(bytes before it)
    mutating func firstElement() -> String? {
        while true {
            skipSpace()
            if starts("<?") {
                skip(to: "?>")
            } else if starts("<!--") {
                skip(to: "-->")
            } else if starts("<!") {
                skipDocumentType()
            } else {
                break
            }
        }
        place += 1
        var name: [UInt8] = []
        while place < text.count, isName(text[place]) {
            name.append(text[place])
            place += 1
        }
        return place < text.count ? String(decoding: name, as: UTF8.self) : nil
    }

    /// Passes over `<!DOCTYPE … [ … ]>`, whose declarations may have quotes and comments.
    private mutating func skipDocumentType() {
        var depth = 0
        while place < text.count {
            if starts("<!--") {
                skip(to: "-->")
                continue
            }
            let byte = text[place]
            place += 1
            switch byte {
            case UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ">"): depth -= 1
            case UInt8(ascii: "\""): skip(to: "\"")
            case UInt8(ascii: "'"): skip(to: "'")
            default: break
            }
            if depth == 0 { return }
        }
    }

    private mutating func skipSpace() {
        while place < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[place]) { place += 1 }
    }

    /// Moves behind the next `end`, or to the end of the text.
    private mutating func skip(to end: String) {
        while place < text.count {
            if starts(end) {
                place += end.utf8.count
                return
            }
            place += 1
        }
    }

    private func starts(_ expected: String) -> Bool {
        guard place + expected.utf8.count <= text.count else { return false }
        return expected.utf8.enumerated().allSatisfy { text[place + $0] == $1 }
    }

    private func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."), 0x80...:
            true
        default: false
        }
    }
}
