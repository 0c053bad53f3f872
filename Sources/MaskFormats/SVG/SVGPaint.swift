/// The value of the property `stroke` or `fill`.
struct SVGPaint: Hashable {
    enum Kind: Hashable {
        case none
        case color(SVGColor)
        /// The value of the property `color`.
        case current
        /// A gradient, a translucent color, or another paint that a mask cannot have.
        case unsupported
    }

    let kind: Kind
    /// The paint as it is written, in lower case without spaces.
    let text: String

    /// The initial value of `stroke`.
    static let none = SVGPaint(kind: .none, text: "none")
    /// The initial value of `fill`.
    static let black = SVGPaint(kind: .color(.black), text: "black")

    private init(kind: Kind, text: String) {
        self.kind = kind
        self.text = text
    }

    /// Reads a paint; nil if the value is none.
    init?(_ value: CSSValue) {
        switch CSSColor(value) {
        case .opaque(let color): kind = .color(color)
        case .transparent: kind = .none
        case .current: kind = .current
        case .unsupported: kind = .unsupported
        case nil:
            switch value.keyword {
            case "none": kind = .none
            case "context-fill", "context-stroke": kind = .unsupported
            default: return nil
            }
        }
        text = value.text.lowercased().filter { !$0.isWhitespace }
    }

    /// The paint with `current` replaced by `color`, which is nil if it is not a plain color.
    func resolved(current color: SVGColor?) -> SVGPaint {
        kind == .current ? SVGPaint(kind: color.map(Kind.color) ?? .unsupported, text: text) : self
    }
}
