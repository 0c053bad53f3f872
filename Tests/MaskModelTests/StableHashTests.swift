import Testing

@testable import MaskModel

struct StableHashTests {
    /// The test vectors of Fowler, Noll, and Vo for 64-bit FNV-1a.
    @Test(
        arguments: [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
            ("b", 0xAF63_DF4C_8601_F1A5), ("fo", 0x0898_5907_B541_D342), ("foob", 0xDD12_0E79_0C25_12AF),
        ] as [(String, UInt64)])
    func `the hash is FNV-1a`(text: String, expected: UInt64) {
        let hash = StableHash(of: text)
        #expect(hash.value == expected)
    }

    @Test func `non-ASCII text is hashed as UTF-8`() {
        var bytes = StableHash()
        for byte in [UInt8(0xC3), 0xA9] { bytes.combine(byte) }
        #expect(StableHash(of: "é") == bytes)
    }

    @Test func `the hash of two texts is that of their concatenation`() {
        var hash = StableHash(of: "foo")
        hash.combine("bar")
        #expect(hash == StableHash(of: "foobar"))
    }

    @Test func `a number is hashed as its eight bytes, least significant first`() {
        var number = StableHash()
        number.combine(0x0807_0605_0403_0201 as UInt64)
        var bytes = StableHash()
        for byte in UInt8(1)...8 { bytes.combine(byte) }
        #expect(number == bytes)
    }
}
