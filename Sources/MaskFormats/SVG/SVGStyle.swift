/// The properties of an SVG shape's appearance that matter for a mask, by the rules of CSS.
///
/// A declaration that CSS considers invalid is ignored, as browsers do. A valid value that would make a shape anything
/// but a brush stroke of constant width is an error, and never ignored.
struct SVGStyle {
    /// In user units, or percent of the viewport.
    private(set) var strokeWidth = SVGLength.px(1)
    private(set) var lineCap = StrokeShape.Cap.butt
    /// The keyword of `stroke-linejoin`.
    private(set) var lineJoin = "miter"
    private(set) var miterLimit = 4.0
    /// Whether a fill is by the even-odd rule.
    private(set) var hasEvenOddFill = false
    private(set) var isVisible = true
    /// Whether the element and its children are rendered. Unlike visibility, a child cannot override it.
    var isDisplayed: Bool { hasDisplay && isOpaque }
    /// Whether the property `display` is not none.
    private(set) var hasDisplay = true
    /// Whether the attribute `transform` counts: a declaration in `style` replaces it.
    private(set) var usesTransform = true
    /// The color behind the document; only its outermost element has one.
    private(set) var background: SVGColor?

    /// The `id` of the clip path of the element; its children do not inherit it.
    private(set) var clipPath: String?
    /// Whether the stroke is as wide as if the element were not transformed; children do not inherit it.
    private(set) var hasNonScalingStroke = false
    /// The keyword of `overflow`; nil where it is not set, and not inherited.
    private(set) var overflow: String?

    private var strokePaint = SVGPaint.none
    private var fillPaint = SVGPaint.black
    /// The property `color`; nil if it is not a plain color.
    private var color: SVGColor? = .black
    private var isStrokeOpaque = true
    private var isFillOpaque = true
    private var isOpaque = true
    /// Properties of which a value that a mask cannot have counts as the initial one.
    private let ignored: Set<String>

    /// The initial style.
    ///
    /// - Parameter ignored: Properties of which a value that a mask cannot have counts as the initial one.
    init(ignoring ignored: Set<String> = []) {
        self.ignored = ignored
    }

    /// Whether a stroke is wider than 0.
    var hasStrokeWidth: Bool {
        switch strokeWidth {
        case .px(let width), .percent(let width): width > 0
        case .relative: true
        }
    }

    /// The paint of the stroke; none if it is transparent.
    var stroke: SVGPaint { isStrokeOpaque ? strokePaint.resolved(current: color) : .none }
    /// The paint of the fill; none if it is transparent.
    var fill: SVGPaint { isFillOpaque ? fillPaint.resolved(current: color) : .none }

    /// The style of an element whose parent has this style.
    ///
    /// A declaration in `style` takes precedence over one of a style sheet, and that over the attribute with the same name.
    /// Important ones take precedence over all others.
    /// - Parameters:
    ///   - attributes: The attributes of the element.
    ///   - element: The name of the element.
    ///   - sheet: The declarations of style sheets for the element, the last one with the highest precedence.
    func inherited(
        by attributes: [String: String], of element: String, sheet: [CSSDeclaration] = []
    ) throws(MaskFormatError) -> SVGStyle {
        var values: [String: SVGPropertyValue] = [:]
        for (name, text) in attributes {
            if let value = SVGPropertyValue(name, CSSValue(text)) { values[name] = value }
        }
        let own = try attributes["style"].map(CSSDeclaration.list) ?? []
        let declarations =
            sheet.filter { !$0.isImportant } + own.filter { !$0.isImportant } + sheet.filter(\.isImportant)
            + own.filter(\.isImportant)
        for declaration in declarations {
            let (name, value) = (declaration.name, declaration.value)
            if element == "svg", Self.isSizeOfViewBox(declaration, attributes) { continue }
            if let value = SVGPropertyValue(name, value) ?? SVGPropertyValue(styleOnly: name, value, of: element) {
                values[name] = value
            }
        }
        var style = self
        (style.hasDisplay, style.isOpaque, style.usesTransform, style.background) = (true, true, true, nil)
        (style.clipPath, style.hasNonScalingStroke, style.overflow) = (nil, false, nil)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { try style.set(name, to: value, parent: self) }
        return style
    }

