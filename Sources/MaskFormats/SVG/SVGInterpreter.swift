import MaskModel
import PlaneGeometry

/// Walks through the elements of an SVG document and passes its shapes to a converter.
final class SVGInterpreter<Converter: SVGShapeConverter> {
    private(set) var converter: Converter

    /// What the children of an element inherit.
    private struct Context {
        var style: SVGStyle
        /// The map from the element's coordinates to the canvas.
        var transform: AffineTransform
        /// What lengths in percent are parts of, in user units.
        var viewport: SVGViewport.Size
        var clips: [SVGClip] = []
        var depth = 0

        /// The style of an element that is displayed; nil if it is not.
        var styleIfDisplayed: SVGStyle? { style.isDisplayed ? style : nil }
    }

    private let document: SVGDocument
    /// The elements that `use` stands for at the moment, which it must not contain.
    private var used: Set<Int> = []
    /// How many elements may still be visited.
    private var remainingElements: Int

    /// Attributes that hide an element under conditions of the viewer, or run a script.
    private static var conditions: [String] {
        ["requiredExtensions", "requiredFeatures", "systemLanguage", "onload"]
    }
    /// The maximum nesting depth of elements.
    private static var depthLimit: Int { 200 }
    /// How many more elements than the document has are visited at most: `use` in what is used multiplies them.
    private static var useLimit: Int { 200_000 }

    /// Interprets a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - makeConverter: Returns the converter for the attributes of the outermost element.
    init(
        _ document: SVGDocument, makeConverter: ([String: String]) throws(MaskFormatError) -> Converter
    ) throws(MaskFormatError) {
        self.document = document
        remainingElements = document.elements.count + Self.useLimit
        guard let root = document.elements.firstIndex(where: { $0.name == "svg" }) else {
            throw MaskFormatError("no <svg> element; expected an SVG document")
        }
        let element = document.elements[root]
        do throws(MaskFormatError) {
            converter = try makeConverter(element.attributes)
        } catch {
            throw MaskFormatError(line: element.line, "<svg>: \(error.problem)")
        }
        var context = Context(
            style: SVGStyle(ignoring: Converter.ignoredProperties), transform: converter.documentTransform,
            viewport: converter.viewport)
        try locating(element) { () throws(MaskFormatError) in
            try start(element, &context, isOutermost: true)
            guard let style = context.styleIfDisplayed else { return }
            converter.paper = style.background.map(SVGPaint.Kind.color)
        }
        guard context.styleIfDisplayed != nil else { return }
        try visitChildren(of: root, context)
    }

    // MARK: Elements

    private func locating(
        _ element: SVGElement, _ body: () throws(MaskFormatError) -> Void
    ) throws(MaskFormatError) {
        do throws(MaskFormatError) {
            try body()
        } catch {
            guard error.line == nil else { throw error }
            throw MaskFormatError(line: element.line, "<\(element.name ?? "")>: \(error.problem)")
        }
    }

    private func count(_ elements: Int) throws(MaskFormatError) {
        remainingElements -= elements
        guard remainingElements > 0 else {
            throw MaskFormatError("more than \(Self.useLimit) elements are used; expected fewer uses of large parts")
        }
    }

    private func visitChildren(of index: Int, _ context: Context) throws(MaskFormatError) {
        for child in document.children(of: index) { try visit(child, context) }
    }

