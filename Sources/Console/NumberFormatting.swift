import JSONText

/// A whole number with thousands separators: `60,000`.
package func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
}

/// A number with its noun: `1 mask`, `60,000 masks`.
///
/// - Parameter plural: The plural of `noun`; by default `noun` with an s.
package func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// Bytes in MB, with one decimal below 100: `12.3`.
package func megabytes(_ bytes: Int) -> String {
    bytes < 100_000_000 ? DecimalText.string(Double(bytes) / 1e6, decimals: 1) : grouped(bytes / 1_000_000)
}

/// A ratio as a percentage with at most `decimals` decimals: `13.2 %`.
package func percent(_ ratio: Double, decimals: Int = 1) -> String {
    DecimalText.string(100 * ratio, decimals: decimals) + " %"
}
