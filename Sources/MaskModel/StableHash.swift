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

    /// Adds eight bytes at once, as a little-endian number: several times as fast as `combine`, with a different hash.
    ///
    /// A step of FNV-1a with a 64-bit multiplier; then the high half, which depends on all bits, is mixed into the low
    /// half.
    @inline(__always)
    public mutating func combineInEights(_ number: UInt64) {
        value = (value ^ number) &* 0x9E37_79B9_7F4A_7C15
        value ^= value &>> 32
    }

    /// Adds bytes eight at a time, padded with zeros at the end, and then their count.
    ///
    /// - Complexity: O(*n*)
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
