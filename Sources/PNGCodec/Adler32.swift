/// The checksum of zlib streams (RFC 1950), taken over runs and rows instead of bytes.
///
/// Each byte adds its value to a, and then a to b, both modulo 65,521. So a stretch of n bytes adds to a their `sum`, and
/// to b n·a, with the a from before, and each byte times the number of bytes from it on: their `weightedSum`.
struct Adler32: Hashable {
    private static let modulus: UInt64 = 65_521

    private var a: UInt64 = 1
    private var b: UInt64 = 0

    var value: UInt32 { UInt32(truncatingIfNeeded: b << 16 | a) }

    /// A stretch of bytes, as far as the checksum needs to know it: for rows that repeat.
    struct Stretch: Hashable {
        fileprivate(set) var count: UInt64 = 0
        fileprivate(set) var sum: UInt64 = 0
        fileprivate(set) var weightedSum: UInt64 = 0

        /// Adds `count` bytes of one value.
        ///
        /// The weights of n bytes are n, n − 1, … 1, which make n(n + 1)/2; the bytes before gain n each.
        @inline(__always)
        mutating func append(_ value: UInt8, count: Int) {
            let n = UInt64(truncatingIfNeeded: count)
            weightedSum &+= n &* sum &+ UInt64(value) &* ((n &* (n &+ 1)) >> 1)
            sum &+= n &* UInt64(value)
            self.count &+= n
        }
    }

    /// Adds a stretch of at most 2²⁴ bytes.
    @inline(__always)
    mutating func add(_ stretch: Stretch) {
        // All of it stays below 2⁶⁴: the count below 2²⁴, a and b below 2¹⁶, the weighted sum below 2⁵⁶.
        b = (b &+ stretch.count &* a &+ stretch.weightedSum) % Self.modulus
        a = (a &+ stretch.sum) % Self.modulus
    }

    /// Adds `count` bytes of one value.
    ///
    /// - Complexity: O(1) for up to 2²⁴ bytes
    mutating func add(_ value: UInt8, count: Int) {
        var left = count
        while left > 0 {
            let step = min(left, 1 << 24 - 1)
            var stretch = Stretch()
            stretch.append(value, count: step)
            add(stretch)
            left -= step
        }
    }
}
