import FileAccess

/// XXH64 (Collet) with seed 0, a 64-bit checksum about as fast as memory.
///
/// Specification: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md. It detects accidental changes, not
/// those of an adversary.
enum XXHash64 {
    private static var prime1: UInt64 { 0x9E37_79B1_85EB_CA87 }
    private static var prime2: UInt64 { 0xC2B2_AE3D_27D4_EB4F }
    private static var prime3: UInt64 { 0x1656_67B1_9E37_79F9 }
    private static var prime4: UInt64 { 0x85EB_CA77_C2B2_AE63 }
    private static var prime5: UInt64 { 0x27D4_EB2F_1656_67C5 }

    /// The checksum of `bytes`.
    ///
    /// - Complexity: O(bytes)
    static func checksum(of bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        var place = 0
        var hash: UInt64
        if count >= 32 {
            var first = prime1 &+ prime2
            var second = prime2
            var third: UInt64 = 0
            var fourth = 0 &- prime1
            while place + 32 <= count {
                first = round(first, bytes.eight(at: place))
                second = round(second, bytes.eight(at: place + 8))
                third = round(third, bytes.eight(at: place + 16))
                fourth = round(fourth, bytes.eight(at: place + 24))
                place += 32
            }
            hash =
                rotated(first, 1) &+ rotated(second, 7) &+ rotated(third, 12) &+ rotated(fourth, 18)
            hash = (hash ^ round(0, first)) &* prime1 &+ prime4
            hash = (hash ^ round(0, second)) &* prime1 &+ prime4
            hash = (hash ^ round(0, third)) &* prime1 &+ prime4
            hash = (hash ^ round(0, fourth)) &* prime1 &+ prime4
        } else {
            hash = prime5
        }
        hash = hash &+ UInt64(count)
        while place + 8 <= count {
            hash = rotated(hash ^ round(0, bytes.eight(at: place)), 27) &* prime1 &+ prime4
            place += 8
        }
        if place + 4 <= count {
            let four = UInt64(bytes.number(at: place, as: UInt32.self))
            hash = rotated(hash ^ (four &* prime1), 23) &* prime2 &+ prime3
            place += 4
        }
        while place < count {
            hash = rotated(hash ^ (UInt64(bytes.byte(at: place)) &* prime5), 11) &* prime1
            place += 1
        }
        hash = (hash ^ (hash >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotated(lane &+ (input &* prime2), 31) &* prime1
    }

    @inline(__always)
    private static func rotated(_ number: UInt64, _ bits: UInt64) -> UInt64 {
        (number &<< bits) | (number &>> (64 &- bits))
    }
}

extension RawSpan {
    /// The little-endian number of eight bytes at an unchecked offset.
    @inline(__always)
    fileprivate func eight(at offset: Int) -> UInt64 {
        UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }
}
