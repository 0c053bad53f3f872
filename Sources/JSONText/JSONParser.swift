internal import CSimdjson

/// Reads JSON documents by simdjson, and keeps its buffers from one to the next.
public struct JSONParser: ~Copyable {
    /// Nil if there was no memory for it.
    private let parser: OpaquePointer?

    /// A parser without buffers yet.
    ///
    /// - Parameter capacity: the longest document to accept, in bytes; 1 GiB by default.
    public init(capacity: Int = 1 << 30) {
        parser = qdjson_parser_create(capacity)
    }

    deinit {
        if let parser { qdjson_parser_destroy(parser) }
    }

    /// Parses one document, and gives its outermost value.
    ///
    /// The value and all that is reached from it live until the next call, and no longer than the parser.
    /// - Throws: `JSONSyntaxError` if the text is not one JSON value, is too long, or there is no memory for it.
    /// - Complexity: O(bytes), some 1 GB/s
    public mutating func parse(_ text: RawSpan) throws(JSONSyntaxError) -> JSONValue {
        try text.withUnsafeBytes { (bytes) throws(JSONSyntaxError) in try parse(bytes) }
    }

    /// The same for a whole file in memory.
    public mutating func parse(_ text: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        try parse(text.span.bytes)
    }

    /// The same for the first `count` bytes of a text that goes on behind them; it is not copied if it does so for 64.
    public mutating func parse(padded text: RawSpan, count: Int) throws(JSONSyntaxError) -> JSONValue {
        try text.withUnsafeBytes { (bytes) throws(JSONSyntaxError) in
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

/// Why a text is not JSON, in simdjson's words.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// simdjson's words, without a place: `Empty: no JSON found`.
    public let message: String

    /// One line: `not JSON: Empty: no JSON found`.
    public var description: String { "not JSON: \(message)" }
}
