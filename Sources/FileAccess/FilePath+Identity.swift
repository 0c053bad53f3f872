public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// The identity of the file or folder at the path, after following links; nil if there is none.
    public func identity() throws(DataError) -> FileIdentity? {
        do {
            return FileIdentity(try Stat(self))
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            return nil
        } catch {
            throw DataError(self, "cannot be examined: \(error)")
        }
    }

    /// Whether the path is `folder` or leads into it, by the identity of the folders above it: links and `..` are
    /// followed, and other names of the same folder are recognized. The path itself need not exist.
    public func isInside(_ folder: FilePath) throws(DataError) -> Bool {
        guard let identity = try folder.identity() else { return false }
        // The part of the path that exists, without links.
        var existing = self
        while try existing.kind() == nil {
            let above = existing.removingLastComponent()
            if above == existing || above.isEmpty {
                existing = "."
                break
            }
            existing = above
        }
        guard let real = existing.withPlatformString({ realpath($0, nil) }) else {
            throw DataError(self, "cannot be resolved: \(Errno(rawValue: errno))")
        }
        defer { free(real) }
        var current = FilePath(platformString: real)
        while true {
            if try current.identity() == identity { return true }
            let above = current.removingLastComponent()
            if above == current || above.isEmpty { return false }
            current = above
        }
    }
}
