/// A length of CSS and SVG: a number, or a number with a unit.
enum SVGLength: Hashable {
    /// In px: also of the other absolute units, of which an inch has 96 px.
    case px(Double)
    /// Percent of something that depends on the property.
    case percent(Double)
    /// A length that depends on a font or a window, is computed by a function, or is infinite.
    case relative

    /// Reads a length; nil if the value is none.
    init?(_ value: CSSValue) {
        guard value.tokens.count == 1 else {
            guard value.hasFunction else { return nil }
            self = .relative
            return
        }
        switch value.tokens[0] {
        case .number(let number): self = number.isFinite ? .px(number) : .relative
        case .percentage(let number): self = number.isFinite ? .percent(number) : .relative
        case .dimension(let number, let unit):
            if !number.isFinite {
                self = .relative
            } else if let factor = Self.pixels[unit] {
                self = .px(number * factor)
            } else if Self.relativeUnits.contains(unit) {
                self = .relative
            } else {
                return nil
            }
        case .function: self = .relative
        default: return nil
        }
    }

    /// The length in px; nil if `text` is none, or is not known without the rest of the document.
    static func px(_ text: String) -> Double? {
        if case .px(let length) = SVGLength(CSSValue(text)) { length } else { nil }
    }

    /// Px per unit.
    private static let pixels: [String: Double] = [
        "px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6, "pt": 96.0 / 72, "pc": 16,
    ]

    private static let relativeUnits: Set<String> = {
        let fonts = ["em", "ex", "cap", "ch", "ic", "lh"]
        let sides = ["w", "h", "i", "b", "min", "max"]
        return Set(
            fonts + fonts.map { "r" + $0 } + ["v", "sv", "lv", "dv", "cq"].flatMap { unit in sides.map { unit + $0 } })
    }()
}
