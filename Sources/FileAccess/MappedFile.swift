package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that is mapped into memory: opening it takes the same time for any size.
///
/// If another program truncates the file while it is mapped, reading it ends this process (SIGBUS). `OutputFile`
/// replaces files as a whole, which leaves existing mappings intact.
package final class MappedFile: @unchecked Sendable {
    // Sendable despite the pointer: nothing is written through it, and the mapping lives as long as the object.

    /// The file.
    package let path: FilePath
    /// The size of the file in bytes when it was opened.
    package let count: Int
    private let start: UnsafeMutableRawPointer?

    /// Maps the file at `path`.
    ///
    /// - Throws: `DataError` if it cannot be opened or mapped, or is not a regular file.
    package init(_ path: FilePath) throws(DataError) {
        switch try path.kind() {
        case nil: throw DataError(path, "cannot be opened: \(Errno.noSuchFileOrDirectory)")
        case .folder: throw DataError(path, "is a folder; expected a file")
        case .other: throw DataError(path, "is not a regular file; expected one")
        case .file: break
        }
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        // The mapping outlives the descriptor; closing loses nothing, as nothing was written.
        defer { _ = close(file.rawValue) }
        let size = Int(try path.attempt("cannot be examined") { try file.seek(offset: 0, from: .end) })
        var mapping: UnsafeMutableRawPointer?
        if size > 0 {
            mapping = mmap(nil, size, PROT_READ, MAP_SHARED, file.rawValue, 0)
            if mapping == MAP_FAILED { throw DataError(path, "cannot be mapped: \(Errno(rawValue: errno))") }
        }
        self.path = path
        count = size
        start = mapping
    }

    deinit {
        if let start { munmap(start, count) }
    }

    /// Lends all bytes.
    package func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(start: start, count: count).bytes)
    }
}
