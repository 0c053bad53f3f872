import CFileMapping
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
/// If another program truncates the file while it is mapped, or the disk fails, reading it is an error, not the end of
/// the process (SIGBUS; see `CFileMapping`). Bytes that are overwritten are noticed by `checkUnchanged` alone.
/// `OutputFile` replaces files as a whole, which leaves existing mappings intact.
@safe
package final class MappedFile: @unchecked Sendable {
    // Sendable despite the pointer: nothing is written through it, and the mapping lives as long as the object.

    /// The file.
    package let path: FilePath
    /// The size of the file in bytes when it was opened.
    package var count: Int { stamp.size }
    private let file: FileDescriptor
    private let stamp: FileStamp
    private let start: UnsafeMutableRawPointer?
    private let number: Int32

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
        do throws(DataError) {
            guard let stamp = try FileStamp(file, at: path) else {
                throw DataError(path, "is not a regular file; expected one")
            }
            unsafe (start, number) = try unsafe Self.map(file, count: stamp.size, at: path)
            self.stamp = stamp
        } catch {
            _ = close(file.rawValue)
            throw error
        }
        self.path = path
        self.file = file
    }

    private static func map(
        _ file: FileDescriptor, count: Int, at path: FilePath
    ) throws(DataError) -> (UnsafeMutableRawPointer?, number: Int32) {
        // Nothing can be mapped of an empty file.
        guard count > 0 else { return (nil, -1) }
        guard let start = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, file.rawValue, 0), unsafe start != MAP_FAILED
        else {
            throw DataError(path, "cannot be mapped: \(Errno(rawValue: errno))")
        }
        let number = unsafe qdmapping_register(start, count)
        guard number >= 0 else {
            unsafe munmap(start, count)
            throw DataError(path, "cannot be mapped: too many files are")
        }
        return unsafe (start, number)
    }

    deinit {
        if let start = unsafe start {
            qdmapping_unregister(number)
            unsafe munmap(start, count)
        }
        // Closing loses nothing, as nothing was written.
        _ = close(file.rawValue)
    }

    /// Lends all bytes.
    ///
    /// - Throws: An error of `body`; or `DataError`, instead of any result, if some bytes could not be read.
    @inline(__always)
    package func withBytes<R>(_ body: (RawSpan) throws(DataError) -> R) throws(DataError) -> R {
        let result: R
        do throws(DataError) {
            result = try unsafe body(UnsafeRawBufferPointer(start: start, count: count).bytes)
        } catch {
            try checkDamage()
            throw error
        }
        try checkDamage()
        return result
    }

    @inline(__always)
    private func checkDamage() throws(DataError) {
        if number >= 0, qdmapping_is_damaged(number) != 0 { throw damage() }
    }

    @inline(never)
    private func damage() -> DataError {
        do throws(DataError) {
            try checkUnchanged()
            return DataError(path, "cannot be read: \(Errno.ioError)")
        } catch {
            return error
        }
    }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    package func checkUnchanged() throws(DataError) {
        try stamp.check(FileStamp(file, at: path), at: path)
    }
}
