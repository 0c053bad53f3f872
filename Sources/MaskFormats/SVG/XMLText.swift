import JSONText

/// Text as XML and HTML contain it.
package enum XMLText {
    /// Appends UTF-8 text as the content of an element.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - escapesQuotes: Whether quotes are replaced, too, as the value of an attribute needs.
    ///   - bytes: The document.
    package static func append(_ text: [UInt8], escapesQuotes: Bool = false, to bytes: inout [UInt8]) {
        var start = 0
        for index in text.indices {
            let escape: StaticString
            switch text[index] {
            case UInt8(ascii: "&"): escape = "&amp;"
            case UInt8(ascii: "<"): escape = "&lt;"
            case UInt8(ascii: ">"): escape = "&gt;"
            case UInt8(ascii: "\"") where escapesQuotes: escape = "&quot;"
            default: continue
            }
            bytes.append(contentsOf: text[start..<index])
            bytes.append(escape)
            start = index + 1
        }
        bytes.append(contentsOf: text[start...])
    }

    /// The text as the content of an element, or as the value of an attribute in double quotes.
    package static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(Array(text.utf8), escapesQuotes: true, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
