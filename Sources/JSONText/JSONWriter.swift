/// Writes JSON into a buffer, with members in the order in which they are written.
///
/// It writes brackets and commas; the caller pairs each name of an object with one value.
public struct JSONWriter: Sendable {
    /// The text so far, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    private var place: Place

    /// A writer without any text.
    ///
    /// - Parameter isPretty: Whether each member and element has its own line, indented by two spaces per level;
    ///   otherwise there is no white space.
    public init(isPretty: Bool = false) {
        place = Place(isPretty: isPretty)
    }

    /// Removes the text and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        place = Place(isPretty: place.isPretty)
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
    ///
    /// - Parameter name: Written as it is: without quotes, backslashes, and control characters.
    public mutating func name(_ name: StaticString) {
        name.withUTF8Buffer { name in
            unsafe assert(!JSONEscapes.areNeeded(in: name))
            unsafe append(capacity: JSONEscapes.capacity(for: name, escaping: false) + 1) { text in
                unsafe JSONEscapes.append(name, escaping: false, to: &text)
                text.append(UInt8(ascii: ":"))
            }
        }
        endName()
    }

    /// The name of the next value, for names that are data.
    ///
    /// Literals are static strings, as this overload is disfavored.
    @_disfavoredOverload
    public mutating func name(_ name: String) {
        value(name)
        bytes.append(UInt8(ascii: ":"))
        endName()
    }

    /// A string; quotes, backslashes, and control characters are escaped.
    public mutating func value(_ value: String) {
        var value = value
        value.withUTF8 { string in
            let escaping = unsafe JSONEscapes.areNeeded(in: string)
            unsafe append(capacity: JSONEscapes.capacity(for: string, escaping: escaping)) { text in
                unsafe JSONEscapes.append(string, escaping: escaping, to: &text)
            }
        }
    }

    /// An integer.
    public mutating func value(_ value: Int) {
        append(capacity: DecimalText.maximumByteCount) { DecimalText.append(value, to: &$0) }
    }

    /// An integer of 0 or more.
    public mutating func value(_ value: UInt64) {
        append(capacity: DecimalText.maximumByteCount) { DecimalText.append(value, to: &$0) }
    }

    /// An integer of 0 or more as a string, for readers whose numbers have only 53 bits.
    public mutating func value(quoted value: UInt64) {
        append(capacity: DecimalText.maximumByteCount + 2) { text in
            text.append(UInt8(ascii: "\""))
            DecimalText.append(value, to: &text)
            text.append(UInt8(ascii: "\""))
        }
    }

    /// A number with at most `decimals` places; `null` if it is not finite or 2⁶³ / 10^`decimals` or more in magnitude.
    public mutating func value(_ value: Double, decimals: Int) {
        append(capacity: DecimalText.maximumByteCount) { Self.append(value, decimals: decimals, to: &$0) }
    }

    /// A number that is read back as the same double: with at most 9 places if they suffice, otherwise in the shortest form,
    /// perhaps with an exponent. `null` if it is not finite.
    public mutating func value(exactly value: Double) {
        guard value.isFinite, Double(DecimalText.string(value, decimals: 9)) != value else {
            return self.value(value, decimals: 9)
        }
        append(capacity: Self.shortestCapacity) { text in
            for byte in "\(value)".utf8 { text.append(byte) }
        }
    }

    /// An upper bound on the bytes of a double in its shortest form: `-2.2250738585072014e-308`.
    private static let shortestCapacity = 32

    /// A number with 1 to `decimals` places, `1.0`: for readers that infer the type of a column from its numbers.
    public mutating func real(_ value: Double, decimals: Int) {
        let start = bytes.count
        self.value(value, decimals: decimals)
        let written = bytes[start...]
        // Only `null` ends in a letter.
        if !written.contains(UInt8(ascii: ".")), written.last != UInt8(ascii: "l") { bytes.append(".0") }
    }

