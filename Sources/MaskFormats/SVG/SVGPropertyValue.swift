/// The valid value of a property of an SVG element.
enum SVGPropertyValue: Hashable {
    case inherit
    case initial
    case keyword(String)
    case paint(SVGPaint)
    /// The color; nil if it is not an opaque one.
    case color(SVGColor?)
    /// Whether the opacity is 1; otherwise it is 0.
    case opacity(Bool)
    case length(SVGLength)
    case number(Double)
    /// The `id` of the element that is referred to.
    case reference(String)
    /// A value with which a shape would be no brush stroke of constant width: the problem.
    case unsupported(String)

    /// Reads the value of a property that is an attribute of an element or is in its `style`.
    ///
    /// - Returns: Nil if the value is invalid or the property does not matter: CSS ignores such a declaration.
    init?(_ name: String, _ value: CSSValue) {
        guard Self.isRead(name), !value.tokens.isEmpty else { return nil }
        switch value.keyword {
        case "inherit": self = .inherit
        case "initial": self = .initial
        case "unset": self = Self.inherited.contains(name) ? .inherit : .initial
        case "revert", "revert-layer": self = Self.refused(name, value, expected: "a value of its own")
        default:
            guard let read = Self.read(name, value) else { return nil }
            self = read
        }
    }

    /// Reads the value of a property in the `style` of an element that is not an attribute of the same meaning.
    ///
    /// - Parameters:
    ///   - name: The property.
    ///   - value: Its value.
    ///   - element: The name of the element.
    /// - Returns: Nil if the property is an attribute, too, or does not matter for the element.
    init?(styleOnly name: String, _ value: CSSValue, of element: String) {
        let isNone = ["none", "initial", "unset"].contains(value.keyword)
        switch name {
        case "transform" where isNone: self = .initial
        case "translate", "rotate", "scale", "offset", "offset-path", "motion", "motion-path":
            guard !isNone else { return nil }
            fallthrough
        case "transform": self = .unsupported("style has \"\(name)\"; expected it as an attribute")
        case _ where Self.geometry[element]?.contains(name) == true:
            self = .unsupported("style has \"\(name)\"; expected it as an attribute")
        case "all":
            guard ["inherit", "initial", "unset", "revert", "revert-layer"].contains(value.keyword) else { return nil }
            self = Self.refused(name, value, expected: "single properties")
        case "background", "background-color":
            guard element == "svg", value.keyword != "none" else { return nil }
            switch CSSColor(value) {
            case .opaque(let color): self = .color(color)
            case .transparent: self = .color(nil)
            default: self = Self.refused(name, value, expected: "a plain color")
            }
        default:
            guard element == "svg", Self.movesDocument(name), !value.tokens.allSatisfy(Self.isNeutral) else {
                return nil
            }
            self = Self.refused(name, value, expected: "the size as attributes and no other layout")
        }
    }

    /// Whether a declaration of a style sheet can matter for an element.
    static func matters(_ declaration: CSSDeclaration) -> Bool {
        let (name, value) = (declaration.name, declaration.value)
        return SVGPropertyValue(name, value) != nil
            || (["g"] + geometry.keys).contains { SVGPropertyValue(styleOnly: name, value, of: $0) != nil }
    }

    /// Properties that browsers read as the attributes of the same names, for each element.
    private static let geometry: [String: Set<String>] = [
        "path": ["d"], "rect": ["x", "y", "width", "height", "rx", "ry"], "circle": ["cx", "cy", "r"],
        "ellipse": ["cx", "cy", "rx", "ry"], "use": ["x", "y", "width", "height"],
        "svg": ["x", "y", "overflow-x", "overflow-y", "overflow-clip-margin"],
        "symbol": ["x", "y", "width", "height", "overflow-x", "overflow-y", "overflow-clip-margin"],
    ]

    /// Properties that children inherit, of those that are read.
    private static let inherited: Set = [
        "visibility", "color", "stroke", "fill", "stroke-width", "stroke-linecap", "stroke-linejoin",
        "stroke-miterlimit", "stroke-opacity", "fill-opacity", "fill-rule", "stroke-dasharray", "marker",
        "marker-start", "marker-mid", "marker-end",
    ]

    /// Properties that change the shape of a stroke, with the values that do not.
    private static let refused: [String: [String]] = [
        "stroke-dasharray": ["none", "0", "0 0", "0,0", "0, 0"], "clip-path": ["none"],
        "mask": ["none"], "mask-image": ["none"],
        "mask-border": ["none"], "mask-border-source": ["none"], "mask-box-image": ["none"],
        "mask-box-image-source": ["none"], "filter": ["none"], "marker": ["none"], "marker-start": ["none"],
        "marker-mid": ["none"], "marker-end": ["none"], "vector-effect": ["none"], "stroke-alignment": ["none"],
        "mix-blend-mode": ["normal"], "zoom": ["normal", "1", "100%"], "content-visibility": ["visible", "auto"],
        "transform-origin": ["0", "0 0", "0px 0px"], "transform-box": ["view-box"],
    ]

    /// Names that browsers read as those without the prefix.
    private static let prefix = "-webkit-"

    private static func isRead(_ name: String) -> Bool {
        inherited.contains(name) || ["display", "opacity", "overflow"].contains(name) || refused[name] != nil
            || name.hasPrefix(prefix) && isAliased(name)
    }

    private static func isAliased(_ name: String) -> Bool {
        let plain = String(name.dropFirst(prefix.count))
        return refused[plain] != nil || plain == "opacity" || plain == "transform"
    }

