import TemporaryFiles
import Testing

@testable import QuickDrawDownload

struct MD5Tests {
    private func digest(_ text: String) -> String {
        var md5 = MD5()
        Array(text.utf8).withUnsafeBytes { md5.update($0) }
        return "\(md5.digest)"
    }

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            "d174ab98d277d9f5a5611c2c9f419d9f"
        ),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func `digests are those of RFC 1321`(text: String, expected: String) {
        #expect(digest(text) == expected)
    }

    @Test func `it does not matter in which parts the bytes come`() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var whole = MD5()
        bytes.withUnsafeBytes { whole.update($0) }
        for length in [1, 3, 55, 56, 57, 63, 64, 65, 127, 128, 129, 999] {
            var md5 = MD5()
            for start in stride(from: 0, to: bytes.count, by: length) {
                Array(bytes[start..<min(start + length, bytes.count)]).withUnsafeBytes { md5.update($0) }
            }
            #expect(md5.digest == whole.digest, "in parts of \(length) bytes")
        }
    }

    @Test func `a digest is not the end`() {
        var md5 = MD5()
        Array("ab".utf8).withUnsafeBytes { md5.update($0) }
        _ = md5.digest
        Array("c".utf8).withUnsafeBytes { md5.update($0) }
        #expect("\(md5.digest)" == "900150983cd24fb0d6963f7d28e17f72")
    }

    @Test func `a file's digest is that of its bytes`() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "0123456789", count: 250_000)
        let path = try folder.file("a", text)
        #expect("\(try path.md5())" == digest(text))
    }

    @Test func `base64 is read as the listing has it`() {
        let digest = MD5.Digest(base64: "1B2M2Y8AsgTpgAmY7PhCfg==")
        #expect(digest?.description == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(MD5.Digest(base64: "kAFQmDzST7DWlj99KOF/cg==")?.description == "900150983cd24fb0d6963f7d28e17f72")
    }

    @Test(arguments: ["", "1B2M2Y8AsgTpgAmY7PhCfg", "1B2M2Y8AsgTpgAmY7PhC", "1B2M2Y8AsgTpgAmY7PhC-g==", "======"])
    func `what is not base64 of 16 bytes is refused`(text: String) {
        #expect(MD5.Digest(base64: text) == nil)
    }
}
