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
        unsafe SHA256_Init(&state)
    }

    /// Appends bytes.
    ///
    /// - Complexity: O(bytes)
    public mutating func update(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { bytes in _ = unsafe SHA256_Update(&state, bytes.baseAddress, bytes.count) }
    }

    /// The digest of all bytes so far; more bytes can be appended.
    public var value: Digest {
        var end = state
        return unsafe Digest { digest in unsafe SHA256_Final(digest, &end) }
    }

    /// The digest of all bytes so far, in hexadecimal: `e3b0c442…`, 64 digits.
    public var digest: String { value.description }

    /// The digest of `bytes`, in hexadecimal.
    public static func digest(of bytes: [UInt8]) -> String {
        unsafe value(of: bytes.span.bytes).description
    }

    /// The digest of `bytes`.
    public static func value(of bytes: RawSpan) -> Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.value
    }
}

extension SHA256 {
    /// The 32 bytes of a digest.
    public struct Digest: Hashable, Sendable, CustomStringConvertible {
        private var words: SIMD4<UInt64> = .zero

        fileprivate init(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
            unsafe withUnsafeMutableBytes(of: &words) { bytes in
                unsafe bytes.withMemoryRebound(to: UInt8.self) { bytes in
                    if let start = bytes.baseAddress { unsafe fill(start) }
                }
            }
        }

        /// Reads 64 hexadecimal digits in lower case; nil for any other text.
        package init?(_ text: ArraySlice<UInt8>) {
            guard text.count == 64 else { return nil }
            var isValid = true
            var position = 0
            for digit in text {
                let value = Self.values[Int(digit)]
                isValid = isValid && value < 16
                // Two digits a byte, the higher one first.
                words[position >> 4] |= UInt64(value & 15) << UInt64((position & 15) << 2 ^ 4)
                position += 1
            }
            guard isValid else { return nil }
        }

        /// The value of each byte as a digit; 255 for all others.
        private static let values: [UInt8] = (0...UInt8.max).map { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            default: 255
            }
        }

        /// Appends the 64 digits of `description`.
        package func append(to text: inout [UInt8]) {
            for position in 0..<64 { text.append(digit(at: position)) }
        }

        /// In hexadecimal, 64 digits in lower case.
        public var description: String {
            var text: [UInt8] = []
            text.reserveCapacity(64)
            append(to: &text)
            return String(decoding: text, as: UTF8.self)
        }

        private func digit(at position: Int) -> UInt8 {
            Self.digit(UInt8(truncatingIfNeeded: words[position >> 4] >> UInt64((position & 15) << 2 ^ 4)) & 15)
        }

        private static func digit(_ value: UInt8) -> UInt8 {
            value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        }
    }
}

extension FilePath {
    /// The size of the regular file at the path in bytes, and its SHA-256.
    ///
    /// - Throws: `DataError` if it cannot be read, or is not a regular file.
    public func sizeAndDigest() throws(DataError) -> (size: Int, digest: SHA256.Digest) {
        guard let found = try sizeAndDigestIfPresent() else {
            throw DataError(self, "cannot be opened: \(Errno.noSuchFileOrDirectory)")
        }
        return found
    }

    /// The same; nil if there is nothing at the path.
    package func sizeAndDigestIfPresent() throws(DataError) -> (size: Int, digest: SHA256.Digest)? {
        let file: FileDescriptor
        do {
            // A pipe would block until somebody writes to it.
            file = try FileDescriptor.open(self, .readOnly, options: [.nonBlocking, .closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch {
            throw DataError(self, "cannot be opened: \(error)")
        }
        var hash = SHA256()
        var size = 0
        let isRegular = try attempt("cannot be read") {
            try file.closeAfter {
                let status = try Stat(file)
                guard status.type == .regular else { return false }
                // Most files are masks of a few kilobytes.
                let capacity = max(1 << 12, min(Int(status.size), 1 << 18))
                try unsafe withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 16) { chunk in
                    while size < status.size {
                        let count = try unsafe file.read(into: chunk)
                        if count == 0 { break }
                        size += count
                        unsafe hash.update(UnsafeRawBufferPointer(rebasing: chunk[..<count]).bytes)
                    }
                }
                return true
            }
        }
        guard isRegular else { throw DataError(self, "is not a regular file; expected one") }
        return (size, hash.value)
    }
}
