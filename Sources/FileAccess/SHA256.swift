internal import CCrypto
public import SystemPackage

/// SHA-256 (FIPS 180-4), the checksum with which users and Croissant verify files, and exports the files of their shards.
///
/// It is libcrypto's, which uses the processor's SHA instructions: some 1,000 MB/s for files of a few kilobytes, where
/// portable code has 140. swift-crypto would link FoundationEssentials into every target above this one.
public struct SHA256: Sendable {
    private var state: SHA256_CTX

    /// The hash of no bytes.
    public init() {
        state = SHA256_CTX()
        SHA256_Init(&state)
    }

    /// Appends bytes.
    ///
    /// - Complexity: O(bytes)
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        SHA256_Update(&state, bytes.baseAddress, bytes.count)
    }

    /// The digest of all bytes so far; more bytes can be appended.
    public var value: Digest {
        var end = state
        return Digest { digest in SHA256_Final(digest, &end) }
    }

    /// The digest of all bytes so far, in hexadecimal: `e3b0c442…`, 64 digits.
    public var digest: String { value.description }

    /// The digest of `bytes`, in hexadecimal.
    public static func digest(of bytes: [UInt8]) -> String {
        value(of: bytes.span.bytes).description
    }

    /// The digest of `bytes`.
    public static func value(of bytes: RawSpan) -> Digest {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update($0) }
        return hash.value
    }
}

extension SHA256 {
    /// The 32 bytes of a digest.
    public struct Digest: Hashable, Sendable, CustomStringConvertible {
        private var words: SIMD4<UInt64> = .zero

        fileprivate init(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
            withUnsafeMutableBytes(of: &words) { bytes in
                bytes.withMemoryRebound(to: UInt8.self) { bytes in
                    if let start = bytes.baseAddress { fill(start) }
                }
            }
        }

        /// Reads 64 hexadecimal digits in lower case; nil for any other text.
        public init?(_ text: some StringProtocol) {
            guard text.utf8.count == 64 else { return nil }
            var bytes: [UInt8] = []
            var half: UInt8?
            for digit in text.utf8 {
                let value: UInt8
                switch digit {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
                default: return nil
                }
                if let high = half {
                    bytes.append(high << 4 | value)
                    half = nil
                } else {
                    half = value
                }
            }
            withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        }

        /// In hexadecimal, 64 digits in lower case.
        public var description: String {
            String(unsafeUninitializedCapacity: 64) { text in
                withUnsafeBytes(of: words) { bytes in
                    for (index, byte) in bytes.enumerated() {
                        text[2 * index] = Self.digit(byte >> 4)
                        text[2 * index + 1] = Self.digit(byte & 15)
                    }
                }
                return 64
            }
        }

        private static func digit(_ value: UInt8) -> UInt8 {
            value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        }
    }
}

extension FilePath {
    /// The SHA-256 of the file at the path, read in chunks of up to 1 MiB.
    ///
    /// - Throws: `DataError` if it cannot be read.
    public func sha256() throws(DataError) -> String { try sizeAndDigest().digest.description }

    /// The size of the file at the path in bytes, and its SHA-256.
    ///
    /// - Throws: `DataError` if it cannot be read.
    public func sizeAndDigest() throws(DataError) -> (size: Int, digest: SHA256.Digest) {
        var hash = SHA256()
        var size = 0
        let file = try attempt("cannot be opened") { try FileDescriptor.open(self, .readOnly) }
        try attempt("cannot be read") {
            try file.closeAfter {
                // Most files are masks of a few kilobytes.
                var chunk = [UInt8](repeating: 0, count: 1 << 14)
                while true {
                    let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
                    if count == 0 { break }
                    size += count
                    chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
                    if count == chunk.count, count < 1 << 20 { chunk = [UInt8](repeating: 0, count: 1 << 20) }
                }
            }
        }
        return (size, hash.value)
    }
}
