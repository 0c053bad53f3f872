/// A file in a zip archive, as the archive's directory describes it.
public struct ZipMember: Hashable, Sendable {
    /// The name with its folders: `drawings/cat.ndjson`; bytes that are not UTF-8 are replaced.
    public let name: String
    /// The bytes of the name as stored.
    let nameBytes: [UInt8]
    /// The number of bytes of the file.
    public let size: Int
    /// The number of bytes that it takes in the archive.
    public let compressedSize: Int
    /// The CRC-32 of the file.
    let checksum: UInt32
    /// The number of the compression method: 0 for none, 8 for deflate.
    let method: Int
    /// Whether the file is encrypted.
    let isEncrypted: Bool
    /// The offset of the member's own header in the archive.
    let headerOffset: Int
    /// The offset of the directory, before which the member ends.
    let limit: Int

    /// The name of the compression method.
    var methodName: String { Self.methodNames[method] ?? "method \(method)" }

    static let stored = 0
    static let deflated = 8

    /// The names of methods that programs write and this one does not read.
    private static let methodNames = [
        0: "stored", 1: "shrunk", 6: "imploded", 8: "deflate", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard",
        95: "xz", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES",
    ]
}