    private static func read(_ name: String, _ value: CSSValue) -> SVGPropertyValue? {
        switch name {
        case "display": display(value)
        case "visibility": keyword(name, value, ["visible", "hidden", "collapse"])
        case "stroke", "fill": SVGPaint(value).map(SVGPropertyValue.paint)
        case "color": color(value)
        case "stroke-width": width(value)
        case "stroke-miterlimit": miterLimit(value)
        case "clip-path": clipPath(value)
        case "vector-effect" where value.keyword == "non-scaling-stroke": .keyword("non-scaling-stroke")
        case "overflow":
            value.tokens.count > 1
                ? refused(name, value, expected: "visible or hidden")
                : keyword(name, value, ["visible", "hidden", "auto", "scroll", "clip"])
        case "stroke-linecap": keyword(name, value, ["butt", "round", "square"])
        case "fill-rule": keyword(name, value, ["nonzero", "evenodd"])
        case "stroke-linejoin":
            // Only some renderers know the latter.
            keyword(name, value, ["miter", "round", "bevel", "arcs", "miter-clip"])
        case "opacity", "stroke-opacity", "fill-opacity": opacity(name, value)
        default: neutral(name, value)
        }
    }

    private static func refused(_ name: String, _ value: CSSValue, expected: String) -> SVGPropertyValue {
        .unsupported("\(name) is \"\(value.text)\"; expected \(expected)")
    }

    private static func keyword(_ name: String, _ value: CSSValue, _ keywords: [String]) -> SVGPropertyValue? {
        if let keyword = value.keyword, keywords.contains(keyword) { return .keyword(keyword) }
        return value.hasFunction ? refused(name, value, expected: keywords.joined(separator: ", ")) : nil
    }

    private static func display(_ value: CSSValue) -> SVGPropertyValue? {
        let keywords: Set = [
            "none", "inline", "block", "flow-root", "list-item", "inline-block", "table", "inline-table",
            "table-row-group", "table-header-group", "table-footer-group", "table-row", "table-column-group",
            "table-column", "table-cell", "table-caption", "flex", "inline-flex", "grid", "inline-grid",
        ]
        // Valid in some browsers, or with a meaning of its own for some elements.
        let others: Set = ["contents", "run-in", "compact", "marker", "flow", "ruby", "math"]
        if let keyword = value.keyword, keywords.contains(keyword) { return .keyword(keyword) }
        let isOther = value.tokens.contains {
            if case .name(let name) = $0 {
                keywords.contains(name) || others.contains(name) || name.hasPrefix("-") || name.hasPrefix("ruby")
            } else {
                false
            }
        }
        return isOther || value.hasFunction ? refused("display", value, expected: "none or inline") : nil
    }

    private static func color(_ value: CSSValue) -> SVGPropertyValue? {
        switch CSSColor(value) {
        case .opaque(let color): .color(color)
        case .transparent, .unsupported: .color(nil)
        // The color of the parent.
        case .current: .inherit
        case nil: nil
        }
    }

    private static func width(_ value: CSSValue) -> SVGPropertyValue? {
        switch SVGLength(value) {
        case .px(let width): width >= 0 ? .length(.px(width)) : nil
        case .percent(let ratio): ratio >= 0 ? .length(.percent(ratio)) : nil
        case .relative:
            refused("stroke-width", value, expected: "a number of px, percent, or an absolute unit")
        case nil: nil
        }
    }

    private static func miterLimit(_ value: CSSValue) -> SVGPropertyValue? {
        if case .number(let number)? = value.tokens.first, value.tokens.count == 1 {
            // Renderers differ in what they make of less.
            return number >= 1 ? .number(number) : refused("stroke-miterlimit", value, expected: "at least 1")
        }
        return value.hasFunction ? refused("stroke-miterlimit", value, expected: "a number") : nil
    }

    private static func clipPath(_ value: CSSValue) -> SVGPropertyValue? {
        if value.keyword == "none" { return .keyword("none") }
        guard let id = value.reference else {
            return refused("clip-path", value, expected: "none, or url(#…) of a clipPath that covers the shape")
        }
        return .reference(id)
    }

    private static func opacity(_ name: String, _ value: CSSValue) -> SVGPropertyValue? {
        let opacity: Double
        switch value.tokens.first {
        case .number(let number)? where value.tokens.count == 1: opacity = number
        case .percentage(let number)? where value.tokens.count == 1: opacity = number / 100
        default: return value.hasFunction ? refused(name, value, expected: "0 or 1") : nil
        }
        // Others are clamped to 0…1.
        if opacity >= 1 { return .opacity(true) }
        return opacity <= 0
            ? .opacity(false) : refused(name, value, expected: "0 or 1, as masks are not translucent")
    }

    private static func neutral(_ name: String, _ value: CSSValue) -> SVGPropertyValue? {
        let plain = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
        let values = refused[plain] ?? ["none"]
        let text = value.keyword ?? value.text
        return values.contains(text) ? .keyword(text) : refused(name, value, expected: values[0])
    }

    /// Whether a property of the outermost element changes its size or its place.
    private static func movesDocument(_ name: String) -> Bool {
        ["width", "height", "top", "right", "bottom", "left", "position", "clip", "contain", "aspect-ratio", "float"]
            .contains(name)
            || [
                "min-", "max-", "padding", "border", "margin", "inset", "object-", "inline-size", "block-size",
                "columns",
            ].contains(where: name.hasPrefix)
    }

    /// Whether a part of the value of a property of layout changes nothing.
    private static func isNeutral(_ token: CSSToken.Kind) -> Bool {
        switch token {
        case .space: true
        case .number(let number), .dimension(let number, _), .percentage(let number): number == 0
        case .name(let name): ["none", "auto", "static", "initial", "unset", "visible", "normal"].contains(name)
        default: false
        }
    }
}
