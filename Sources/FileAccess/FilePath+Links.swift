public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// Gives the file at the path a second name, or copies it where the file system has no links between the two.
    ///
    /// The second name is a hard link: the same bytes on the disk, which last as long as one of the names does.
    /// - Throws: `DataError` of `target` if something stands there, or the file cannot be read or written.
    public func linkOrCopy(to target: FilePath) throws(DataError) {
        try linkOrCopy(to: target) { old, new in link(old, new) }
    }

    /// The same with another call that links: it answers −1 and sets `errno` where it cannot.
    func linkOrCopy(
        to target: FilePath, _ link: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
    ) throws(DataError) {
        let failure = withPlatformString { old in
            target.withPlatformString { new in link(old, new) == 0 ? 0 : errno }
        }
        switch failure {
        case 0: return
        // Other file systems, those without links or with no more of them for this file, and Linux's protected files.
        case EXDEV, EPERM, EMLINK, ENOSYS, ENOTSUP, EOPNOTSUPP, EACCES:
            try target.writeFileInPlace(try readFile())
        default: throw DataError(target, "cannot be linked to \(self): \(Errno(rawValue: failure))")
        }
    }
}
