/// The 64-bit FNV-1a hash: unlike `Hasher`, it is the same on every machine and in every version.
///
/// It detects accidental differences and does not resist deliberate collisions.
public struct StableHash: Hashable, Sendable {
    /// The hash of all data added so far.
    public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Creates the hash of zero bytes.
    public init() {}

    /// Creates the hash of the UTF-8 bytes of `text`.
    public init(of text: String) {
        combine(text)
    }

    /// Adds one byte.
    public mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Adds the UTF-8 bytes of `text` without a terminator.
    public mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
    }

    /// Adds the eight bytes of `number`, least significant first.
    public mutating func combine(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            combine(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
