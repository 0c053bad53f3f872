internal import CSimdjson

/// A parsed document: simdjson's parser, with the tape and the strings of the document that it parsed last.
///
/// All values of a document share it, so it lives as long as any of them, and `JSONParser` parses into it again only
/// while it has no values.
@safe final class JSONDocument {
    private let parser: OpaquePointer

    /// A document without memory for its tape yet; nil if memory runs out.
    ///
    /// - Parameter capacity: The maximum length of the text in bytes.
    init?(capacity: Int) {
        guard let parser = unsafe qdjson_parser_create(capacity) else { return nil }
        unsafe self.parser = parser
    }

    deinit {
        unsafe qdjson_parser_destroy(parser)
    }

    /// Calls `parse`, which replaces the document, and returns the root value.
    func parse(_ parse: (OpaquePointer) -> Int32) throws(JSONSyntaxError) -> JSONValue {
        let code = unsafe parse(parser)
        guard code == 0 else { throw unsafe JSONSyntaxError(message: String(cString: qdjson_error_message(code))) }
        return unsafe JSONValue(document: self, tape: qdjson_tape(parser), strings: qdjson_strings(parser), index: 1)
    }
}
