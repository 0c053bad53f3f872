import FileAccess

/// MD5 (RFC 1321), the checksum in the bucket's listing. It detects accidental changes, not those of an adversary.
struct MD5: Sendable {
    private var hash = BlockHash<State>()

    /// The hash of no bytes.
    init() {}

    /// Appends bytes.
    ///
    /// - Complexity: O(bytes)
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bytes)
    }

    /// The digest of all bytes so far; more can be appended.
    var digest: Digest {
        let words = hash.finished
        return Digest(
            bytes: [words.a, words.b, words.c, words.d].flatMap { word in
                (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
            })
    }

    /// The 16 bytes of a digest.
    struct Digest: Hashable, Sendable, CustomStringConvertible {
        fileprivate let bytes: [UInt8]

        fileprivate init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// Decodes base64 of 22 characters and `==`, as in the listing; nil for any other text.
        init?(base64 text: String) {
            let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
            guard text.utf8.count == 24, text.hasSuffix("==") else { return nil }
            var bytes: [UInt8] = []
            var (bits, bitCount) = (0, 0)
            for letter in text.utf8.dropLast(2) {
                guard let value = letters.firstIndex(of: letter) else { return nil }
                (bits, bitCount) = (bits << 6 & 0xFFFF | value, bitCount + 6)
                if bitCount >= 8 {
                    bitCount -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
                }
            }
            self.bytes = bytes
        }

        /// In hexadecimal: `d41d8cd98f00b204e9800998ecf8427e`.
        var description: String {
            let digits = Array("0123456789abcdef".utf8)
            return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }
    }
}

/// The four words of RFC 1321.
private struct State: BlockHashState {
    static var endsBigEndian: Bool { false }

    var (a, b, c, d): (UInt32, UInt32, UInt32, UInt32) = (0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476)

    /// Mixes in whole blocks of 64 bytes.
    mutating func mix(_ blocks: UnsafeRawBufferPointer) {
        sines.withUnsafeBufferPointer { sines in
            for start in stride(from: 0, to: blocks.count, by: 64) {
                let before = self
                for step in 0..<16 {
                    let turn = UInt32(truncatingIfNeeded: 0x1611_0C07 >> (8 * (step & 3)) & 31)
                    advance(d ^ b & (c ^ d), blocks, start &+ 4 &* step, sines[step], turn)
                }
                for step in 0..<16 {
                    let turn = UInt32(truncatingIfNeeded: 0x140E_0905 >> (8 * (step & 3)) & 31)
                    advance(c ^ d & (b ^ c), blocks, start &+ 4 &* ((5 &* step &+ 1) & 15), sines[16 &+ step], turn)
                }
                for step in 0..<16 {
                    let turn = UInt32(truncatingIfNeeded: 0x1710_0B04 >> (8 * (step & 3)) & 31)
                    advance(b ^ c ^ d, blocks, start &+ 4 &* ((3 &* step &+ 5) & 15), sines[32 &+ step], turn)
                }
                for step in 0..<16 {
                    let turn = UInt32(truncatingIfNeeded: 0x150F_0A06 >> (8 * (step & 3)) & 31)
                    advance(c ^ (b | ~d), blocks, start &+ 4 &* ((7 &* step) & 15), sines[48 &+ step], turn)
                }
                (a, b, c, d) = (a &+ before.a, b &+ before.b, c &+ before.c, d &+ before.d)
            }
        }
    }

    @inline(__always)
    private mutating func advance(
        _ value: UInt32, _ blocks: UnsafeRawBufferPointer, _ offset: Int, _ sine: UInt32, _ turn: UInt32
    ) {
        let word = UInt32(littleEndian: blocks.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        let sum = a &+ value &+ word &+ sine
        (a, b, c, d) = (d, b &+ (sum &<< turn | sum &>> (32 &- turn)), b, c)
    }
}

/// ⌊2³² · |sin(i + 1)|⌋ for the 64 steps of a block.
private let sines: [UInt32] = [
    0xD76A_A478, 0xE8C7_B756, 0x2420_70DB, 0xC1BD_CEEE, 0xF57C_0FAF, 0x4787_C62A, 0xA830_4613, 0xFD46_9501,
    0x6980_98D8, 0x8B44_F7AF, 0xFFFF_5BB1, 0x895C_D7BE, 0x6B90_1122, 0xFD98_7193, 0xA679_438E, 0x49B4_0821,
    0xF61E_2562, 0xC040_B340, 0x265E_5A51, 0xE9B6_C7AA, 0xD62F_105D, 0x0244_1453, 0xD8A1_E681, 0xE7D3_FBC8,
    0x21E1_CDE6, 0xC337_07D6, 0xF4D5_0D87, 0x455A_14ED, 0xA9E3_E905, 0xFCEF_A3F8, 0x676F_02D9, 0x8D2A_4C8A,
    0xFFFA_3942, 0x8771_F681, 0x6D9D_6122, 0xFDE5_380C, 0xA4BE_EA44, 0x4BDE_CFA9, 0xF6BB_4B60, 0xBEBF_BC70,
    0x289B_7EC6, 0xEAA1_27FA, 0xD4EF_3085, 0x0488_1D05, 0xD9D4_D039, 0xE6DB_99E5, 0x1FA2_7CF8, 0xC4AC_5665,
    0xF429_2244, 0x432A_FF97, 0xAB94_23A7, 0xFC93_A039, 0x655B_59C3, 0x8F0C_CC92, 0xFFEF_F47D, 0x8584_5DD1,
    0x6FA8_7E4F, 0xFE2C_E6E0, 0xA301_4314, 0x4E08_11A1, 0xF753_7E82, 0xBD3A_F235, 0x2AD7_D2BB, 0xEB86_D391,
]