    private func visit(_ index: Int, _ parent: Context) throws(MaskFormatError) {
        let element = document.elements[index]
        guard let name = element.name, !SVGElement.unseen.contains(name), !Converter.ignoredElements.contains(name)
        else {
            return
        }
        try locating(element) { () throws(MaskFormatError) in
            try count(1)
            var context = parent
            context.depth += 1
            try start(element, &context, isOutermost: false)
            guard let style = context.styleIfDisplayed else { return }
            guard name == "svg" || name == "g" || name == "a" || name == "use" || SVGShape.names.contains(name) else {
                throw MaskFormatError(Self.unsupported(name))
            }
            guard context.depth < Self.depthLimit else {
                throw MaskFormatError("nested too deeply; expected at most \(Self.depthLimit) levels")
            }
            switch name {
            case "g", "a": try visitChildren(of: index, context)
            case "svg":
                let lengths = SVGShapeLengths(attributes: element.attributes, viewport: context.viewport)
                let origin = Point(x: try lengths.value("x"), y: try lengths.value("y"))
                try visitNested(index, at: origin, size: element.attributes, context)
            case "use": try visitUsed(by: element, context)
            default:
                let shape = try SVGShape(name, element.attributes, viewport: context.viewport)
                try converter.convert(
                    shape, of: element, style: style, transform: context.transform, viewport: context.viewport,
                    clips: context.clips)
            }
        }
    }

    /// What would help for an element that is not read.
    private static func unsupported(_ name: String) -> String {
        let help =
            switch name {
            case "text", "textPath", "tspan": "the text converted to paths"
            case "image": "shapes only, or the image as a PNG mask"
            case "foreignObject", "switch", "video", "audio", "canvas", "iframe": "it removed, or drawn as shapes"
            default: "g, svg, use, a, path, rect, circle, ellipse, line, polyline, or polygon"
            }
        return "unsupported element; expected \(help)"
    }

    /// Applies the style, the transform, and the clip path of an element.
    private func start(
        _ element: SVGElement, _ context: inout Context, isOutermost: Bool
    ) throws(MaskFormatError) {
        let (name, attributes) = (element.name ?? "", element.attributes)
        context.style = try context.style.inherited(
            by: attributes, of: name, sheet: document.styleSheet.declarations(for: name, attributes))
        // Browsers differ in whether they show the outermost element all the same.
        guard context.style.hasDisplay || !isOutermost else {
            throw MaskFormatError("a document that is not displayed; expected display=\"none\" on a g")
        }
        guard context.style.isDisplayed else { return }
        for condition in Self.conditions where attributes[condition] != nil {
            throw MaskFormatError("\(condition) is \"\(attributes[condition] ?? "")\"; expected no such attribute")
        }
        if context.style.usesTransform, let transform = attributes["transform"] {
            let transform = try parseTransform(transform)
            // Browsers transform the outermost element about its center.
            guard !isOutermost || transform == .identity else {
                throw MaskFormatError("a transform of the whole document; expected it on a g")
            }
            guard name != "svg" || transform == .identity else {
                throw MaskFormatError("a transform of an svg element; expected it on a g")
            }
            context.transform = transform.followed(by: context.transform)
        }
        if let id = context.style.clipPath {
            guard !isOutermost else {
                throw MaskFormatError("clip-path of the whole document; expected it on a g")
            }
            context.clips.append(try clip(id, context))
        }
    }

    // MARK: References

    private func visitUsed(by element: SVGElement, _ context: Context) throws(MaskFormatError) {
        guard let link = element.attributes["href"] else { return }
        guard link.hasPrefix("#") else {
            throw MaskFormatError("href is \"\(link)\"; expected an element of this document, #…")
        }
        guard let index = document.ids[String(link.dropFirst())] else {
            throw MaskFormatError("href is \"\(link)\"; expected the id of an element")
        }
        guard used.insert(index).inserted else {
            throw MaskFormatError("\"\(link)\" contains this element; expected no use of itself")
        }
        defer { used.remove(index) }
        let lengths = SVGShapeLengths(attributes: element.attributes, viewport: context.viewport)
        var context = context
        context.transform = AffineTransform.translation(dx: try lengths.value("x"), dy: try lengths.value("y"))
            .followed(by: context.transform)
        let target = document.elements[index]
        guard target.name == "symbol" || target.name == "svg" else {
            try visit(index, context)
            return
        }
        guard target.name == "symbol" else {
            // Renderers differ in which sides such a viewport has.
            throw MaskFormatError("\"\(link)\" is an svg element; expected a symbol, a g, or a shape")
        }
        try locating(target) { () throws(MaskFormatError) in
            for name in ["x", "y", "width", "height", "refX", "refY"] where target.attributes[name] != nil {
                throw MaskFormatError("\(name) of a symbol; expected it on the use")
            }
            context.depth += 1
            try start(target, &context, isOutermost: false)
            guard context.styleIfDisplayed != nil else { return }
            try visitNested(index, at: Point(x: 0, y: 0), size: element.attributes, context)
        }
    }