    /// `true` or `false`.
    public mutating func value(_ value: Bool) {
        append(capacity: 5) { $0.append(value ? "true" : "false") }
    }

    /// `null`.
    public mutating func null() {
        append(capacity: 4) { $0.append("null") }
    }

    /// An array of `count` pairs of numbers, `[[12.5,40.25],[13,-0.5]]`, with at most `decimals` places each.
    ///
    /// Most of a mask's text is such pairs, so they are written without the bookkeeping of other values.
    /// - Parameters:
    ///   - count: The number of pairs.
    ///   - decimals: The maximum number of decimals.
    ///   - pair: Returns the pair at an index from 0.
    public mutating func pairs(count: Int, decimals: Int, _ pair: (Int) -> (Double, Double)) {
        guard !place.isPretty else {
            return array { json in
                for index in 0..<count {
                    let (x, y) = pair(index)
                    json.array { json in
                        json.value(x, decimals: decimals)
                        json.value(y, decimals: decimals)
                    }
                }
            }
        }
        // `[x,y],` for each pair, and the brackets around all of them.
        append(capacity: 2 + count * (4 + 2 * DecimalText.maximumByteCount)) { text in
            text.append(UInt8(ascii: "["))
            for index in 0..<count {
                let (x, y) = pair(index)
                if index > 0 { text.append(UInt8(ascii: ",")) }
                text.append(UInt8(ascii: "["))
                Self.append(x, decimals: decimals, to: &text)
                text.append(UInt8(ascii: ","))
                Self.append(y, decimals: decimals, to: &text)
                text.append(UInt8(ascii: "]"))
            }
            text.append(UInt8(ascii: "]"))
        }
    }

    /// Ends a document, or a line of JSON Lines, with a line feed.
    public mutating func endLine() {
        bytes.append(0x0A)
        place.position = .start
    }

    private static func append(_ value: Double, decimals: Int, to text: inout TextCursor) {
        if !DecimalText.append(value, decimals: decimals, to: &text) { text.append("null") }
    }

    /// Appends a value of at most `capacity` bytes, after what separates it from the text before it.
    @inline(__always)
    private mutating func append(capacity: Int, _ write: (inout TextCursor) -> Void) {
        let place = place
        bytes.append(capacity: place.separatorCapacity + capacity) { text in
            place.appendSeparator(to: &text)
            write(&text)
        }
        self.place.position = .afterValue
    }

    private mutating func endName() {
        if place.isPretty { bytes.append(UInt8(ascii: " ")) }
        place.position = .afterName
    }

    private mutating func enclose(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        append(capacity: 1) { $0.append(open) }
        place.depth += 1
        place.position = .start
        body(&self)
        place.depth -= 1
        if place.isPretty, place.position == .afterValue {
            let place = place
            bytes.append(capacity: place.separatorCapacity) { place.appendLineBreak(to: &$0) }
        }
        bytes.append(close)
        place.position = .afterValue
    }

    /// Where the next token is: all that the text between two tokens depends on.
    private struct Place {
        enum Position {
            case start, afterName, afterValue
        }

        let isPretty: Bool
        var depth = 0
        var position = Position.start

        init(isPretty: Bool) {
            self.isPretty = isPretty
        }

        /// An upper bound on the bytes of a separator.
        var separatorCapacity: Int { isPretty ? 2 + 2 * depth : 1 }

        /// Appends a comma if one is due, and a line break in pretty text; nothing after a name.
        @inline(__always)
        func appendSeparator(to text: inout TextCursor) {
            if position == .afterName { return }
            if position == .afterValue { text.append(UInt8(ascii: ",")) }
            if isPretty, depth > 0 { appendLineBreak(to: &text) }
        }

        func appendLineBreak(to text: inout TextCursor) {
            text.append(0x0A)
            for _ in 0..<depth { text.append("  ") }
        }
    }
}
