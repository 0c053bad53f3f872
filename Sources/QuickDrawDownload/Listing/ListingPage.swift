import JSONText
import QuickDraw

/// A page of the bucket's listing.
struct ListingPage: Hashable, Sendable {
    /// The largest accepted size of a file: 1 TiB. Google's largest has 185 MB. Sums of all files stay far below 2⁶³.
    static let sizeLimit = 1 << 40

    /// The files of drawings, in order.
    var files: [ListedFile] = []
    /// The token of the next page; nil on the last page.
    var nextPageToken: String?

    /// Parses a page of the listing of a format. Everything but files of drawings is skipped: folders, other
    /// extensions.
    ///
    /// - Throws: `TransferError.permanent` if it is not JSON, or a file has no size or no MD5.
    init(_ text: [UInt8], format: PublishedFormat) throws(TransferError) {
        var parser = JSONParser()
        let page: JSONValue
        do {
            page = try parser.parse(text)
        } catch {
            throw .permanent("\(error)")
        }
        guard page.kind == .object else { throw .permanent("not a JSON object; expected a bucket's listing") }
        if let token = page["nextPageToken"] {
            guard let text = token.string?.text else {
                throw .permanent("\"nextPageToken\" is \(token.compactText); expected a string")
            }
            nextPageToken = text.isEmpty ? nil : text
        }
        // A page without files has no member `items`.
        guard let items = page["items"] else { return }
        guard let elements = items.elements else {
            throw .permanent("\"items\" is not a list; expected a list of files")
        }
        for item in elements {
            guard let name = item["name"]?.string?.text else {
                throw .permanent("an item without a name; expected name, size, and md5Hash")
            }
            guard let word = Self.word(of: name, format: format) else { continue }
            let size = item["size"]?.string.flatMap({ Int($0.text) }) ?? item["size"]?.int
            guard let size, (0...Self.sizeLimit).contains(size) else {
                throw .permanent(
                    "\(name): size is \(Self.text(item["size"])); expected a number of bytes, at most \(Self.sizeLimit)"
                )
            }
            guard let md5 = item["md5Hash"]?.string.flatMap({ MD5.Digest(base64: $0.text) }) else {
                throw .permanent("\(name): md5Hash is \(Self.text(item["md5Hash"])); expected 16 bytes in base64")
            }
            files.append(ListedFile(name: name, word: word, size: size, md5: md5))
        }
    }

    private static func text(_ value: JSONValue?) -> String { value?.compactText ?? "missing" }

    /// The word in a file's name; nil if the name is not of the format, or the word cannot be a local file name.
    private static func word(of name: String, format: PublishedFormat) -> String? {
        guard name.hasPrefix(format.prefix), name.hasSuffix(format.fileExtension) else { return nil }
        let bytes = name.utf8.dropFirst(format.prefix.utf8.count).dropLast(format.fileExtension.utf8.count)
        guard let first = bytes.first, first != UInt8(ascii: ".") else { return nil }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }) else { return nil }
        return String(bytes)
    }
}
