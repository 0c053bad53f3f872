/// A country as Quick, Draw! names it: two letters of ISO 3166-1.
public struct CountryCode: Hashable, Sendable, CustomStringConvertible {
    /// The two letters' bytes in ASCII, in order: as `.bin` files have them. Two zeros if the country is not known.
    public let bytes: SIMD2<UInt8>

    /// For drawings of which nobody knows where they come from.
    public static let unknown = CountryCode(bytes: SIMD2(0, 0))

    /// The country of two bytes, whatever they are.
    public init(bytes: SIMD2<UInt8>) {
        self.bytes = bytes
    }

    /// The country of a text of two printable characters of ASCII; nil for any other text.
    public init?(_ text: String) {
        self.init(text: text.utf8)
    }

    @inline(__always)
    package init?(text: some Collection<UInt8>) {
        guard text.count == 2 else { return nil }
        let second = text.index(after: text.startIndex)
        bytes = SIMD2(text[text.startIndex], text[second])
        guard (0x21...0x7E).contains(bytes.x), (0x21...0x7E).contains(bytes.y) else { return nil }
    }

    /// The two letters; empty if the country is not known.
    public var description: String {
        self == .unknown ? "" : String(decoding: [bytes.x, bytes.y], as: UTF8.self)
    }
}
