/// XXH64 (Collet), a checksum of 64 bits that takes bytes about as fast as memory gives them.
///
/// The algorithm is described at https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md; the seed is 0. It tells
/// of accidents, not of an adversary's work.
enum XXHash64 {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5
    )

    /// The checksum of `bytes`.
    ///
    /// - Complexity: O(bytes)
    static func checksum(of bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        var place = 0
        var hash: UInt64
        if count >= 32 {
            var first = primes.0 &+ primes.1
            var second = primes.1
            var third: UInt64 = 0
            var fourth = 0 &- primes.0
            while place + 32 <= count {
                first = round(first, bytes.eight(at: place))
                second = round(second, bytes.eight(at: place + 8))
                third = round(third, bytes.eight(at: place + 16))
                fourth = round(fourth, bytes.eight(at: place + 24))
                place += 32
            }
            hash =
                rotated(first, 1) &+ rotated(second, 7) &+ rotated(third, 12) &+ rotated(fourth, 18)
            for lane in [first, second, third, fourth] {
                hash = (hash ^ round(0, lane)) &* primes.0 &+ primes.3
            }
        } else {
            hash = primes.4
        }
        hash = hash &+ UInt64(count)
        while place + 8 <= count {
            hash = rotated(hash ^ round(0, bytes.eight(at: place)), 27) &* primes.0 &+ primes.3
            place += 8
        }
        if place + 4 <= count {
            let four = UInt64(bytes.number(at: place, as: UInt32.self))
            hash = rotated(hash ^ (four &* primes.0), 23) &* primes.1 &+ primes.2
            place += 4
        }
        while place < count {
            hash = rotated(hash ^ (UInt64(bytes.byte(at: place)) &* primes.4), 11) &* primes.0
            place += 1
        }
        hash = (hash ^ (hash >> 33)) &* primes.1
        hash = (hash ^ (hash >> 29)) &* primes.2
        return hash ^ (hash >> 32)
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotated(lane &+ (input &* primes.1), 31) &* primes.0
    }

    @inline(__always)
    private static func rotated(_ number: UInt64, _ bits: UInt64) -> UInt64 {
        (number &<< bits) | (number &>> (64 &- bits))
    }
}

extension RawSpan {
    /// Eight bytes as a number, the first lowest; they have to be there.
    @inline(__always)
    fileprivate func eight(at offset: Int) -> UInt64 {
        UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }
}
