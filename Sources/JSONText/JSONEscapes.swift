/// Strings of JSON: quoted, with quotes, backslashes, and control characters escaped.
enum JSONEscapes {
    /// Whether `string` has a byte that must be escaped.
    ///
    /// - Complexity: O(*n*)
    static func areNeeded(in string: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe string.contains(where: isEscaped)
    }

    /// An upper bound on the bytes of `string` with its quotes and escapes: `\u001f` has six bytes.
    @inline(__always)
    static func capacity(for string: UnsafeBufferPointer<UInt8>, escaping: Bool) -> Int {
        2 + string.count * (escaping ? 6 : 1)
    }

    /// Writes `string` with its quotes, in at most `capacity(for:escaping:)` bytes.
    ///
    /// - Parameter escaping: Whether `string` has bytes that must be escaped.
    /// - Complexity: O(*n*)
    @inline(__always)
    static func append(_ string: UnsafeBufferPointer<UInt8>, escaping: Bool, to text: inout TextCursor) {
        text.append(UInt8(ascii: "\""))
        if escaping { unsafe appendEscaped(string, to: &text) } else { unsafe text.append(copying: string) }
        text.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(_ string: UnsafeBufferPointer<UInt8>, to text: inout TextCursor) {
        for index in 0..<string.count {
            let byte = unsafe string[index]
            guard isEscaped(byte) else {
                text.append(byte)
                continue
            }
            text.append(UInt8(ascii: "\\"))
            guard byte < 0x20 else {
                text.append(byte)
                continue
            }
            text.append("u00")
            for digit in [byte >> 4, byte & 15] {
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }

    @inline(__always)
    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
