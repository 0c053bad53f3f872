extension JSONWriter {
    /// A string: `data` as base64 (RFC 4648, section 4), padded.
    public mutating func value(base64 data: [UInt8]) {
        value(String(base64Encoding: data))
    }

    /// A member that is a string: `data` as base64 (RFC 4648, section 4), padded.
    public mutating func member(_ name: StaticString, base64 data: [UInt8]) {
        self.name(name)
        value(base64: data)
    }
}

extension String {
    /// The base64 text of `data` (RFC 4648, section 4), padded.
    ///
    /// - Complexity: O(*n*)
    package init(base64Encoding data: [UInt8]) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((data.count + 2) / 3 * 4)
        for start in stride(from: 0, to: data.count, by: 3) {
            let byteCount = Swift.min(3, data.count - start)
            var bits = 0
            for offset in 0..<byteCount { bits |= Int(data[start + offset]) << (16 - 8 * offset) }
            for digit in 0..<4 {
                text.append(digit <= byteCount ? alphabet[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
            }
        }
        self.init(decoding: text, as: UTF8.self)
    }
}
