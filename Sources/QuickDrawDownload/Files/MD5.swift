internal import CCrypto

/// MD5 (RFC 1321), the checksum in the bucket's listing. It detects accidental changes, not those of an adversary.
struct MD5: Sendable {
    private var state: MD5_CTX

    /// The hash of no bytes.
    init() {
        state = MD5_CTX()
        unsafe MD5_Init(&state)
    }

    /// Appends bytes.
    ///
    /// - Complexity: O(bytes)
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe MD5_Update(&state, bytes.baseAddress, bytes.count)
    }

    /// The digest of all bytes so far; more can be appended.
    var digest: Digest {
        var end = state
        var bytes = [UInt8](repeating: 0, count: 16)
        unsafe MD5_Final(&bytes, &end)
        return Digest(bytes: bytes)
    }

    /// The 16 bytes of a digest.
    struct Digest: Hashable, Sendable, CustomStringConvertible {
        fileprivate let bytes: [UInt8]

        fileprivate init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// Decodes base64 of 22 characters and `==`, as in the listing; nil for any other text.
        init?(base64 text: String) {
            let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
            guard text.utf8.count == 24, text.hasSuffix("==") else { return nil }
            var bytes: [UInt8] = []
            var (bits, bitCount) = (0, 0)
            for letter in text.utf8.dropLast(2) {
                guard let value = letters.firstIndex(of: letter) else { return nil }
                (bits, bitCount) = (bits << 6 & 0xFFFF | value, bitCount + 6)
                if bitCount >= 8 {
                    bitCount -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
                }
            }
            self.bytes = bytes
        }

        /// In hexadecimal: `d41d8cd98f00b204e9800998ecf8427e`.
        var description: String {
            let digits = Array("0123456789abcdef".utf8)
            return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }
    }
}
