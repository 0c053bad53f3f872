/// The checksum of zlib streams (RFC 1950), taken over runs and rows instead of bytes.
///
/// Each byte adds its value to a, and then a to b, both modulo 65,521. So a stretch of n bytes adds to a their `sum`, and
/// to b n·a, with the a from before, and each byte times the number of bytes from it on: their `weightedSum`.
struct Adler32 {
    private static let modulus: UInt64 = 65_521
    /// How many bytes may be added before the sums are reduced: far from 2⁶⁴, and rarely.
    private static let reductionInterval: UInt64 = 1 << 20

    /// How many bytes a stretch has at most.
    static let longestStretch = 1 << 24

    private var a: UInt64 = 1
    private var b: UInt64 = 0
    /// Bytes added since the sums were reduced.
    private var unreducedCount: UInt64 = 0

    var value: UInt32 { UInt32(truncatingIfNeeded: (b % Self.modulus) << 16 | a % Self.modulus) }

    /// A stretch of bytes, as far as the checksum needs to know it: for rows that repeat.
    struct Stretch: Hashable {
        var count: UInt64 = 0
        var sum: UInt64 = 0
        var weightedSum: UInt64 = 0
    }

    /// Adds a stretch of at most `longestStretch` bytes.
    @inline(__always)
    mutating func add(_ stretch: Stretch) {
        if unreducedCount &+ stretch.count > Self.reductionInterval { reduce() }
        // All of it stays below 2⁶⁴: a below 2²⁸, or 2¹⁶ for a long stretch; the weighted sum below 2⁵⁶.
        b &+= stretch.count &* a &+ stretch.weightedSum
        a &+= stretch.sum
        unreducedCount &+= stretch.count
    }

    private mutating func reduce() {
        a %= Self.modulus
        b %= Self.modulus
        unreducedCount = 0
    }

    /// Adds `count` bytes of one value.
    ///
    /// The weights of n bytes are n, n − 1, … 1, which make n(n + 1)/2.
    /// - Complexity: O(1) for up to 2²⁴ bytes
    mutating func add(_ value: UInt8, count: Int) {
        var left = UInt64(count)
        while left > 0 {
            let n = min(left, 1 << 24 - 1)
            add(Stretch(count: n, sum: n &* UInt64(value), weightedSum: UInt64(value) &* ((n &* (n &+ 1)) >> 1)))
            left -= n
        }
    }
}
