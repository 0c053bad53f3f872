import MaskModel
import PlaneGeometry

/// Collects the brush strokes of an SVG document from its XML events.
final class SVGInterpreter {
    private(set) var canvas: PixelSize?
    private(set) var strokes: [BrushStroke] = []

    /// What the children of an open element inherit.
    private struct Context {
        var style = SVGStyle()
        /// The map from the element's coordinates to the canvas.
        var transform = AffineTransform.identity
    }

    private var open: [Context] = []
    /// The number of open elements in an ignored part of the document; 0 outside of one.
    private var skippedDepth = 0
    /// The color of the first stroke, which all others must have, and the color of the background.
    private var ink: String?
    private var paper: String?

    private static let namespace = "http://www.w3.org/2000/svg"
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
        if skippedDepth > 0 {
            skippedDepth += 1
            if namespace == Self.namespace, name == "style" { throw Self.unsupported }
            return
        }
        guard namespace == Self.namespace else {
            guard canvas != nil else { throw MaskFormatError("not in the SVG namespace; expected \(Self.namespace)") }
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
        context.style = try context.style.inherited(by: attributes)
        guard context.style.isDisplayed, canvas != nil || name == "svg" else {
            if name == "svg", canvas == nil { (canvas, _) = try Self.frame(attributes) }
            skippedDepth = 1
            return
        }
        if let transform = attributes["transform"] {
            context.transform = try parseTransform(transform).followed(by: context.transform)
        }
        switch name {
        case "svg":
            guard canvas == nil else { throw MaskFormatError("nested in another <svg>; expected a single <svg>") }
            let (size, origin) = try Self.frame(attributes)
            canvas = size
            context.transform = context.transform.followed(by: .translation(dx: -origin.x, dy: -origin.y))
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

    /// The canvas, and its top left corner in the coordinates of the document.
    private static func frame(_ attributes: [String: String]) throws(MaskFormatError) -> (PixelSize, Point) {
        var origin = Point(x: 0, y: 0)
        var sides = ["width", "height"].map { attributes[$0].flatMap(SVGStyle.length) }
        if let box = attributes["viewBox"] {
            var scanner = SVGScanner(box)
            var numbers: [Double] = []
            scanner.skipSpace()
            while let number = scanner.number() {
                numbers.append(number)
                scanner.skipSeparator()
            }
            guard scanner.isAtEnd, numbers.count == 4, numbers.allSatisfy(\.isFinite) else {
                throw MaskFormatError("viewBox is \"\(box)\"; expected four numbers")
            }
            if let width = sides[0], let height = sides[1],
                (width * numbers[3] - height * numbers[2]).magnitude > 1e-3 * (width * numbers[3]).magnitude
            {
                throw MaskFormatError(
                    "width and height differ in aspect ratio from viewBox \"\(box)\"; expected the same ratio")
            }
            origin = Point(x: numbers[0], y: numbers[1])
            sides = [numbers[2], numbers[3]]
        }
        guard let width = sides[0].flatMap(Int.init(exactly:)), let height = sides[1].flatMap(Int.init(exactly:)),
            let size = PixelSize(width: width, height: height)
        else {
            throw MaskFormatError(
                "no size in whole px; expected a viewBox, or width and height, from 1 to \(PixelSize.maximumSide) px")
        }
        return (size, origin)
    }

    private func addPath(_ attributes: [String: String], _ context: Context) throws(MaskFormatError) {
        try add(try parsePathData(attributes["d"] ?? ""), context)
    }

    private func addLine(_ attributes: [String: String], _ context: Context) throws(MaskFormatError) {
        var ends: [Double] = []
        for name in ["x1", "y1", "x2", "y2"] {
            guard let value = SVGStyle.length(attributes[name] ?? "0") else {
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
        guard style.fill == "none" || painted.allSatisfy({ $0.points.count <= 2 }) else {
            throw MaskFormatError("the fill is \"\(style.fill)\"; expected fill=\"none\"")
        }
        guard style.stroke != "none", style.strokeWidth > 0 else { return }
        guard SVGStyle.isPlain(color: style.stroke) else {
            throw MaskFormatError("the stroke is \"\(style.stroke)\"; expected a plain color")
        }
        guard style.stroke == ink ?? style.stroke else {
            throw MaskFormatError(
                "the stroke is \"\(style.stroke)\" but others are \"\(ink ?? "")\"; expected a single color")
        }
        guard style.stroke != paper else {
            throw MaskFormatError("the stroke is \"\(style.stroke)\" like the background; expected another color")
        }
        guard style.hasRoundCaps else {
            throw MaskFormatError("the line caps are not round; expected stroke-linecap=\"round\"")
        }
        guard style.hasRoundJoins || painted.allSatisfy({ $0.polyline.points.count <= 2 }) else {
            throw MaskFormatError("the line joins are not round; expected stroke-linejoin=\"round\"")
        }
        guard let scale = context.transform.uniformScale else {
            throw MaskFormatError("the transform distorts the stroke; expected the same scale in all directions")
        }
        ink = style.stroke
        for subpath in painted {
            guard subpath.points.allSatisfy(\.isFinite) else {
                throw MaskFormatError("a coordinate is infinite; expected -10000000 to 10000000")
            }
            do {
                strokes.append(
                    try BrushStroke(
                        path: subpath.polyline.applying(context.transform), width: style.strokeWidth * scale))
            } catch {
                throw MaskFormatError("\(error)")
            }
        }
    }

    private func addBackground(_ attributes: [String: String], _ context: Context) throws(MaskFormatError) {
        guard context.style.isVisible, context.style.fill != "none" || context.style.stroke != "none" else { return }
        let expected = "a rect in one color that covers the canvas, before all strokes"
        guard strokes.isEmpty, paper == nil, context.style.stroke == "none", let canvas,
            SVGStyle.isPlain(color: context.style.fill),
            attributes["rx"] == nil, attributes["ry"] == nil, context.transform.uniformScale != nil,
            context.transform.b == 0, context.transform.c == 0
        else { throw MaskFormatError("not a background; expected \(expected)") }
        func length(_ name: String, whole: Int) -> Double? {
            guard let text = attributes[name] else { return name == "x" || name == "y" ? 0 : nil }
            return text == "100%" ? Double(whole) : SVGStyle.length(text)
        }
        guard let x = length("x", whole: canvas.width), let y = length("y", whole: canvas.height),
            let width = length("width", whole: canvas.width), let height = length("height", whole: canvas.height)
        else { throw MaskFormatError("no size in px; expected \(expected)") }
        let corners = [Point(x: x, y: y), Point(x: x + width, y: y + height)].map(context.transform.applied(to:))
        let covered = Rectangle(
            minX: min(corners[0].x, corners[1].x), minY: min(corners[0].y, corners[1].y),
            maxX: max(corners[0].x, corners[1].x), maxY: max(corners[0].y, corners[1].y))
        let slack = 0.01
        let bounds = canvas.bounds.grown(by: -slack)
        guard covered.contains(Point(x: bounds.minX, y: bounds.minY)),
            covered.contains(Point(x: bounds.maxX, y: bounds.maxY))
        else { throw MaskFormatError("does not cover the canvas; expected \(expected)") }
        paper = context.style.fill
    }
}
