import JSONText

/// A whole number with its thousands set apart: `60,000`.
package func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
}

/// Bytes in MB, with one decimal below 100: `12.3`.
package func megabytes(_ bytes: Int) -> String {
    bytes < 100_000_000 ? DecimalText.string(Double(bytes) / 1e6, decimals: 1) : grouped(bytes / 1_000_000)
}

/// A share as per cent with `decimals` places: `13.2 %`.
package func percent(_ ratio: Double, decimals: Int = 1) -> String {
    DecimalText.string(100 * ratio, decimals: decimals) + " %"
}
