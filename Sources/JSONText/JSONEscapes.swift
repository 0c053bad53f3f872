/// Strings of JSON: quoted, with quotes, backslashes, and control characters escaped.
enum JSONEscapes {
    /// An upper bound on the bytes of `string` with its quotes and escapes.
    ///
    /// - Complexity: O(*n*)
    static func capacity(for string: UnsafeBufferPointer<UInt8>) -> Int {
        // `\u001f` has six bytes.
        2 + string.count * (needsEscapes(string) ? 6 : 1)
    }

    /// Writes `string` in at most `capacity(for: string)` bytes.
    ///
    /// - Complexity: O(*n*)
    static func append(_ string: UnsafeBufferPointer<UInt8>, to text: inout TextCursor) {
        text.append(UInt8(ascii: "\""))
        var start = 0
        for (index, byte) in string.enumerated() where needsEscape(byte) {
            text.append(copying: UnsafeBufferPointer(rebasing: string[start..<index]))
            start = index + 1
            appendEscape(of: byte, to: &text)
        }
        text.append(copying: UnsafeBufferPointer(rebasing: string[start...]))
        text.append(UInt8(ascii: "\""))
    }

    static func needsEscapes(_ string: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in string where needsEscape(byte) { return true }
        return false
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func appendEscape(of byte: UInt8, to text: inout TextCursor) {
        text.append(UInt8(ascii: "\\"))
        guard byte < 0x20 else { return text.append(byte) }
        text.append("u00")
        for digit in [byte >> 4, byte & 15] {
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
