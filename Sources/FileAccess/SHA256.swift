public import SystemPackage

/// SHA-256 (FIPS 180-4), the checksum with which users and Croissant verify files.
///
/// This is our own implementation because swift-crypto (4.5.2) costs more than it saves: it links FoundationEssentials
/// into every target above this one, which must not depend on Foundation; a clean release build takes 250 s of
/// processor time more, a stripped program 2.4 MB more. In return it hashes 1,250 MB/s instead of 140 (MD5: 710 instead
/// of 450), using the processor's SHA instructions.
public struct SHA256: Sendable {
    private var hash = BlockHash<State>()

    /// The hash of no bytes.
    public init() {}

    /// Appends bytes.
    ///
    /// - Complexity: O(bytes)
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bytes)
    }

    /// The digest of all bytes so far, in hexadecimal: `e3b0c442…`, 64 digits; more bytes can be appended.
    public var digest: String {
        let words = hash.finished.words
        return words.indices.map { index in
            let digits = String(words[index], radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    /// The digest of `bytes`.
    public static func digest(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update($0) }
        return hash.digest
    }
}

extension FilePath {
    /// The SHA-256 of the file at the path, read in chunks of up to 1 MiB.
    ///
    /// - Throws: `DataError` if it cannot be read.
    public func sha256() throws(DataError) -> String {
        var hash = SHA256()
        let file = try attempt("cannot be opened") { try FileDescriptor.open(self, .readOnly) }
        try attempt("cannot be read") {
            try file.closeAfter {
                // Most files are masks of a few kilobytes.
                var chunk = [UInt8](repeating: 0, count: 1 << 14)
                while true {
                    let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
                    if count == 0 { break }
                    chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
                    if count == chunk.count, count < 1 << 20 { chunk = [UInt8](repeating: 0, count: 1 << 20) }
                }
            }
        }
        return hash.digest
    }
}

/// The eight words of the hash.
private struct State: BlockHashState {
    static var endsBigEndian: Bool { true }

    var words: SIMD8<UInt32> = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]

    /// Mixes in whole blocks of 64 bytes.
    mutating func mix(_ blocks: UnsafeRawBufferPointer) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            roots.withUnsafeBufferPointer { roots in
                for start in stride(from: 0, to: blocks.count, by: 64) {
                    for step in 0..<16 {
                        let word = blocks.loadUnaligned(fromByteOffset: start &+ 4 &* step, as: UInt32.self)
                        schedule[step] = UInt32(bigEndian: word)
                    }
                    for step in 16..<64 {
                        let (early, late) = (schedule[step &- 15], schedule[step &- 2])
                        let first = early.rotated(7) ^ early.rotated(18) ^ early &>> 3
                        let second = late.rotated(17) ^ late.rotated(19) ^ late &>> 10
                        schedule[step] = schedule[step &- 16] &+ first &+ schedule[step &- 7] &+ second
                    }
                    var (a, b, c, d) = (words[0], words[1], words[2], words[3])
                    var (e, f, g, h) = (words[4], words[5], words[6], words[7])
                    for step in 0..<64 {
                        let chosen = g ^ e & (f ^ g)
                        let sum =
                            h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ chosen &+ roots[step]
                            &+ schedule[step]
                        let majority = a & b | c & (a | b)
                        let top = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
                        (h, g, f, e, d, c, b, a) = (g, f, e, d &+ sum, c, b, a, sum &+ top)
                    }
                    words &+= [a, b, c, d, e, f, g, h]
                }
            }
        }
    }
}

extension UInt32 {
    /// Rotated to the right by `count` bits, 1 to 31.
    @inline(__always)
    fileprivate func rotated(_ count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes, one for each step of a block.
private let roots: [UInt32] = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
    0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
    0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
    0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
    0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
    0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
    0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
]
