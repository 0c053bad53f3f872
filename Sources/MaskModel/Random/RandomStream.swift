/// A stream of random numbers, determined by a key: seed, use, index, and attempt.
///
/// The generator is Philox 4×32-10 (Salmon et al., *Parallel Random Numbers: As Easy as 1, 2, 3*, SC 2011), which
/// computes block *n* of a key without the previous blocks. So masks can be generated independently, in any order, on any
/// thread.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private let key: (UInt32, UInt32)
    private let domain: (UInt32, UInt32, UInt32)
    private var block: UInt32 = 0
    private var second: UInt64?

    /// Creates the stream of a key, at its start.
    ///
    /// - Parameters:
    ///   - seed: The random seed.
    ///   - use: The purpose of the stream.
    ///   - index: The number of the mask, the key of the drawing, or the hash of the category.
    ///   - attempt: The number of previous attempts, 0 to 2²⁴ − 1.
    public init(seed: UInt64, use: RandomPurpose, index: UInt64, attempt: Int = 0) {
        key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        domain = (
            use.rawValue << 24 | UInt32(truncatingIfNeeded: attempt) & 0xFF_FFFF,
            UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32)
        )
    }

    /// Returns the next 64 random bits; a stream repeats after 2³³ calls.
    public mutating func next() -> UInt64 {
        if let second {
            self.second = nil
            return second
        }
        let words = philox4x32(counter: SIMD4(block, domain.0, domain.1, domain.2), key: key)
        block &+= 1
        second = UInt64(words.w) << 32 | UInt64(words.z)
        return UInt64(words.y) << 32 | UInt64(words.x)
    }
}

/// Returns the 128 random bits of a counter and a key: Philox 4×32 with ten rounds.
func philox4x32(counter: SIMD4<UInt32>, key: (UInt32, UInt32)) -> SIMD4<UInt32> {
    var (x, y, z, w) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = key
    for _ in 0..<10 {
        let first = 0xD251_1F53 * UInt64(x)
        let second = 0xCD9E_8D57 * UInt64(z)
        x = UInt32(truncatingIfNeeded: second >> 32) ^ y ^ k0
        y = UInt32(truncatingIfNeeded: second)
        z = UInt32(truncatingIfNeeded: first >> 32) ^ w ^ k1
        w = UInt32(truncatingIfNeeded: first)
        k0 &+= 0x9E37_79B9
        k1 &+= 0xBB67_AE85
    }
    return SIMD4(x, y, z, w)
}
