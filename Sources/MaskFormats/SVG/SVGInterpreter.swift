import MaskModel
import PlaneGeometry

/// Collects the brush strokes of an SVG document from its XML events.
final class SVGInterpreter {
    /// The size in px; nil before the outermost element.
    var canvas: PixelSize? { viewport?.canvas }
    private(set) var strokes: [BrushStroke] = []

    /// What the children of an open element inherit.
    private struct Context {
        var style = SVGStyle()
        /// The map from the element's coordinates to the canvas.
        var transform = AffineTransform.identity
    }

    private var viewport: SVGViewport?
    private var open: [Context] = []
    /// The number of open elements in an ignored part of the document; 0 outside of one.
    private var skippedDepth = 0
    /// The paint of the first stroke, which all others must have, and the color of the background.
    private var ink: SVGPaint?
    private var paper: SVGPaint.Kind?
    private var hasBackground = false

    private static let namespace = "http://www.w3.org/2000/svg"
    private static let htmlNamespace = "http://www.w3.org/1999/xhtml"
    /// Elements that change how other elements look, wherever they are.
    private static let activeElements: Set = [
        "style", "script", "link", "set", "animate", "animateColor", "animateMotion", "animateTransform",
    ]
    /// Attributes that hide an element under conditions of the viewer, or run a script.
    private static let conditions = ["requiredExtensions", "requiredFeatures", "systemLanguage", "onload"]
    /// The maximum nesting depth of elements.
    private static let depthLimit = 200

    func handle(_ event: XMLEvent) throws(MaskFormatError) {
        switch event {
        case .entityDeclaration(let line):
            throw MaskFormatError(line: line, "an entity is declared; expected a document without entities")
        case .styleSheet(let line):
            throw MaskFormatError(line: line, "a style sheet is referenced; expected a document without style sheets")
        case .end:
            if skippedDepth > 0 { skippedDepth -= 1 } else { open.removeLast() }
        case .start(let namespace, let name, let attributes, let line):
            do {
                try start(namespace: namespace, name: name, attributes: attributes)
            } catch {
                throw MaskFormatError(line: line, "<\(name)>: \(error.problem)")
            }
        }
    }

    private func start(namespace: String, name: String, attributes: [String: String]) throws(MaskFormatError) {
        if namespace == Self.namespace || namespace == Self.htmlNamespace, Self.activeElements.contains(name) {
            throw Self.unsupported
        }
        if skippedDepth > 0 {
            skippedDepth += 1
            return
        }
        guard namespace == Self.namespace else {
            guard viewport != nil else { throw MaskFormatError("not in the SVG namespace; expected \(Self.namespace)") }
            skippedDepth = 1
            return
        }
        var context = open.last ?? Context()
        switch name {
        case "metadata", "title", "desc", "defs":
            skippedDepth = 1
            return
        case "svg", "g", "path", "polyline", "line", "rect": break
        default: throw Self.unsupported
        }
        let isOutermost = name == "svg" && viewport == nil
        if isOutermost { viewport = try SVGViewport(attributes) }
        context.style = try context.style.inherited(by: attributes, of: name)
        // Browsers differ in whether they show the outermost element all the same.
        guard context.style.hasDisplay || !isOutermost else {
            throw MaskFormatError("a document that is not displayed; expected display=\"none\" on a g")
        }
        guard context.style.isDisplayed, viewport != nil else {
            skippedDepth = 1
            return
        }
        for condition in Self.conditions where attributes[condition] != nil {
            throw MaskFormatError("\(condition) is \"\(attributes[condition] ?? "")\"; expected no such attribute")
        }
        if context.style.usesTransform, let transform = attributes["transform"] {
            let transform = try parseTransform(transform)
            // Browsers transform the outermost element about its center.
            guard !isOutermost || transform == .identity else {
                throw MaskFormatError("a transform of the whole document; expected it on a g")
            }
            context.transform = transform.followed(by: context.transform)
        }
        switch name {
        case "svg":
            guard isOutermost else { throw MaskFormatError("nested in another <svg>; expected a single <svg>") }
            context.transform = viewport?.transform ?? .identity
            paper = context.style.background.map(SVGPaint.Kind.color)
        case "path": try addPath(attributes, context)
        case "polyline": try add([SVGSubpath(points: try parsePointList(attributes["points"] ?? ""))], context)
        case "line": try addLine(attributes, context)
        case "rect": try addBackground(attributes, context)
        default: break
        }
        guard open.count < Self.depthLimit else {
            throw MaskFormatError("nested too deeply; expected at most \(Self.depthLimit) levels")
        }
        open.append(context)
    }

    private static let unsupported = MaskFormatError(
        "unsupported element; expected g, path, polyline, line, or a background rect")

    private func addPath(_ attributes: [String: String], _ context: Context) throws(MaskFormatError) {
        try add(try parsePathData(attributes["d"] ?? ""), context)
    }

    private func addLine(_ attributes: [String: String], _ context: Context) throws(MaskFormatError) {
        var ends: [Double] = []
        for name in ["x1", "y1", "x2", "y2"] {
            guard let value = SVGLength.px(attributes[name] ?? "0") else {
                throw MaskFormatError("\(name) is \"\(attributes[name] ?? "")\"; expected a number of px")
            }
            ends.append(value)
        }
        try add([SVGSubpath(points: [Point(x: ends[0], y: ends[1]), Point(x: ends[2], y: ends[3])])], context)
    }

