package import SystemPackage

/// Derives the category from the name of a Quick, Draw! file, however it was downloaded.
///
/// Official words contain no dot, slash, underscore, plus, or parenthesis; some contain capitals, spaces, and hyphens:
/// `The Eiffel Tower`, `t-shirt`. Everything else in a name can therefore be removed, and underscores mean spaces.
/// Hyphens are kept, although some tools write them for spaces: only the list of words could tell.
package enum CategoryName {
    /// The category in the name of the file at `path`; nil if nothing is left of the name, or it is not UTF-8.
    package static func word(fromFileAt path: FilePath) -> String? {
        path.lastComponent.flatMap { String(validating: $0) }.flatMap { word(fromFileName: $0) }
    }

    /// The category in `name`; nil if nothing is left of it.
    ///
    /// In this order: `%20` and `+` are decoded; folders are removed (`full%2Fbinary%2F`), and everything from the
    /// first dot (`.bin`, `.ndjson.gz`, `.first8192.bin`); underscores, control characters, and runs of spaces become
    /// one space; the number of a copy is removed (` (1)`), and a leading `full binary`, `full simplified`, or `full
    /// raw`.
    package static func word(fromFileName name: String) -> String? {
        let decoded = percentDecoded(name)
        let base = decoded.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let stem = base.prefix { $0 != "." }
        var words = stem.split { $0 == " " || $0 == "_" || $0.unicodeScalars.allSatisfy { $0.value < 32 } }
        if let last = words.last, let number = copyNumber(at: last) {
            words.removeLast()
            if number.startIndex > last.startIndex { words.append(last[..<number.startIndex]) }
        }
        if words.count > 2, words[0].lowercased() == "full",
            ["binary", "simplified", "raw"].contains(words[1].lowercased())
        {
            words.removeFirst(2)
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The `(1)` at the end of a word; nil if there is none.
    private static func copyNumber(at word: Substring) -> Substring? {
        guard word.last == ")", let start = word.lastIndex(of: "(") else { return nil }
        let digits = word[word.index(after: start)...].dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return word[start...]
    }

    /// Decodes `+` as a space and `%` with two hexadecimal digits as a byte; invalid UTF-8 is repaired.
    private static func percentDecoded(_ name: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2, let high = digit(rest[rest.startIndex]),
                let low = digit(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
