internal import CExpat

/// A part of an XML document, in document order.
enum XMLEvent {
    /// The start of an element. `namespace` is empty without one; attributes in a namespace are omitted.
    case start(namespace: String, name: String, attributes: [String: String], line: Int)
    case end
    /// The declaration of an entity, which could change what the document says.
    case entityDeclaration(line: Int)
    /// A reference to a style sheet, which could change how the document looks.
    case styleSheet(line: Int)
}

/// Parses an XML document with expat and passes each event to `handler`; stops at the first error of either.
///
/// External DTDs, entities, and other documents are never opened.
func parseXML(
    _ text: [UInt8], handler: @escaping (XMLEvent) throws(MaskFormatError) -> Void
) throws(MaskFormatError) {
    // The separator cannot occur in the name of a namespace or an element.
    guard let parser = XML_ParserCreateNS(nil, separator) else { throw MaskFormatError("out of memory") }
    defer { XML_ParserFree(parser) }
    let session = ExpatSession(parser: parser, handler: handler)
    return try withExtendedLifetime(session) { () throws(MaskFormatError) in
        XML_SetUserData(parser, Unmanaged.passUnretained(session).toOpaque())
        XML_SetElementHandler(
            parser,
            { session, name, attributes in
                guard let session, let name else { return }
                ExpatSession.from(session).start(name, attributes)
            },
            { session, _ in
                if let session { ExpatSession.from(session).send { _ in .end } }
            })
        XML_SetEntityDeclHandler(parser) { session, _, _, _, _, _, _, _, _ in
            if let session { ExpatSession.from(session).send { .entityDeclaration(line: $0) } }
        }
        XML_SetProcessingInstructionHandler(parser) { session, target, _ in
            guard let session, let target, String(cString: target) == "xml-stylesheet" else { return }
            ExpatSession.from(session).send { .styleSheet(line: $0) }
        }
        let status = text.withUnsafeBytes { bytes in
            XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count), 1)
        }
        if let error = session.error { throw error }
        guard status == XML_STATUS_OK else {
            let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "unknown error"
            throw MaskFormatError(line: session.line, "not XML: \(reason)")
        }
    }
}

private let separator = XML_Char(0x0C)

/// The state that expat's callbacks share.
private final class ExpatSession {
    private let parser: XML_Parser
    private let handler: (XMLEvent) throws(MaskFormatError) -> Void
    private(set) var error: MaskFormatError?

    init(parser: XML_Parser, handler: @escaping (XMLEvent) throws(MaskFormatError) -> Void) {
        self.parser = parser
        self.handler = handler
    }

    static func from(_ pointer: UnsafeMutableRawPointer) -> ExpatSession {
        Unmanaged.fromOpaque(pointer).takeUnretainedValue()
    }

    var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

    func start(_ name: UnsafePointer<XML_Char>, _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
        let parts = Self.split(name)
        var attributes: [String: String] = [:]
        if var list {
            while let name = list[0], let value = list[1] {
                let parts = Self.split(name)
                if parts.namespace.isEmpty { attributes[parts.name] = String(cString: value) }
                list += 2
            }
        }
        send { .start(namespace: parts.namespace, name: parts.name, attributes: attributes, line: $0) }
    }

    func send(_ event: (_ line: Int) -> XMLEvent) {
        guard error == nil else { return }
        do throws(MaskFormatError) {
            try handler(event(line))
        } catch {
            self.error = error
            XML_StopParser(parser, XML_Bool(XML_FALSE))
        }
    }

    /// Expat reports a name in a namespace as the namespace, the separator, and the name.
    private static func split(_ name: UnsafePointer<XML_Char>) -> (namespace: String, name: String) {
        let text = String(cString: name)
        guard let place = text.utf8.firstIndex(of: UInt8(bitPattern: separator)) else { return ("", text) }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }
}
