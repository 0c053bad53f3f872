/// A color of CSS, as far as a mask needs it.
enum CSSColor: Hashable {
    case opaque(SVGColor)
    case transparent
    /// The value of the property `color`.
    case current
    /// Translucent, or of a notation that is not read.
    case unsupported

    /// Reads a color; nil if the value is none.
    init?(_ value: CSSValue) {
        switch value.tokens.first {
        case .name(let name)? where value.tokens.count == 1:
            if let digits = Self.named[name] {
                self = .opaque(SVGColor(digits))
            } else if name == "transparent" {
                self = .transparent
            } else if name == "currentcolor" {
                self = .current
            } else if Self.systemColors.contains(name) || name.hasPrefix("-") {
                self = .unsupported
            } else {
                return nil
            }
        case .hash(let digits)? where value.tokens.count == 1:
            guard let color = Self(digits: digits) else { return nil }
            self = color
        case .function("rgb")?, .function("rgba")?: self = Self(rgb: value.tokens.dropFirst()) ?? .unsupported
        default:
            guard value.hasFunction else { return nil }
            self = .unsupported
        }
    }

    /// The color of 3, 4, 6, or 8 hexadecimal digits; nil for any other text.
    private init?(digits: String) {
        let values = digits.compactMap(\.hexDigitValue)
        guard values.count == digits.utf8.count else { return nil }
        let bytes: [Int]
        switch values.count {
        case 3, 4: bytes = values.map { 17 * $0 }
        case 6, 8: bytes = stride(from: 0, to: values.count, by: 2).map { 16 * values[$0] + values[$0 + 1] }
        default: return nil
        }
        self.init(channels: bytes.map(Double.init), alpha: bytes.count == 4 ? Double(bytes[3]) / 255 : 1)
    }

    /// The color of `rgb(…)` after its opening parenthesis, with commas or with spaces; nil for anything else.
    private init?(rgb tokens: ArraySlice<CSSToken.Kind>) {
        let tokens = tokens.filter { $0 != .space }
        guard tokens.last == .character(UInt8(ascii: ")")) else { return nil }
        var numbers: [CSSToken.Kind] = []
        var separators: [CSSToken.Kind] = []
        for token in tokens.dropLast() {
            switch token {
            case .number(let number) where number.isFinite: numbers.append(token)
            case .percentage(let number) where number.isFinite: numbers.append(token)
            case .character(UInt8(ascii: ",")), .character(UInt8(ascii: "/")):
                // The index of the number before it, and the separator.
                separators += [.number(Double(numbers.count)), token]
            default: return nil
            }
        }
        let (comma, slash) = (CSSToken.Kind.character(UInt8(ascii: ",")), CSSToken.Kind.character(UInt8(ascii: "/")))
        let (one, two, three) = (CSSToken.Kind.number(1), CSSToken.Kind.number(2), CSSToken.Kind.number(3))
        switch (numbers.count, separators) {
        case (3, []), (3, [one, comma, two, comma]), (4, [three, slash]),
            (4, [one, comma, two, comma, three, comma]):
            break
        default: return nil
        }
        var channels: [Double] = []
        var percentages = 0
        for number in numbers.prefix(3) {
            switch number {
            case .number(let value): channels.append(value)
            case .percentage(let value):
                channels.append(value * 2.55)
                percentages += 1
            default: return nil
            }
        }
        guard percentages == 0 || percentages == 3 else { return nil }
        let alpha =
            switch numbers.dropFirst(3).first {
            case .number(let value)?: value
            case .percentage(let value)?: value / 100
            default: 1.0
            }
        self.init(channels: channels, alpha: alpha)
    }

    private init(channels: [Double], alpha: Double) {
        self = alpha >= 1 ? .opaque(SVGColor(channels)) : alpha <= 0 ? .transparent : .unsupported
    }
}
