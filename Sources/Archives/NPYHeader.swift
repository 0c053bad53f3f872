/// The header of a NumPy array in a `.npy` file: its type, its shape, and where its elements begin.
public struct NPYHeader: Hashable, Sendable {
    /// The type of an element as NumPy describes it, such as `|u1` or `<i2`; empty for a structured type.
    public let type: String
    /// Whether the first index is the fastest one.
    public let isFortranOrder: Bool
    /// The size of each dimension.
    public let shape: [Int]
    /// The offset of the first element in the file.
    public let dataOffset: Int

    /// The longest accepted header, in bytes.
    public static let lengthLimit = 1 << 16

    /// Whether bytes begin with the signature of a `.npy` file.
    public static func isNPY(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

    /// Reads the header at the start of `bytes`; nil if there is no complete, valid one.
    ///
    /// - Parameter bytes: The first `lengthLimit` bytes of a file, or fewer if it is shorter.
    public init?(_ bytes: [UInt8]) {
        guard Self.isNPY(bytes), bytes.count >= 12, (1...3).contains(bytes[6]), bytes[7] == 0 else { return nil }
        let start = bytes[6] == 1 ? 10 : 12
        let length = bytes.number(at: 8, bytes: start - 8)
        guard length <= Self.lengthLimit, start + length <= bytes.count else { return nil }
        dataOffset = start + length
        var literal = PythonLiteral(bytes[start..<dataOffset])
        guard literal.skip("{") else { return nil }
        var (type, isFortranOrder, shape): (String?, Bool?, [Int]?) = (nil, nil, nil)
        while !literal.skip("}") {
            guard let name = literal.string(), literal.skip(":") else { return nil }
            switch name {
            case "descr":
                guard type == nil else { return nil }
                type = literal.string() ?? (literal.skipList() ? "" : nil)
                if type == nil { return nil }
            case "fortran_order":
                guard isFortranOrder == nil, let value = literal.boolean() else { return nil }
                isFortranOrder = value
            case "shape":
                guard shape == nil, let value = literal.tuple() else { return nil }
                shape = value
            default: return nil
            }
            if !literal.skip(",") {
                guard literal.skip("}") else { return nil }
                break
            }
        }
        guard literal.isAtEnd, let type, let isFortranOrder, let shape else { return nil }
        (self.type, self.isFortranOrder, self.shape) = (type, isFortranOrder, shape)
    }

    private static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)
}

/// Reads the text of a Python dictionary, as NumPy writes it.
private struct PythonLiteral {
    private var rest: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) {
        rest = text
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    }

    /// Whether only spaces follow.
    var isAtEnd: Bool { rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") } }

    /// Consumes a text, if it is next.
    mutating func skip(_ text: String) -> Bool {
        skipSpaces()
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }

    mutating func string() -> String? {
        skipSpaces()
        guard let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
        guard let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(validating: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
    }

    mutating func boolean() -> Bool? {
        skip("True") ? true : skip("False") ? false : nil
    }

    /// A tuple of whole numbers, which Python 2 may write as `60000L`.
    mutating func tuple() -> [Int]? {
        guard skip("(") else { return nil }
        var numbers: [Int] = []
        while !skip(")") {
            skipSpaces()
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !digits.isEmpty, let number = Int(String(decoding: digits, as: UTF8.self)), numbers.count < 32 else {
                return nil
            }
            numbers.append(number)
            rest = rest.dropFirst(digits.count)
            _ = skip("L")
            if !skip(",") { return skip(")") ? numbers : nil }
        }
        return numbers
    }

    /// Consumes a list, as of a structured type.
    mutating func skipList() -> Bool {
        guard skip("[") else { return false }
        var depth = 1
        while depth > 0, let byte = rest.popFirst() {
            if byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "]") { depth -= 1 }
        }
        return depth == 0
    }
}
