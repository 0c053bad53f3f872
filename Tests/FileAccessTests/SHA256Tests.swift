import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

struct SHA256Tests {
    /// Bytes of a nonrepeating pattern.
    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func `digests are those of NIST's examples`(text: String, expected: String) {
        #expect(SHA256.digest(of: Array(text.utf8)) == expected)
    }

    @Test func `texts of all lengths up to five blocks have hashlib's digests`() {
        let digests = (0...300).map { SHA256.digest(of: bytes($0)) }.joined()
        // hashlib's digest of hashlib's digests of the same texts.
        let expected = "917dfe241fcf4d27cf00582a4b7cbc1f5bb92f4298d46d8d986f7cda814596c6"
        #expect(SHA256.digest(of: Array(digests.utf8)) == expected)
    }

    @Test(arguments: [1, 3, 55, 56, 57, 63, 64, 65, 127, 128, 129, 999])
    func `it does not matter in which parts the bytes come`(length: Int) {
        let bytes = bytes(1000)
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: length) {
            hash.update(Array(bytes[start..<min(start + length, bytes.count)]).span.bytes)
        }
        #expect(hash.digest == SHA256.digest(of: bytes))
    }

    @Test func `a digest can be asked for in between`() {
        var hash = SHA256()
        hash.update(Array("ab".utf8).span.bytes)
        _ = hash.digest
        hash.update(Array("c".utf8).span.bytes)
        #expect(hash.digest == SHA256.digest(of: Array("abc".utf8)))
    }

    @Test(arguments: [0, 1, 16_383, 16_384, 16_385, 2_500_000])
    func `a file's digest is that of its bytes`(count: Int) throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("x", bytes: bytes(count))
        #expect(try file.sizeAndDigest().digest.description == SHA256.digest(of: bytes(count)))
    }

    @Test func `large files have hashlib's digest`() throws {
        let expected = "1400b8347ecd704cf6cecef4cea90fc5aa4f8c506fb313b7dd6903d9583cea9f"
        #expect(SHA256.digest(of: bytes(2_500_000)) == expected)
    }

    @Test func `a file that is not there is an error`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("x")
        let message = message { _ = try path.sizeAndDigest() }
        #expect(message == "\(path): cannot be opened: No such file or directory")
    }
}
