/// The checksum of zlib streams (RFC 1950), computed from runs and rows of bytes instead of single bytes.
///
/// Each byte adds its value to a, and then a to b, both modulo 65,521. So a stretch of n bytes adds the sum of the bytes
/// to a. To b, it adds n·a, with a as it was before, and each byte times the number of bytes from it to the end.
package struct Adler32 {
    private static let modulus: UInt64 = 65_521
    /// The number of bytes after which the sums are reduced: far from an overflow of 64 bits, and rare.
    private static let reductionInterval: UInt64 = 1 << 20

    /// The maximum number of bytes in a stretch.
    package static let longestStretch = 1 << 24

    private var a: UInt64 = 1
    private var b: UInt64 = 0
    /// The number of bytes since the sums were reduced.
    private var unreducedCount: UInt64 = 0

    /// The checksum of no bytes, 1.
    package init() {}

    /// The checksum of all bytes so far.
    package var value: UInt32 { UInt32(truncatingIfNeeded: (b % Self.modulus) << 16 | a % Self.modulus) }

    /// What the checksum needs to know about a stretch of bytes.
    package struct Stretch {
        /// The number of bytes, at most `longestStretch`.
        package var count: UInt64
        /// The sum of the bytes.
        package var sum: UInt64
        /// The sum of each byte times the number of bytes from it to the end of the stretch, itself included.
        package var weightedSum: UInt64

        /// A stretch with these sums, which are not checked.
        package init(count: UInt64, sum: UInt64, weightedSum: UInt64) {
            self.count = count
            self.sum = sum
            self.weightedSum = weightedSum
        }
    }

    /// Adds a stretch of bytes.
    package mutating func add(_ stretch: Stretch) {
        if unreducedCount &+ stretch.count > Self.reductionInterval { reduce() }
        // Everything stays below 2⁶⁴: a is below 2²⁸, or 2¹⁶ before a long stretch; the weighted sum is below 2⁵⁶.
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
    /// The weights of n bytes are n, n − 1, … 1, whose sum is n(n + 1)/2.
    /// - Complexity: O(1) for up to 2²⁴ bytes
    package mutating func add(_ value: UInt8, count: Int) {
        var left = UInt64(count)
        while left > 0 {
            let n = min(left, 1 << 24 - 1)
            add(Stretch(count: n, sum: n &* UInt64(value), weightedSum: UInt64(value) &* ((n &* (n &+ 1)) >> 1)))
            left -= n
        }
    }
}
