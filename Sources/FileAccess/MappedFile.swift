public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file whose bytes are read where they lie, in the system's cache: opening it costs the same whatever its size.
///
/// Another program that cuts the file off while it is mapped ends this one. Files that are written by `OutputFile` are
/// replaced whole, and what was mapped stays as it was.
public final class MappedFile: @unchecked Sendable {
    // Sendable, though there is a pointer in it: nothing is ever written through it, and the mapping lasts as long as
    // the object.

    /// The file, as it was given.
    public let path: FilePath
    /// How many bytes it had when it was opened.
    public let count: Int
    private let start: UnsafeMutableRawPointer?

    /// Maps the file at `path`.
    ///
    /// - Throws: `DataError` if it cannot be opened or mapped, or is no regular file.
    public init(_ path: FilePath) throws(DataError) {
        switch try path.kind() {
        case nil: throw DataError(path, "cannot be opened: \(Errno.noSuchFileOrDirectory)")
        case .folder: throw DataError(path, "is a folder; expected a file")
        case .other: throw DataError(path, "is no regular file; expected one")
        case .file: break
        }
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        // The mapping outlives the descriptor; nothing was written that closing could lose.
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
    public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(start: start, count: count).bytes)
    }
}
