/// Writes JSON into a buffer, with members in the order in which they are given.
///
/// It sets brackets and commas; that a member has one name and one value is the caller's part.
public struct JSONWriter: Sendable {
    /// What was written so far, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    private let isPretty: Bool
    private var depth = 0
    private var position = Position.start

    private enum Position {
        case start, afterName, afterValue
    }

    /// A writer with nothing written.
    ///
    /// - Parameter isPretty: one member or element a line, indented by two spaces; otherwise no space at all.
    public init(isPretty: Bool = false) {
        self.isPretty = isPretty
    }

    /// Forgets what was written and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        depth = 0
        position = .start
    }

    /// An object; `body` writes its members, a name and a value each.
    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// An array; `body` writes its elements.
    public mutating func array(_ body: (inout JSONWriter) -> Void) {
        enclose(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// The name of the next value.
    public mutating func name(_ name: StaticString) {
        separate()
        name.withUTF8Buffer { quote($0) }
        colon()
    }

    /// The name of the next value, for names that are data.
    public mutating func name(_ name: String) {
        separate()
        quote(name.utf8)
        colon()
    }

    /// A string, with quotes, backslashes and control characters escaped.
    public mutating func value(_ value: String) {
        separate()
        quote(value.utf8)
        position = .afterValue
    }

    /// A whole number.
    public mutating func value(_ value: Int) {
        separate()
        DecimalText.append(value, to: &bytes)
        position = .afterValue
    }

    /// A whole number of 0 or more.
    public mutating func value(_ value: UInt64) {
        separate()
        DecimalText.append(UInt(value), to: &bytes)
        position = .afterValue
    }

    /// A number with at most `decimals` places; `null` if it is not finite, or too large for `DecimalText`.
    public mutating func value(_ value: Double, decimals: Int) {
        separate()
        if !DecimalText.append(value, decimals: decimals, to: &bytes) { append("null") }
        position = .afterValue
    }

    /// A number with one to `decimals` places, `1.0`: for readers that take a column's type from how numbers are written.
    public mutating func real(_ value: Double, decimals: Int) {
        let start = bytes.count
        self.value(value, decimals: decimals)
        let written = bytes[start...]
        // What is no number is `null`.
        if !written.contains(UInt8(ascii: ".")), written.last != UInt8(ascii: "l") { append(".0") }
    }

    /// `true` or `false`.
    public mutating func value(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
        position = .afterValue
    }

    /// `null`.
    public mutating func null() {
        separate()
        append("null")
        position = .afterValue
    }

    /// Ends a document, or a line of JSON Lines, with a line feed.
    public mutating func endLine() {
        bytes.append(0x0A)
        position = .start
    }

    private mutating func enclose(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(open)
        depth += 1
        position = .start
        body(&self)
        depth -= 1
        if position == .afterValue { breakLine() }
        bytes.append(close)
        position = .afterValue
    }

    /// What stands before a value: nothing behind its name, otherwise a comma where one is due, and a new line.
    private mutating func separate() {
        if position == .afterName { return }
        if position == .afterValue { bytes.append(UInt8(ascii: ",")) }
        if depth > 0 { breakLine() }
    }

    private mutating func colon() {
        bytes.append(UInt8(ascii: ":"))
        if isPretty { bytes.append(UInt8(ascii: " ")) }
        position = .afterName
    }

    private mutating func breakLine() {
        guard isPretty else { return }
        bytes.append(0x0A)
        for _ in 0..<depth { append("  ") }
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func quote(_ text: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                append("\\u00")
                for digit in [byte >> 4, byte & 15] {
                    bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                }
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
