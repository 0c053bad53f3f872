internal import CSimdjson

/// Parses JSON documents with simdjson, and reuses its buffers from one document to the next.
public struct JSONParser: ~Copyable {
    private let capacity: Int
    /// The document that was parsed last; nil before the first.
    private var document: JSONDocument?

    /// A parser that allocates its buffers when it parses the first document.
    ///
    /// - Parameter capacity: The maximum length of a document in bytes; 1 GiB by default.
    public init(capacity: Int = 1 << 30) {
        self.capacity = max(capacity, 0)
    }

    /// Parses one document and returns its root value.
    ///
    /// The value and all values inside it stay valid as long as they exist. The buffers are reused for the next document
    /// if no value of this one is left by then.
    /// - Throws: `JSONSyntaxError` if the text is not a single JSON value, is too long, or memory runs out.
    /// - Complexity: O(*n*), about 1 GB/s
    public mutating func parse(_ text: RawSpan) throws(JSONSyntaxError) -> JSONValue {
        unsafe try text.withUnsafeBytes { (bytes) throws(JSONSyntaxError) in unsafe try parse(bytes) }
    }

    /// Parses one document that is a whole file in memory, and returns its root value.
    public mutating func parse(_ text: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        unsafe try parse(text.span.bytes)
    }

    /// Parses the first `count` bytes of `text`, and returns the root value.
    ///
    /// simdjson reads up to 64 bytes past the end of a document; if `text` has them, the document is not copied.
    /// - Precondition: `count` is from 0 to the number of bytes of `text`.
    public mutating func parse(padded text: RawSpan, count: Int) throws(JSONSyntaxError) -> JSONValue {
        unsafe try text.withUnsafeBytes { (bytes) throws(JSONSyntaxError) in
            precondition((0...bytes.count).contains(count), "a document longer than its text")
            guard let start = bytes.baseAddress, bytes.count - count >= qdjson_padding else {
                return unsafe try parse(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            }
            return unsafe try unusedDocument().parse { unsafe qdjson_parse_padded($0, start, count) }
        }
    }

    private mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) -> JSONValue {
        do throws(JSONSyntaxError) {
            return unsafe try unusedDocument().parse { unsafe qdjson_parse($0, bytes.baseAddress, bytes.count) }
        } catch {
            throw unsafe Self.encodingError(bytes) ?? error
        }
    }

    /// Why a text is not JSON whose encoding another program chose; nil for UTF-8.
    private static func encodingError(_ bytes: UnsafeRawBufferPointer) -> JSONSyntaxError? {
        let beginning = unsafe Array(bytes.prefix(3))
        if beginning == [0xEF, 0xBB, 0xBF] {
            return JSONSyntaxError(message: "a byte order mark; expected UTF-8 without one")
        }
        let isUTF16 = beginning.starts(with: [0xFF, 0xFE]) || beginning.starts(with: [0xFE, 0xFF])
        return isUTF16 ? JSONSyntaxError(message: "text in UTF-16; expected UTF-8") : nil
    }

    /// Returns the last document if none of its values is left, and otherwise a new one.
    private mutating func unusedDocument() throws(JSONSyntaxError) -> JSONDocument {
        if !isKnownUniquelyReferenced(&document) { document = JSONDocument(capacity: capacity) }
        guard let document else { throw JSONSyntaxError(message: "out of memory") }
        return document
    }
}