    /// Whether a declaration makes a document as large as its viewBox, which the attributes make it, too.
    private static func isSizeOfViewBox(_ declaration: CSSDeclaration, _ attributes: [String: String]) -> Bool {
        let name = declaration.name
        guard name == "width" || name == "height", declaration.value.tokens == [.percentage(100)] else { return false }
        var scanner = SVGAttributeScanner(attributes["viewBox"] ?? "")
        guard let box = scanner.numberList(), box.count == 4 else { return false }
        return switch attributes[name].flatMap({ SVGLength(CSSValue($0)) }) {
        case .px(let length): length == box[name == "width" ? 2 : 3]
        case .percent, nil: true
        case .relative: false
        }
    }

    private mutating func set(
        _ name: String, to value: SVGPropertyValue, parent: SVGStyle
    ) throws(MaskFormatError) {
        let initial = SVGStyle()
        switch (name, value) {
        case (_, .unsupported(let problem)):
            guard ignored.contains(name) else { throw MaskFormatError(problem) }
            try set(name, to: .initial, parent: parent)
        case ("clip-path", .inherit): clipPath = parent.clipPath
        case ("vector-effect", .inherit): hasNonScalingStroke = parent.hasNonScalingStroke
        case ("overflow", .inherit): overflow = parent.overflow ?? "visible"
        // Other properties that are not inherited have no effect on the children, so the parent's value has none.
        case (_, .inherit): return
        case ("display", .keyword(let keyword)): hasDisplay = keyword != "none"
        case ("opacity", .opacity(let isOpaque)): self.isOpaque = isOpaque
        case ("visibility", .keyword(let keyword)): isVisible = keyword == "visible"
        case ("visibility", .initial): isVisible = initial.isVisible
        case ("color", .color(let color)): self.color = color
        case ("color", .initial): color = initial.color
        case ("stroke", .paint(let paint)): strokePaint = paint
        case ("stroke", .initial): strokePaint = initial.strokePaint
        case ("fill", .paint(let paint)): fillPaint = paint
        case ("fill", .initial): fillPaint = initial.fillPaint
        case ("stroke-width", .length(let width)): strokeWidth = width
        case ("stroke-width", .initial): strokeWidth = initial.strokeWidth
        case ("stroke-linecap", .keyword(let keyword)):
            lineCap = keyword == "round" ? .round : keyword == "square" ? .square : .butt
        case ("stroke-linecap", .initial): lineCap = initial.lineCap
        case ("fill-rule", .keyword(let keyword)): hasEvenOddFill = keyword == "evenodd"
        case ("fill-rule", .initial): hasEvenOddFill = false
        case ("stroke-linejoin", .keyword(let keyword)): lineJoin = keyword
        case ("stroke-linejoin", .initial): lineJoin = initial.lineJoin
        case ("stroke-miterlimit", .number(let number)): miterLimit = number
        case ("stroke-miterlimit", .initial): miterLimit = initial.miterLimit
        case ("clip-path", .reference(let id)): clipPath = id
        case ("vector-effect", .keyword(let keyword)): hasNonScalingStroke = keyword == "non-scaling-stroke"
        case ("overflow", .keyword(let keyword)): overflow = keyword
        case ("overflow", .initial): overflow = "visible"
        case ("stroke-opacity", .opacity(let isOpaque)): isStrokeOpaque = isOpaque
        case ("stroke-opacity", .initial): isStrokeOpaque = initial.isStrokeOpaque
        case ("fill-opacity", .opacity(let isOpaque)): isFillOpaque = isOpaque
        case ("fill-opacity", .initial): isFillOpaque = initial.isFillOpaque
        case ("transform", .initial): usesTransform = false
        case ("background", .color(let color)), ("background-color", .color(let color)): background = color
        default: return
        }
    }
}
