internal import CExpat

/// A part of an XML document, in document order.
enum XMLEvent {
    /// The start of an element. `namespace` is empty without one; attributes in a namespace are omitted, but that
    /// `xlink:href` is `href` unless there is one.
    case start(namespace: String, name: String, attributes: [String: String], line: Int)
    case end
    /// A part of the text in an element with the name `style`.
    case text(String, line: Int)
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
    guard let parser = unsafe XML_ParserCreateNS(nil, separator) else { throw MaskFormatError("out of memory") }
    defer { unsafe XML_ParserFree(parser) }
    let session = unsafe ExpatSession(parser: parser, handler: handler)
    return try withExtendedLifetime(session) { () throws(MaskFormatError) in
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(session).toOpaque())
        unsafe XML_SetElementHandler(
            parser,
            { session, name, attributes in
                guard let session = unsafe session, let name = unsafe name else { return }
                unsafe ExpatSession.from(session).start(name, attributes)
            },
            { session, _ in
                if let session = unsafe session { unsafe ExpatSession.from(session).end() }
            })
        unsafe XML_SetCharacterDataHandler(parser) { session, text, count in
            if let session = unsafe session { unsafe ExpatSession.from(session).text(text, count: Int(count)) }
        }
        unsafe XML_SetEntityDeclHandler(parser) { session, _, _, _, _, _, _, _, _ in
            if let session = unsafe session { unsafe ExpatSession.from(session).send { .entityDeclaration(line: $0) } }
        }
        unsafe XML_SetProcessingInstructionHandler(parser) { session, target, _ in
            guard let session = unsafe session, let target = unsafe target,
                unsafe String(cString: target) == "xml-stylesheet"
            else { return }
            unsafe ExpatSession.from(session).send { .styleSheet(line: $0) }
        }
        let status = unsafe text.withUnsafeBytes { bytes in
            unsafe XML_Parse(
                parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count), 1)
        }
        if let error = session.error { throw error }
        guard status == XML_STATUS_OK else {
            let reason =
                unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) } ?? "unknown error"
            throw MaskFormatError(line: session.line, "not XML: \(reason)")
        }
    }
}

private let separator = XML_Char(0x0C)
private let xlinkNamespace = "http://www.w3.org/1999/xlink"

/// The state that expat's callbacks share.
@safe private final class ExpatSession {
    private let parser: XML_Parser
    private let handler: (XMLEvent) throws(MaskFormatError) -> Void
    private(set) var error: MaskFormatError?
    /// Whether the innermost open element is a style sheet.
    private var isInStyle = false

    init(parser: XML_Parser, handler: @escaping (XMLEvent) throws(MaskFormatError) -> Void) {
        unsafe self.parser = parser
        self.handler = handler
    }

    static func from(_ pointer: UnsafeMutableRawPointer) -> ExpatSession {
        unsafe Unmanaged.fromOpaque(pointer).takeUnretainedValue()
    }

    var line: Int { unsafe Int(XML_GetCurrentLineNumber(parser)) }

    func start(_ name: UnsafePointer<XML_Char>, _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
        let parts = unsafe Self.split(name)
        isInStyle = parts.name == "style"
        var attributes: [String: String] = [:]
        var link: String?
        if var list = unsafe list {
            while let name = unsafe list[0], let value = unsafe list[1] {
                let parts = unsafe Self.split(name)
                if parts.namespace.isEmpty {
                    attributes[parts.name] = unsafe String(cString: value)
                } else if parts.namespace == xlinkNamespace, parts.name == "href" {
                    link = unsafe String(cString: value)
                }
                unsafe list += 2
            }
        }
        if attributes["href"] == nil { attributes["href"] = link }
        send { .start(namespace: parts.namespace, name: parts.name, attributes: attributes, line: $0) }
    }

    func end() {
        isInStyle = false
        send { _ in .end }
    }

    func text(_ text: UnsafePointer<XML_Char>?, count: Int) {
        guard isInStyle, let text = unsafe text else { return }
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: count)
        let content = unsafe String(decoding: bytes, as: UTF8.self)
        send { .text(content, line: $0) }
    }

    func send(_ event: (_ line: Int) -> XMLEvent) {
        guard error == nil else { return }
        do throws(MaskFormatError) {
            try handler(event(line))
        } catch {
            self.error = error
            unsafe XML_StopParser(parser, XML_Bool(XML_FALSE))
        }
    }

    /// Expat reports a name in a namespace as the namespace, the separator, and the name.
    private static func split(_ name: UnsafePointer<XML_Char>) -> (namespace: String, name: String) {
        let text = unsafe String(cString: name)
        guard let place = text.utf8.firstIndex(of: UInt8(bitPattern: separator)) else { return ("", text) }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }
}
