/// A country as in Quick, Draw!: two letters of ISO 3166-1.
public struct CountryCode: Hashable, Sendable, CustomStringConvertible {
    /// The two letters in ASCII, as in `.bin` files; two zeros if the country is unknown.
    public let bytes: SIMD2<UInt8>

    /// The country of drawings whose origin is unknown.
    public static let unknown = CountryCode(bytes: SIMD2(0, 0))

    /// The country of any two bytes.
    public init(bytes: SIMD2<UInt8>) {
        self.bytes = bytes
    }

    /// The country of a text of two printable ASCII characters; nil for any other text.
    public init?(_ text: String) {
        self.init(text: text.utf8)
    }

    /// The country of two printable ASCII characters; nil for any other text.
    @inlinable
    @inline(__always)
    package init?(text: some Collection<UInt8>) {
        guard text.count == 2 else { return nil }
        let second = text.index(after: text.startIndex)
        let bytes = SIMD2(text[text.startIndex], text[second])
        guard (0x21...0x7E).contains(bytes.x), (0x21...0x7E).contains(bytes.y) else { return nil }
        self.init(bytes: bytes)
    }

    /// The two letters; empty if the country is unknown.
    public var description: String {
        self == .unknown ? "" : String(decoding: [bytes.x, bytes.y], as: UTF8.self)
    }
}
