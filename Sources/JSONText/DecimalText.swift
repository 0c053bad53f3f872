/// Numbers as text: the one way in which this program writes them into files.
///
/// Plain decimals with no exponent, no sign on zero and no zeros at the end, whatever the locale.
public enum DecimalText {
    /// Appends `value` rounded to `decimals` places, halves away from zero: `12.5`, `-0.01`, `3`.
    ///
    /// - Parameters:
    ///   - value: a finite number below 2⁶³ / 10^`decimals` in magnitude.
    ///   - decimals: 0 to 9.
    /// - Returns: false, and nothing appended, if `value` is not in that range.
    @discardableResult
    public static func append(_ value: Double, decimals: Int, to text: inout [UInt8]) -> Bool {
        var unit = 1
        for _ in 0..<decimals { unit *= 10 }
        guard let scaled = Int(exactly: (value * Double(unit)).rounded()) else { return false }
        if scaled < 0 { text.append(UInt8(ascii: "-")) }
        append(scaled.magnitude / UInt(unit), to: &text)
        var rest = scaled.magnitude % UInt(unit)
        guard rest > 0 else { return true }
        text.append(UInt8(ascii: "."))
        while rest > 0 {
            unit /= 10
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / UInt(unit)))
            rest %= UInt(unit)
        }
        return true
    }

    /// Appends a whole number.
    public static func append(_ value: Int, to text: inout [UInt8]) {
        if value < 0 { text.append(UInt8(ascii: "-")) }
        append(value.magnitude, to: &text)
    }

    /// Appends a whole number of 0 or more.
    public static func append(_ value: UInt, to text: inout [UInt8]) {
        if value >= 10 { append(value / 10, to: &text) }
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
    }

    /// `value` with up to `decimals` places; `–` where it is not finite, or too large for `append`.
    public static func string(_ value: Double, decimals: Int) -> String {
        var text: [UInt8] = []
        return append(value, decimals: decimals, to: &text) ? String(decoding: text, as: UTF8.self) : "–"
    }
}
