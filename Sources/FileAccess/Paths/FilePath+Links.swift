public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// Creates a hard link to the file at `target`, or copies the file if the file system cannot link the two.
    ///
    /// - Throws: `DataError` of `target` if it exists, or the file cannot be read or written.
    public func linkOrCopy(to target: FilePath) throws(DataError) {
        try unsafe linkOrCopy(to: target) { old, new in unsafe link(old, new) }
    }

    /// The same with another call that links: it returns −1 and sets `errno` on failure.
    func linkOrCopy(
        to target: FilePath, _ link: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
    ) throws(DataError) {
        let failure = unsafe withPlatformString { old in
            unsafe target.withPlatformString { new in unsafe link(old, new) == 0 ? 0 : errno }
        }
        switch failure {
        case 0: return
        // Another file system, one without links, the limit of links per file, and Linux's protected files.
        case EXDEV, EPERM, EMLINK, ENOSYS, ENOTSUP, EOPNOTSUPP, EACCES:
            try target.writeFileInPlace(try readFile())
        default: throw DataError(target, "cannot be linked to \(self): \(Errno(rawValue: failure))")
        }
    }
}