    /// Visits the children of a nested `svg` or a `symbol`, whose sides are all of the viewport unless `size` has others.
    private func visitNested(
        _ index: Int, at origin: Point, size attributes: [String: String], _ context: Context
    ) throws(MaskFormatError) {
        let lengths = SVGShapeLengths(attributes: attributes, viewport: context.viewport)
        let size = SVGViewport.Size(
            width: attributes["width"] == nil ? context.viewport.width : try lengths.size("width"),
            height: attributes["height"] == nil ? context.viewport.height : try lengths.size("height"))
        guard let nested = try SVGViewport.nested(document.elements[index].attributes, at: origin, size: size) else {
            return
        }
        var inner = context
        if context.style.overflow != "visible", context.style.overflow != "auto" {
            inner.clips.append(
                SVGClip(
                    name: "the viewport of its \(document.elements[index].name ?? "")",
                    polygons: [nested.corners.map(context.transform.applied(to:))]))
        }
        inner.transform = nested.transform.followed(by: context.transform)
        inner.viewport = nested.userSize
        try visitChildren(of: index, inner)
    }

    private func clip(_ id: String, _ context: Context) throws(MaskFormatError) -> SVGClip {
        let name = "the clip path \"#\(id)\""
        guard let index = document.ids[id], document.elements[index].name == "clipPath" else {
            throw MaskFormatError("clip-path is \"url(#\(id))\"; expected the id of a clipPath")
        }
        let element = document.elements[index]
        var polygons: [[Point]] = []
        try locating(element) { () throws(MaskFormatError) in
            guard element.attributes["clipPathUnits"] ?? "userSpaceOnUse" == "userSpaceOnUse" else {
                throw MaskFormatError("clipPathUnits is \"objectBoundingBox\"; expected userSpaceOnUse")
            }
            // A clip path has the style of where it is, not of what it clips.
            var outer = Context(
                style: try inheritedStyle(of: index), transform: context.transform, viewport: context.viewport)
            try start(element, &outer, isOutermost: false)
            guard outer.clips.isEmpty, outer.styleIfDisplayed != nil else {
                throw MaskFormatError("a clip path that is clipped or not displayed; expected neither")
            }
            for child in document.children(of: index) {
                try count(1)
                let element = document.elements[child]
                guard let name = element.name, SVGShape.names.contains(name) else { continue }
                try locating(element) { () throws(MaskFormatError) in
                    var context = outer
                    try start(element, &context, isOutermost: false)
                    guard let style = context.styleIfDisplayed, style.isVisible, context.clips.isEmpty else { return }
                    let shape = try SVGShape(name, element.attributes, viewport: context.viewport)
                    guard shape.subpaths.count == 1 else { return }
                    let polygon = try converter.polygon(shape.subpaths[0].applying(context.transform))
                    if SVGClip.isConvex(polygon) { polygons.append(polygon) }
                }
            }
        }
        return SVGClip(name: name, polygons: polygons)
    }

    /// The style that an element inherits from its ancestors.
    private func inheritedStyle(of index: Int) throws(MaskFormatError) -> SVGStyle {
        var ancestors: [SVGElement] = []
        var ancestor = document.elements[index].parent
        while ancestor >= 0 {
            ancestors.append(document.elements[ancestor])
            ancestor = document.elements[ancestor].parent
        }
        try count(ancestors.count)
        var style = SVGStyle(ignoring: Converter.ignoredProperties)
        for element in ancestors.reversed() {
            let name = element.name ?? ""
            style = try style.inherited(
                by: element.attributes, of: name,
                sheet: document.styleSheet.declarations(for: name, element.attributes))
        }
        return style
    }
}
