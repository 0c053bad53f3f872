internal import CSimdjson

/// Parses JSON documents with simdjson, and reuses its buffers from one document to the next.
package struct JSONParser: ~Copyable {
    /// Nil if memory could not be allocated.
    private let parser: OpaquePointer?

    /// A parser that allocates its buffers when it parses the first document.
    ///
    /// - Parameter capacity: The maximum length of a document in bytes; 1 GiB by default.
    package init(capacity: Int = 1 << 30) {
        parser = qdjson_parser_create(capacity)
    }

    deinit {
        if let parser { qdjson_parser_destroy(parser) }
    }

    /// Parses one document and returns its root value.
    ///
    /// The value and all values inside it are valid until the next call, and no longer than the parser.
    /// - Throws: `JSONSyntaxError` if the text is not a single JSON value, is too long, or memory runs out.
    /// - Complexity: O(*n*), about 1 GB/s
    package mutating func parse(_ text: RawSpan) throws(JSONSyntaxError) -> JSONValue {
        try text.withUnsafeBytes { (bytes) throws(JSONSyntaxError) in try parse(bytes) }
    }

    /// Parses one document that is a whole file in memory, and returns its root value.
    package mutating func parse(_ text: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        try parse(text.span.bytes)
    }

    /// Parses the first `count` bytes of `text`, and returns the root value.
    ///
    /// simdjson reads up to 64 bytes past the end of a document; if `text` has them, the document is not copied.
    package mutating func parse(padded text: RawSpan, count: Int) throws(JSONSyntaxError) -> JSONValue {
        precondition((0...text.byteCount).contains(count))
        return try text.withUnsafeBytes { (bytes) throws(JSONSyntaxError) in
            guard let start = bytes.baseAddress, bytes.count >= count + qdjson_padding else {
                return try parse(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            }
            return try value { qdjson_parse_padded($0, start, count) }
        }
    }

    private func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) -> JSONValue {
        try value { qdjson_parse($0, bytes.baseAddress, bytes.count) }
    }

    private func value(_ parse: (OpaquePointer) -> Int32) throws(JSONSyntaxError) -> JSONValue {
        guard let parser else { throw JSONSyntaxError(message: "out of memory") }
        let code = parse(parser)
        guard code == 0 else { throw JSONSyntaxError(message: String(cString: qdjson_error_message(code))) }
        return JSONValue(tape: qdjson_tape(parser), strings: qdjson_strings(parser), index: 1)
    }
}
