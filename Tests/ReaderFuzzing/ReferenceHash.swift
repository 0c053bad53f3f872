/// XXH64 with seed 0, written from its specification.
public enum ReferenceHash {
    private static let primes: [UInt64] = [
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5,
    ]

    private static func rotated(_ number: UInt64, _ bits: UInt64) -> UInt64 {
        number << bits | number >> (64 - bits)
    }

    private static func round(_ lane: UInt64, _ number: UInt64) -> UInt64 {
        rotated(lane &+ number &* primes[1], 31) &* primes[0]
    }

    /// The hash of `bytes`.
    public static func xxh64(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe xxh64($0) }
    }

    private static func xxh64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var place = 0
        func number(_ count: Int) -> UInt64 {
            unsafe count == 8
                ? UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                : UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
        }
        var hash = primes[4]
        if bytes.count >= 32 {
            var lanes = SIMD4<UInt64>(primes[0] &+ primes[1], primes[1], 0, 0 &- primes[0])
            while place + 32 <= bytes.endIndex {
                for lane in 0..<4 {
                    lanes[lane] = round(lanes[lane], number(8))
                    place += 8
                }
            }
            hash =
                rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12) &+ rotated(lanes[3], 18)
            for lane in [lanes[0], lanes[1], lanes[2], lanes[3]] {
                hash = (hash ^ round(0, lane)) &* primes[0] &+ primes[3]
            }
        }
        hash &+= UInt64(bytes.count)
        while place + 8 <= bytes.endIndex {
            hash = rotated(hash ^ round(0, number(8)), 27) &* primes[0] &+ primes[3]
            place += 8
        }
        if place + 4 <= bytes.endIndex {
            hash = rotated(hash ^ number(4) &* primes[0], 23) &* primes[1] &+ primes[2]
            place += 4
        }
        while place < bytes.endIndex {
            hash = unsafe rotated(hash ^ UInt64(bytes[place]) &* primes[4], 11) &* primes[0]
            place += 1
        }
        hash = (hash ^ hash >> 33) &* primes[1]
        hash = (hash ^ hash >> 29) &* primes[2]
        return hash ^ hash >> 32
    }
}
