/// The properties of an SVG shape's appearance that matter for a mask.
///
/// A value that would make a shape anything but a brush stroke of constant width is an error, and never ignored. Colors
/// are compared as text, after the most common spellings of a color are unified.
struct SVGStyle {
    /// The color of the stroke, or `none` if it is transparent.
    var stroke: String { isStrokeOpaque ? strokeColor : "none" }
    private var strokeColor = "none"
    private var isStrokeOpaque = true
    var fill = "black"
    /// In user units.
    var strokeWidth = 1.0
    var hasRoundCaps = false
    var hasRoundJoins = false
    var isVisible = true
    /// Whether the element and its children are rendered. Unlike visibility, a child cannot override it.
    var isDisplayed: Bool { hasDisplay && isOpaque }
    private var hasDisplay = true
    private var isOpaque = true

    /// The style of an element with these attributes whose parent has this style.
    func inherited(by attributes: [String: String]) throws(MaskFormatError) -> SVGStyle {
        var style = self
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) where name != "style" {
            try style.set(name, to: value)
        }
        // A declaration in `style` takes precedence over the attribute with the same name.
        for declaration in (attributes["style"] ?? "").split(separator: ";") {
            guard let colon = declaration.firstIndex(of: ":") else {
                if declaration.allSatisfy(\.isWhitespace) { continue }
                throw MaskFormatError("style has \"\(declaration)\"; expected name: value")
            }
            var value = declaration[declaration.index(after: colon)...].trimmed
            if value.hasSuffix("!important") { value = value.dropLast("!important".count).trimmed }
            let name = String(declaration[..<colon].trimmed)
            guard !Self.attributesOnly.contains(name) || value == "none" else {
                throw MaskFormatError("style has \"\(name)\"; expected it as an attribute")
            }
            try style.set(name, to: String(value))
        }
        return style
    }

    /// Properties of position and shape that are read from attributes only.
    private static let attributesOnly: Set = ["transform", "translate", "rotate", "scale", "d"]

    private mutating func set(_ name: String, to value: String) throws(MaskFormatError) {
        let value = String(value[...].trimmed)
        if value == "inherit" { return }
        switch name {
        case "display": hasDisplay = value != "none"
        case "visibility": isVisible = value == "visible"
        case "stroke": strokeColor = Self.normalized(color: value)
        case "fill": fill = Self.normalized(color: value)
        case "stroke-width":
            guard let width = Self.length(value), width >= 0 else {
                throw MaskFormatError("stroke-width is \"\(value)\"; expected a number of px")
            }
            strokeWidth = width
        case "stroke-linecap": hasRoundCaps = value == "round"
        case "stroke-linejoin": hasRoundJoins = value == "round"
        case "opacity", "stroke-opacity":
            guard let opacity = Double(value), opacity == 0 || opacity == 1 else {
                throw MaskFormatError("\(name) is \"\(value)\"; expected 0 or 1, as masks are not translucent")
            }
            if name == "opacity" { isOpaque = opacity == 1 } else { isStrokeOpaque = opacity == 1 }
        case "stroke-dasharray", "clip-path", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end",
            "vector-effect", "stroke-alignment", "transform-origin", "transform-box":
            guard value == "none" else { throw MaskFormatError("\(name) is \"\(value)\"; expected none") }
        case "mix-blend-mode":
            guard value == "normal" else { throw MaskFormatError("\(name) is \"\(value)\"; expected normal") }
        default: break
        }
    }

    /// The same spelling for all common notations of a color.
    static func normalized(color: String) -> String {
        let color = color.lowercased().filter { !$0.isWhitespace }
        switch color {
        case "white", "#ffffff", "rgb(255,255,255)", "rgb(100%,100%,100%)": return "#fff"
        case "black", "#000000", "rgb(0,0,0)", "rgb(0%,0%,0%)": return "#000"
        case "transparent": return "none"
        default:
            let digits = Array(color.dropFirst())
            let isDoubled =
                color.hasPrefix("#") && digits.count == 6
                && digits[0] == digits[1] && digits[2] == digits[3] && digits[4] == digits[5]
            return isDoubled ? "#\(digits[0])\(digits[2])\(digits[4])" : color
        }
    }

    /// Whether a normalized color is opaque and identified by its text: not a gradient or a reference.
    static func isPlain(color: String) -> Bool {
        if color.hasPrefix("#") { return color.count == 4 || color.count == 7 }
        if color.hasPrefix("rgb(") { return color.count { $0 == "," } == 2 }
        return color != "currentcolor" && color.allSatisfy(\.isLetter)
    }

    /// A length in px, with or without the unit; nil for other units.
    static func length(_ text: String) -> Double? {
        let number = text.hasSuffix("px") ? String(text.dropLast(2)) : text
        var scanner = SVGScanner(number)
        guard let length = scanner.number(), scanner.isAtEnd, length.isFinite else { return nil }
        return length
    }
}

extension Substring {
    /// The text without leading and trailing white space.
    var trimmed: Substring {
        var text = self
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text.drop(while: \.isWhitespace)
    }
}
