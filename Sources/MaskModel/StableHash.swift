/// FNV-1a with 64 bits: a hash that is the same on every machine and in every version, unlike `Hasher`.
///
/// It tells data apart by accident, not against an adversary.
public struct StableHash: Hashable, Sendable {
    /// The hash of all that was combined so far.
    public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of no bytes.
    public init() {}

    /// The hash of a text's UTF-8 bytes.
    public init(of text: String) {
        combine(text)
    }

    /// Adds one byte.
    public mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Adds the UTF-8 bytes of `text`, and nothing that would mark their end.
    public mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
    }

    /// Adds the eight bytes of `number`, lowest first.
    public mutating func combine(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            combine(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
