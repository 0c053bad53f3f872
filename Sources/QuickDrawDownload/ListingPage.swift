import JSONText
import QuickDraw

/// A file of drawings, as the bucket's listing has it.
public struct ListedFile: Hashable, Sendable {
    /// Its name in the bucket: `full/simplified/The Eiffel Tower.ndjson`.
    public let name: String
    /// What was drawn: `The Eiffel Tower`.
    public let word: String
    /// Bytes.
    public let size: Int
    /// Of its bytes.
    let md5: MD5.Digest
}

/// A page of the bucket's listing.
struct ListingPage: Hashable, Sendable {
    /// The files of drawings on it, in its order.
    var files: [ListedFile] = []
    /// What to ask the next page with; nil on the last.
    var nextPageToken: String?

    /// Reads a page of the listing of a form. What is no file of drawings is left out: folders, other endings.
    ///
    /// - Throws: `TransferFault.lasting` if it is not JSON, or a file has no size or no MD5.
    init(_ text: [UInt8], form: SourceFormat) throws(TransferFault) {
        var parser = JSONParser()
        let page: JSONValue
        do {
            page = try parser.parse(text)
        } catch {
            throw .lasting("\(error)")
        }
        guard page.kind == .object else { throw .lasting("not a JSON object; expected a bucket's listing") }
        if let token = page["nextPageToken"] {
            guard let text = token.string?.text else {
                throw .lasting("\"nextPageToken\" is \(token.compactText); expected a string")
            }
            nextPageToken = text.isEmpty ? nil : text
        }
        // A page without files has no items at all.
        guard let items = page["items"] else { return }
        guard let elements = items.elements else { throw .lasting("\"items\" is no list; expected one of files") }
        for item in elements {
            guard let name = item["name"]?.string?.text else {
                throw .lasting("an item without a name; expected name, size and md5Hash")
            }
            guard let word = Self.word(of: name, form: form) else { continue }
            guard let size = item["size"]?.string.flatMap({ Int($0.text) }) ?? item["size"]?.int, size >= 0 else {
                throw .lasting("\(name): size is \(Self.text(item["size"])); expected a number of bytes")
            }
            guard let md5 = item["md5Hash"]?.string.flatMap({ MD5.Digest(base64: $0.text) }) else {
                throw .lasting("\(name): md5Hash is \(Self.text(item["md5Hash"])); expected 16 bytes in base64")
            }
            files.append(ListedFile(name: name, word: word, size: size, md5: md5))
        }
    }

    private static func text(_ value: JSONValue?) -> String { value?.compactText ?? "missing" }

    /// The word of a file's name; nil if it is no name of that form, or the word would not be a file's name here.
    private static func word(of name: String, form: SourceFormat) -> String? {
        guard name.hasPrefix(form.prefix), name.hasSuffix(form.fileExtension) else { return nil }
        let bytes = name.utf8.dropFirst(form.prefix.utf8.count).dropLast(form.fileExtension.utf8.count)
        guard let first = bytes.first, first != UInt8(ascii: ".") else { return nil }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }) else { return nil }
        return String(bytes)
    }
}
