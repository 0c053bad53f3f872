/// Version 2's formatter of numbers, one digit at a time: the reference for the bytes of the fast one.
enum ReferenceDecimalText {
    static func append(_ value: Double, decimals: Int, to text: inout [UInt8]) -> Bool {
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

    private static func append(_ value: UInt, to text: inout [UInt8]) {
        if value >= 10 { append(value / 10, to: &text) }
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
    }
}
