/// The elements of an SVG document, and its style sheets.
///
/// Elements may refer to later ones, and a style sheet may follow what it applies to, so that all is read before any
/// element is interpreted.
final class SVGDocument {
    /// In document order: an element is followed by its descendants.
    private(set) var elements: [SVGElement] = []
    private(set) var styleSheet = CSSStyleSheet()
    /// The index of the first element with each `id`.
    private(set) var ids: [String: Int] = [:]

    private var open: [Int] = []
    /// The text of the style sheet in progress, and the line where it begins.
    private var styleText: String?
    private var styleLine = 0

    private static let namespace = "http://www.w3.org/2000/svg"
    private static let htmlNamespace = "http://www.w3.org/1999/xhtml"
    /// Elements that change how other elements look, wherever they are.
    private static let activeElements: Set = [
        "script", "link", "set", "animate", "animateColor", "animateMotion", "animateTransform",
    ]

    /// Reads a document.
    ///
    /// - Throws: `MaskFormatError` with the line if it is not XML or not SVG, or has a part that could change how it looks.
    /// - Complexity: O(*n*) in the length of the text
    init(_ text: [UInt8]) throws(MaskFormatError) {
        try parseXML(text) { [unowned self] (event) throws(MaskFormatError) in try handle(event) }
        guard elements.contains(where: { $0.name == "svg" }) else {
            throw MaskFormatError("no <svg> element; expected an SVG document")
        }
    }

    /// The indices of the children of an element.
    func children(of index: Int) -> [Int] {
        var children: [Int] = []
        var child = index + 1
        while child < elements[index].end {
            children.append(child)
            child = elements[child].end
        }
        return children
    }

    private func handle(_ event: XMLEvent) throws(MaskFormatError) {
        switch event {
        case .entityDeclaration(let line):
            throw MaskFormatError(line: line, "an entity is declared; expected a document without entities")
        case .styleSheet(let line):
            throw MaskFormatError(line: line, "a style sheet is referenced; expected a document without style sheets")
        case .text(let text, let line):
            if styleText == "" { styleLine = line }
            styleText? += text
        case .end:
            if let text = styleText {
                try styleSheet.append(text, firstLine: styleLine)
                styleText = nil
            }
            if let index = open.popLast() { elements[index].end = elements.count }
        case .start(let namespace, let name, let attributes, let line):
            do throws(MaskFormatError) {
                try start(namespace: namespace, name: name, attributes: attributes, line: line)
            } catch {
                throw MaskFormatError(line: line, "<\(name)>: \(error.problem)")
            }
        }
    }

    private func start(
        namespace: String, name: String, attributes: [String: String], line: Int
    ) throws(MaskFormatError) {
        guard styleText == nil else { throw MaskFormatError("in a style sheet; expected only text there") }
        let isSVG = namespace == Self.namespace
        if isSVG || namespace == Self.htmlNamespace, Self.activeElements.contains(name) || name == "style" && !isSVG {
            throw MaskFormatError("unsupported element; expected a document without scripts, links, and animations")
        }
        guard isSVG || !elements.isEmpty else {
            throw MaskFormatError("not in the SVG namespace; expected \(Self.namespace)")
        }
        if isSVG, let id = attributes["id"], ids[id] == nil { ids[id] = elements.count }
        open.append(elements.count)
        elements.append(
            SVGElement(
                name: isSVG ? name : nil, attributes: attributes, line: line, parent: open.dropLast().last ?? -1,
                end: elements.count + 1))
        if isSVG, name == "style" {
            try CSSStyleSheet.check(attributes)
            styleText = ""
        }
    }
}
