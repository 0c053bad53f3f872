package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A new file that is written from its start to its end, with the size and SHA-256 of what was written.
///
/// For a folder that no other process writes to. The bytes are hashed while they are in memory, so the digest is that of
/// what was meant to be written, whatever the disk makes of it.
package struct SequentialFile: ~Copyable {
    /// The file.
    package let path: FilePath
    private let file: FileDescriptor
    private var isOpen = true
    /// The number of bytes written.
    package private(set) var size = 0
    private var hash = SHA256()

    /// Creates the file at `path`, which must not exist.
    package init(_ path: FilePath) throws(DataError) {
        file = try path.attempt("cannot be written") { try path.createFile() }
        self.path = path
    }

    /// The SHA-256 of the bytes written.
    package var digest: SHA256.Digest { hash.value }

    /// Appends `bytes`.
    package mutating func append(_ bytes: [UInt8]) throws(DataError) {
        _ = try path.attempt("cannot be written") { [file] in try file.writeAll(bytes) }
        unsafe hash.update(bytes.span.bytes)
        size += bytes.count
    }

    /// Closes the file.
    ///
    /// - Throws: `DataError` if the file system reports a failed write only now.
    package mutating func close() throws(DataError) {
        isOpen = false
        try path.attempt("cannot be written") { [file] in try file.close() }
    }

    deinit {
        // Only after another error.
        do {
            if isOpen { try file.close() }
        } catch {}
    }
}

extension FilePermissions {
    /// Those of a new file: readable and writable, as far as the user's mask allows.
    package static let newFile: FilePermissions = [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
}

extension FilePath {
    /// Creates a file at the path, where nothing may be, not even a link.
    func createFile() throws -> FileDescriptor {
        try FileDescriptor.open(
            self, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec], permissions: .newFile)
    }

    /// Writes a new file that must not exist, and returns its size and SHA-256; see `SequentialFile`.
    package func writeNewFile(_ bytes: [UInt8]) throws(DataError) -> (size: Int, digest: SHA256.Digest) {
        var file = try SequentialFile(self)
        try file.append(bytes)
        try file.close()
        return (file.size, file.digest)
    }

    /// Creates the folder at the path, whose parent must exist.
    ///
    /// - Throws: `DataError` if it exists, or cannot be created.
    package func makeNewFolder() throws(DataError) {
        try attempt("cannot be created") { unsafe withPlatformString { unsafe mkdir($0, 0o777) } }
    }
}
