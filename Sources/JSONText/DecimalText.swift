/// Numbers as text: the only code in this project that formats numbers for files.
///
/// Plain decimals in every locale: no exponent, no sign on zero, no trailing zeros.
package enum DecimalText {
    /// An upper bound on the bytes of one number: a sign, a point, and 20 digits.
    package static let maximumByteCount = 22

    /// Appends `value` rounded to `decimals` places, halves away from zero: `12.5`, `-0.01`, `3`.
    ///
    /// - Parameters:
    ///   - value: A finite number below 2⁶³ / 10^`decimals` in magnitude.
    ///   - decimals: 0 to 9.
    /// - Returns: False, with nothing appended, if `value` is not in that range.
    @discardableResult
    package static func append(_ value: Double, decimals: Int, to text: inout [UInt8]) -> Bool {
        var isInRange = true
        text.append(capacity: maximumByteCount) { isInRange = append(value, decimals: decimals, to: &$0) }
        return isInRange
    }

    /// `value` with up to `decimals` places; `–` if it is not finite or too large for `append`.
    package static func string(_ value: Double, decimals: Int) -> String {
        var text: [UInt8] = []
        return append(value, decimals: decimals, to: &text) ? String(decoding: text, as: UTF8.self) : "–"
    }

    /// Writes `value` rounded to `decimals` places, in at most `maximumByteCount` bytes.
    ///
    /// - Returns: False, with nothing written, if `value` is out of range.
    @discardableResult
    package static func append(_ value: Double, decimals: Int, to text: inout TextCursor) -> Bool {
        // Coordinates and widths have two decimals, so that case is compiled for its constant divisors.
        guard decimals != 2 else { return append(value, unit: 100, decimals: 2, to: &text) }
        var unit: UInt = 1
        for _ in 0..<decimals { unit *= 10 }
        return append(value, unit: unit, decimals: decimals, to: &text)
    }

    /// Writes an integer in at most `maximumByteCount` bytes.
    package static func append(_ value: Int, to text: inout TextCursor) {
        if value < 0 { text.append(UInt8(ascii: "-")) }
        append(digitsOf: value.magnitude, to: &text)
    }

    /// Writes an integer of 0 or more in at most `maximumByteCount` bytes.
    package static func append(_ value: UInt64, to text: inout TextCursor) {
        append(digitsOf: UInt(value), to: &text)
    }

    @inline(__always)
    private static func append(_ value: Double, unit: UInt, decimals: Int, to text: inout TextCursor) -> Bool {
        let scaled = value * Double(unit)
        // NaN fails both comparisons.
        guard scaled >= -0x1p63, scaled < 0x1p63 else { return false }
        let units = roundedAwayFromZero(scaled)
        if decimals == 2, UInt(bitPattern: units) < 100_000 {
            appendShort(hundredths: UInt32(truncatingIfNeeded: units), to: &text)
            return true
        }
        if units < 0 { text.append(UInt8(ascii: "-")) }
        let whole = units.magnitude / unit
        append(digitsOf: whole, to: &text)
        let fraction = units.magnitude &- whole &* unit
        if fraction > 0 { append(fraction: fraction, decimals: decimals, to: &text) }
        return true
    }

    /// Writes a number below 1,000 with up to two decimals, as most coordinates are.
    ///
    /// How many digits it has cannot be predicted, so nothing branches on it: all possible digits are written, and the
    /// next text overwrites those that are not part of the number.
    ///
    /// - Parameter hundredths: Below 100,000.
    @inline(__always)
    private static func appendShort(hundredths: UInt32, to text: inout TextCursor) {
        let zeros: UInt32 = 0x30_3030
        let whole = hundredths / 100
        let fraction = hundredths &- 100 &* whole
        // The products are shifted as if divided by 100 and by 10: exact for numbers below 1,000, and below 100.
        let hundreds = (whole &* 5243) &>> 19
        let rest = whole &- 100 &* hundreds
        let tens = (rest &* 103) &>> 10
        let digits = hundreds | tens &<< 8 | (rest &- 10 &* tens) &<< 16 | zeros
        let leadingZeros: UInt32 = (whole < 100 ? 1 : 0) &+ (whole < 10 ? 1 : 0)
        text.append(digits &>> (8 &* leadingZeros), count: 3 &- Int(truncatingIfNeeded: leadingZeros))
        let tenths = (fraction &* 103) &>> 10
        let hundredth = fraction &- 10 &* tenths
        let decimals = UInt32(UInt8(ascii: ".")) | tenths &<< 8 | hundredth &<< 16 | zeros &<< 8
        text.append(decimals, count: fraction == 0 ? 0 : hundredth == 0 ? 2 : 3)
    }

    /// The nearest integer, halves away from zero: what `rounded()` returns, without a call to the C library.
    ///
    /// - Parameter value: −2⁶³ to below 2⁶³. The fraction is exact: from 2⁵² on, doubles have none.
    @inline(__always)
    private static func roundedAwayFromZero(_ value: Double) -> Int {
        let truncated = Int(value)
        let fraction = value - Double(truncated)
        return truncated &+ (fraction >= 0.5 ? 1 : 0) &- (fraction <= -0.5 ? 1 : 0)
    }

    @inline(__always)
    private static func append(digitsOf number: UInt, to text: inout TextCursor) {
        if number >= 1000 {
            appendLong(number, to: &text)
        } else if number >= 100 {
            let hundreds = number / 100
            text.append(digit(hundreds))
            append(pair: number &- hundreds &* 100, to: &text)
        } else if number >= 10 {
            append(pair: number, to: &text)
        } else {
            text.append(digit(number))
        }
    }

    /// Writes the digits of a number of 1000 or more: all divisors are constants, which compile to multiplications.
    @inline(never)
    private static func appendLong(_ number: UInt, to text: inout TextCursor) {
        let (upper, lower) = number.quotientAndRemainder(dividingBy: 10_000)
        let (first, last) = lower.quotientAndRemainder(dividingBy: 100)
        if upper > 0 {
            append(digitsOf: upper, to: &text)
            append(pair: first, to: &text)
        } else {
            append(digitsOf: first, to: &text)
        }
        append(pair: last, to: &text)
    }

    /// Writes the point and the decimals up to the last that is not 0.
    ///
    /// - Parameter fraction: In units of 10^−`decimals`, above 0 and below 1.
    @inline(__always)
    private static func append(fraction: UInt, decimals: Int, to text: inout TextCursor) {
        text.append(UInt8(ascii: "."))
        if decimals == 2 {
            let tenths = tens(of: fraction)
            let hundredths = fraction &- 10 &* tenths
            text.append(digit(tenths))
            if hundredths > 0 { text.append(digit(hundredths)) }
            return
        }
        var rest = fraction
        var unit: UInt = 1
        for _ in 1..<decimals { unit *= 10 }
        while rest > 0 {
            text.append(digit(rest / unit))
            rest %= unit
            unit /= 10
        }
    }

    /// Writes a number below 100 as two digits.
    @inline(__always)
    private static func append(pair number: UInt, to text: inout TextCursor) {
        let tens = tens(of: number)
        text.append(digit(tens))
        text.append(digit(number &- 10 &* tens))
    }

    /// `number` / 10, for numbers below 179: a multiplication that needs no wider result.
    @inline(__always)
    private static func tens(of number: UInt) -> UInt { (number &* 103) >> 10 }

    @inline(__always)
    private static func digit(_ number: UInt) -> UInt8 {
        UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number)
    }
}