    private func add(_ subpaths: [SVGSubpath], _ context: Context) throws(MaskFormatError) {
        let style = context.style
        let painted = subpaths.filter { $0.points.count > 1 || $0.isClosed }
        guard style.isVisible, !painted.isEmpty else { return }
        // The fill of a path of two points is empty.
        let isFilled = style.fill.kind != .none && !painted.allSatisfy { $0.points.count <= 2 }
        let isStroked = style.stroke.kind != .none && style.strokeWidth > 0
        guard isFilled || isStroked else { return }
        guard !isFilled || style.hasEvenOddFill else {
            throw MaskFormatError(
                "the fill is \"\(style.fill.text)\"; expected fill=\"none\", or fill-rule=\"evenodd\"")
        }
        if isFilled { try check(style.fill, "fill") }
        if isStroked { try check(style.stroke, "stroke") }
        guard !isFilled || painted.count == 1 else {
            throw MaskFormatError("a filled path of \(painted.count) subpaths; expected a single one")
        }
        guard !isFilled || !isStroked || painted.allSatisfy(\.isClosed) else {
            throw MaskFormatError("a filled path with a stroke is open; expected Z at its end")
        }
        guard !isStroked || isFilled || style.hasRoundCaps || style.hasButtCaps else {
            throw MaskFormatError("the line caps are square; expected stroke-linecap=\"round\" or \"butt\"")
        }
        guard !isStroked || style.hasRoundJoins || painted.allSatisfy({ $0.polyline.points.count <= 2 }) else {
            throw MaskFormatError("the line joins are not round; expected stroke-linejoin=\"round\"")
        }
        guard let scale = context.transform.uniformScale ?? (isStroked ? nil : 1) else {
            throw MaskFormatError("the transform distorts the stroke; expected the same scale in all directions")
        }
        for subpath in painted {
            guard subpath.points.allSatisfy(\.isFinite) else {
                throw MaskFormatError("a coordinate is infinite; expected -10000000 to 10000000")
            }
            // A closed path has no ends, and a path of equal points is drawn with round caps only.
            let polyline = subpath.polyline
            let hasButtEnds = !isFilled && !subpath.isClosed && style.hasButtCaps
            if hasButtEnds, polyline.withoutRepeatedPoints().points.count == 1 { continue }
            let cap: StrokeCap = hasButtEnds ? .butt : .round
            do {
                strokes.append(
                    try BrushStroke(
                        path: polyline.applying(context.transform), width: isStroked ? style.strokeWidth * scale : 0,
                        isFilled: isFilled, startCap: cap, endCap: cap))
            } catch {
                throw MaskFormatError("\(error)")
            }
        }
    }

    /// Rejects a paint that is not the color of the other strokes.
    private func check(_ paint: SVGPaint, _ name: String) throws(MaskFormatError) {
        guard case .color = paint.kind else {
            throw MaskFormatError("the \(name) is \"\(paint.text)\"; expected a plain color")
        }
        guard paint.kind == (ink ?? paint).kind else {
            throw MaskFormatError(
                "the \(name) is \"\(paint.text)\" but others are \"\(ink?.text ?? "")\"; expected a single color")
        }
        guard paint.kind != paper else {
            throw MaskFormatError("the \(name) is \"\(paint.text)\" like the background; expected another color")
        }
        ink = paint
    }

    private func addBackground(_ attributes: [String: String], _ context: Context) throws(MaskFormatError) {
        let (stroke, fill) = (context.style.stroke, context.style.fill)
        guard context.style.isVisible, fill.kind != .none || stroke.kind != .none else { return }
        let expected = "a rect in one color that covers the canvas, before all strokes"
        guard strokes.isEmpty, !hasBackground, stroke.kind == .none || context.style.strokeWidth == 0, let viewport,
            case .color = fill.kind, attributes["rx"] == nil, attributes["ry"] == nil,
            context.transform.uniformScale != nil, context.transform.b == 0, context.transform.c == 0
        else { throw MaskFormatError("not a background; expected \(expected)") }
        func length(_ name: String, whole: Double) -> Double? {
            guard let text = attributes[name] else { return name == "x" || name == "y" ? 0 : nil }
            return switch SVGLength(CSSValue(text)) {
            case .px(let length): length
            case .percent(let ratio): ratio / 100 * whole
            case .relative, nil: nil
            }
        }
        let whole = viewport.userSize
        guard let x = length("x", whole: whole.width), let y = length("y", whole: whole.height),
            let width = length("width", whole: whole.width), let height = length("height", whole: whole.height)
        else { throw MaskFormatError("no size in px; expected \(expected)") }
        let corners = [Point(x: x, y: y), Point(x: x + width, y: y + height)].map(context.transform.applied(to:))
        // Editors round lengths: all that matters is that the centers of the pixels are covered.
        let covered = Rectangle(around: corners).grown(by: 0.49)
        guard covered.contains(Point(x: 0, y: 0)),
            covered.contains(Point(x: viewport.size.width, y: viewport.size.height))
        else { throw MaskFormatError("does not cover the canvas; expected \(expected)") }
        paper = fill.kind
        hasBackground = true
    }
}
