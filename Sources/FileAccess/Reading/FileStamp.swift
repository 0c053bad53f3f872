package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Identifies the contents of a regular file without reading them: which file it is, its size, and when it was written.
///
/// Compared before and after a file is read, it reveals that another program replaced or changed the file in between.
/// A change of name, owner, or permissions is none.
package struct FileStamp: Hashable, Sendable {
    private let identity: FileIdentity
    /// The size in bytes.
    package let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// The stamp of the file that is open as `file`; nil if it is not a regular file.
    package init?(_ file: FileDescriptor, at path: FilePath) throws(DataError) {
        self.init(try path.attempt("cannot be examined") { try Stat(file) })
    }

    /// The stamp of an open file with these properties; nil if it is not a regular file.
    package init?(_ status: Stat) {
        guard status.type == .regular else { return nil }
        identity = FileIdentity(status)
        size = Int(status.size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    /// Checks that another stamp of the same path is this one.
    ///
    /// - Throws: `DataError` if it differs.
    package func check(_ other: FileStamp?, at path: FilePath) throws(DataError) {
        guard self == other else {
            throw DataError(path, "was changed while it was read; expected a file that stays the same")
        }
    }
}
