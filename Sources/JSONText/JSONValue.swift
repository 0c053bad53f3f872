/// A value of a parsed document: a position on simdjson's tape.
///
/// It keeps its document in memory, also after the parser has parsed another one. The tape is an array of 64-bit words
/// with the letter of a type in the top byte and a payload in the others; simdjson's doc/tape.md describes it.
@safe public struct JSONValue {
    /// What owns the tape and the strings.
    private let document: JSONDocument
    private let tape: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>
    private let index: Int

    /// The JSON types.
    public enum Kind: Hashable, Sendable {
        case object, array, string, number, boolean, null
    }

    init(document: JSONDocument, tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, index: Int) {
        self.document = document
        unsafe self.tape = tape
        unsafe self.strings = strings
        self.index = index
    }

    private var type: UInt8 { UInt8(truncatingIfNeeded: word(0) >> 56) }
    private var payload: UInt64 { word(0) & 0xFF_FFFF_FFFF_FFFF }

    /// The word on the tape `offset` words after the first of the value.
    @inline(__always)
    private func word(_ offset: Int) -> UInt64 { withExtendedLifetime(document) { unsafe tape[index &+ offset] } }

    /// The value's type.
    public var kind: Kind {
        switch type {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// The elements in document order; nil unless the value is an array.
    public var elements: Elements? {
        type == UInt8(ascii: "[") ? Elements(upcoming: at(index + 1), end: endIndex) : nil
    }

    /// The members in document order, including duplicate names; empty unless the value is an object.
    public var members: Members {
        type == UInt8(ascii: "{")
            ? Members(upcoming: at(index + 1), end: endIndex) : Members(upcoming: self, end: index)
    }

    /// The last member with this name; nil if there is none or the value is not an object.
    ///
    /// - Complexity: O(*n*) in the number of members
    public subscript(name: StaticString) -> JSONValue? {
        var found: JSONValue?
        for member in members where member.name == name { found = member.value }
        return found
    }

    /// The string, without a copy; nil unless the value is a string.
    public var string: JSONString? {
        guard type == UInt8(ascii: "\"") else { return nil }
        let start = unsafe strings + Int(payload)
        let count = withExtendedLifetime(document) { unsafe UnsafeRawPointer(start).loadUnaligned(as: UInt32.self) }
        return unsafe JSONString(document: document, start: start + 4, count: Int(UInt32(littleEndian: count)))
    }

    /// The number, rounded to the nearest double; nil unless the value is a number.
    public var double: Double? {
        switch type {
        case UInt8(ascii: "l"): Double(Int64(bitPattern: word(1)))
        case UInt8(ascii: "u"): Double(word(1))
        case UInt8(ascii: "d"): Double(bitPattern: word(1))
        default: nil
        }
    }

    /// The number if it is written as an integer from 0 to 2⁶⁴ − 1; nil otherwise.
    public var uint64: UInt64? {
        switch type {
        case UInt8(ascii: "l"): UInt64(exactly: Int64(bitPattern: word(1)))
        case UInt8(ascii: "u"): word(1)
        default: nil
        }
    }

    /// The number if it is written as an integer from −2⁶³ to 2⁶³ − 1; nil otherwise.
    @inline(__always)
    public var int: Int? {
        type == UInt8(ascii: "l") ? Int(Int64(bitPattern: word(1))) : nil
    }

    /// The number if its value is an integer from −2⁶³ to 2⁶³ − 1, however it is written: `3`, `3.0`, `30e-1`.
    public var integer: Int? { int ?? double.flatMap(Int.init(exactly:)) }

    /// The Boolean; nil unless the value is `true` or `false`.
    public var boolean: Bool? {
        switch type {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }

    /// The value in a form close to JSON, without white space: for messages and comparisons.
    ///
    /// Strings are not escaped. Numbers are exact: the texts of two different numbers differ.
    /// - Complexity: O(*n*) in the length of the text
    public var compactText: String {
        switch kind {
        case .object: "{" + members.map { "\"\($0.name.text)\":\($0.value.compactText)" }.joined(separator: ",") + "}"
        case .array: "[" + (elements.map { $0.map(\.compactText) } ?? []).joined(separator: ",") + "]"
        case .string: "\"\(string?.text ?? "")\""
        case .number: numberText
        case .boolean: boolean == true ? "true" : "false"
        case .null: "null"
        }
    }

    private var numberText: String {
        if let int { return "\(int)" }
        if let uint64 { return "\(uint64)" }
        let number = double ?? 0
        let text = DecimalText.string(number, decimals: 9)
        return Double(text) == number ? text : "\(number)"
    }

    private func at(_ index: Int) -> JSONValue {
        unsafe JSONValue(document: document, tape: tape, strings: strings, index: index)
    }

    /// The tape index of the closing bracket of an object or an array.
    private var endIndex: Int { Int(payload & 0xFFFF_FFFF) - 1 }

    /// The tape index after the value.
    private var nextIndex: Int {
        switch type {
        case UInt8(ascii: "{"), UInt8(ascii: "["): Int(payload & 0xFFFF_FFFF)
        case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index + 2
        default: index + 1
        }
    }

    /// The elements of an array.
    public struct Elements: Sequence, IteratorProtocol {
        fileprivate var upcoming: JSONValue
        fileprivate let end: Int

        /// The next element; nil after the last.
        public mutating func next() -> JSONValue? {
            guard upcoming.index < end else { return nil }
            let value = upcoming
            upcoming = value.at(value.nextIndex)
            return value
        }
    }

    /// The members of an object.
    public struct Members: Sequence, IteratorProtocol {
        fileprivate var upcoming: JSONValue
        fileprivate let end: Int

        /// The next member; nil after the last.
        public mutating func next() -> (name: JSONString, value: JSONValue)? {
            guard upcoming.index < end, let name = upcoming.string else { return nil }
            let value = upcoming.at(upcoming.index + 1)
            upcoming = value.at(value.nextIndex)
            return (name, value)
        }
    }
}
