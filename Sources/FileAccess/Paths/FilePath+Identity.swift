public import SystemPackage

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

    /// Whether two paths lead to the same file, after following links; false if one of them leads nowhere.
    ///
    /// - Throws: `DataError` if a path cannot be examined.
    public func isSameFile(as other: FilePath) throws(DataError) -> Bool {
        guard let identity = try identity() else { return false }
        return try other.identity() == identity
    }

    /// Whether the path is `folder` or leads into it, by the identity of the folders above it: links and `..` are
    /// followed, and other names of the same folder are recognized. The path itself need not exist.
    public func isInside(_ folder: FilePath) throws(DataError) -> Bool {
        guard let identity = try folder.identity() else { return false }
        var current = try resolvingExistingPart()
        while true {
            if try current.identity() == identity { return true }
            let above = current.removingLastComponent()
            if above == current || above.isEmpty { return false }
            current = above
        }
    }
}
