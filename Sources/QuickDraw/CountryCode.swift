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

    /// The country of a text of two ASCII characters; nil for any other text.
    public init?(_ text: String) {
        let utf8 = Array(text.utf8)
        guard utf8.count == 2, utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        bytes = SIMD2(utf8[0], utf8[1])
    }

    /// The two letters; empty if the country is not known.
    public var description: String {
        self == .unknown ? "" : String(decoding: [bytes.x, bytes.y], as: UTF8.self)
    }
}
