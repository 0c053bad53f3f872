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

    /// Adds eight bytes at once, given as a number with the first lowest: several times as fast, and another hash.
    ///
    /// The step of FNV-1a, and then the high half, which all bits have come to, on the low one.
    @inline(__always)
    public mutating func combineInEights(_ number: UInt64) {
        value = (value ^ number) &* 0x9E37_79B9_7F4A_7C15
        value ^= value &>> 32
    }

    /// Adds bytes by eights, the last ones filled up with zeros, and then how many they are.
    public mutating func combineInEights(_ bytes: Span<UInt8>) {
        let bytes = unsafe bytes.bytes
        let wholeCount = bytes.byteCount & ~7
        for offset in stride(from: 0, to: wholeCount, by: 8) {
            let number = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            combineInEights(UInt64(littleEndian: number))
        }
        var rest: UInt64 = 0
        for offset in (wholeCount..<bytes.byteCount).reversed() {
            let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            rest = rest &<< 8 | UInt64(byte)
        }
        combineInEights(rest)
        combineInEights(UInt64(bytes.byteCount))
    }
}
