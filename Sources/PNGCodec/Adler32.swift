/// The checksum of zlib streams (RFC 1950), taken over runs instead of bytes.
struct Adler32: Hashable {
    private static let modulus: UInt64 = 65_521

    private var a: UInt64 = 1
    private var b: UInt64 = 0

    var value: UInt32 { UInt32(truncatingIfNeeded: b << 16 | a) }

    /// Adds `count` bytes of one value.
    ///
    /// Each byte adds `value` to a, and then a to b; so after n of them a has grown by n·value, and b by
    /// n·a + value·n(n + 1)/2, with the a from before.
    /// - Complexity: O(1)
    mutating func add(_ value: UInt8, count: Int) {
        let n = UInt64(count)
        let triangle =
            (n % 2 == 0
                ? n / 2 % Self.modulus * ((n + 1) % Self.modulus) : (n + 1) / 2 % Self.modulus * (n % Self.modulus))
            % Self.modulus
        b = (b + n % Self.modulus * a + UInt64(value) * triangle) % Self.modulus
        a = (a + n % Self.modulus * UInt64(value)) % Self.modulus
    }
}
