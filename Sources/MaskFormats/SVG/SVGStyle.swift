/// The properties of an SVG shape's appearance that matter for a mask, by the rules of CSS.
///
/// A declaration that CSS considers invalid is ignored, as browsers do. A valid value that would make a shape anything
/// but a brush stroke of constant width is an error, and never ignored.
struct SVGStyle {
    /// In user units.
    private(set) var strokeWidth = 1.0
    private(set) var hasRoundCaps = false
    private(set) var hasButtCaps = true
    private(set) var hasRoundJoins = false
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

    private var strokePaint = SVGPaint.none
    private var fillPaint = SVGPaint.black
    /// The property `color`; nil if it is not a plain color.
    private var color: SVGColor? = .black
    private var isStrokeOpaque = true
    private var isFillOpaque = true
    private var isOpaque = true

    /// The paint of the stroke; none if it is transparent.
    var stroke: SVGPaint { isStrokeOpaque ? strokePaint.resolved(current: color) : .none }
    /// The paint of the fill; none if it is transparent.
    var fill: SVGPaint { isFillOpaque ? fillPaint.resolved(current: color) : .none }

    /// The style of an element whose parent has this style.
    ///
    /// A declaration in `style` takes precedence over the attribute with the same name, and an important one over both.
    /// - Parameters:
    ///   - attributes: The attributes of the element.
    ///   - element: The name of the element.
    func inherited(by attributes: [String: String], of element: String) throws(MaskFormatError) -> SVGStyle {
        var values: [String: SVGPropertyValue] = [:]
        var important: Set<String> = []
        for (name, text) in attributes {
            if let value = SVGPropertyValue(name, CSSValue(text)) { values[name] = value }
        }
        if let text = attributes["style"] {
            for declaration in try CSSDeclaration.list(text) {
                let (name, value) = (declaration.name, declaration.value)
                guard declaration.isImportant || !important.contains(name),
                    let value = SVGPropertyValue(name, value)
                        ?? SVGPropertyValue(styleOnly: name, value, of: element)
                else { continue }
                values[name] = value
                if declaration.isImportant { important.insert(name) }
            }
        }
        var style = self
        (style.hasDisplay, style.isOpaque, style.usesTransform, style.background) = (true, true, true, nil)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { try style.set(name, to: value) }
        return style
    }

    private mutating func set(_ name: String, to value: SVGPropertyValue) throws(MaskFormatError) {
        let initial = SVGStyle()
        switch (name, value) {
        case (_, .unsupported(let problem)): throw MaskFormatError(problem)
        // Properties that are not inherited have no effect on the children, so the parent's value has none.
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
        case ("stroke-width", .width(let width)): strokeWidth = width
        case ("stroke-width", .initial): strokeWidth = initial.strokeWidth
        case ("stroke-linecap", .keyword(let keyword)):
            (hasRoundCaps, hasButtCaps) = (keyword == "round", keyword == "butt")
        case ("stroke-linecap", .initial): (hasRoundCaps, hasButtCaps) = (false, true)
        case ("fill-rule", .keyword(let keyword)): hasEvenOddFill = keyword == "evenodd"
        case ("fill-rule", .initial): hasEvenOddFill = false
        case ("stroke-linejoin", .keyword(let keyword)): hasRoundJoins = keyword == "round"
        case ("stroke-linejoin", .initial): hasRoundJoins = initial.hasRoundJoins
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
