package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The properties of a file that its folder shows; of a link itself, not of its target.
package struct FileStatus: Hashable, Sendable {
    /// `other` for a link, too.
    package let kind: FileKind
    /// In bytes.
    package let size: Int
    /// When the contents, the name, or the owner were last changed. Programs cannot set it.
    package let changeTime: Time

    /// A time of the file system's clock.
    package struct Time: Hashable, Comparable, Sendable {
        let seconds: Int
        let nanoseconds: Int

        package static func < (first: Time, second: Time) -> Bool {
            (first.seconds, first.nanoseconds) < (second.seconds, second.nanoseconds)
        }
    }
}

extension FilePath {
    /// The properties of the file at the path; nil if there is none.
    package func status() throws(DataError) -> FileStatus? {
        let status: Stat
        do {
            status = try Stat(self, followTargetSymlink: false)
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            return nil
        } catch {
            throw DataError(self, "cannot be examined: \(error)")
        }
        let kind: FileKind =
            switch status.type {
            case .regular: .file
            case .directory: .folder
            default: .other
            }
        let time = status.st_ctim
        return FileStatus(
            kind: kind, size: Int(status.size),
            changeTime: FileStatus.Time(seconds: time.tv_sec, nanoseconds: time.tv_nsec))
    }
}
