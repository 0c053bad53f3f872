@testable import StrokeBank
import Testing

import QuickDraw

/// Checksums of the reference implementation.
struct XXHash64Tests {
    private static let known: [(text: String, checksum: UInt64)] = [
        ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
        ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        (String(repeating: "0123456789", count: 10) + "ab", 0x7824_B859_7D79_3950),
    ]

    @Test(arguments: known)
    func `it is that of the algorithm`(text: String, expected: UInt64) {
        let bytes = Array(text.utf8)
        let checksum = XXHash64.checksum(of: bytes.span.bytes)
        #expect(checksum == expected)
    }

    @Test(arguments: 0..<200)
    func `any changed bit changes it`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let checksum = XXHash64.checksum(of: bytes.span.bytes)
        for bit in 0..<8 * count {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(XXHash64.checksum(of: changed.span.bytes) != checksum)
        }
    }
}
