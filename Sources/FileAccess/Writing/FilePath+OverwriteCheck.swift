public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// Rejects a path to which a file may not be written: a folder, or an existing file that may not be replaced.
    ///
    /// Links are followed. A pipe or a device is accepted: it is written to, not replaced.
    /// - Parameter replaces: Whether an existing file may be replaced.
    /// - Throws: `DataError` of the path.
    public func checkOutput(replaces: Bool) throws(DataError) {
        switch try kind() {
        case nil, .other: break
        case .file:
            // Standard output, for example, is a file if the shell redirects it to one.
            let isReplaced = try outputDestination().isReplaceable
            guard replaces || !isReplaced else {
                throw DataError(self, "already exists; expected a new file, or --overwrite")
            }
        case .folder: throw DataError(self, "is a folder; expected a file")
        }
    }

    /// Removes what killed processes left of the output at the path, in its folder, if possible: it does no harm.
    public func removeAbandonedOutput() {
        do {
            guard case .file(let final) = try outputDestination(), let name = final.lastComponent?.string else {
                return
            }
            let folder = final.removingLastComponent()
            try (folder.isEmpty ? "." : folder).removeAbandonedFiles(of: name)
        } catch {}
    }

    /// The path without links and `..`, as far as it exists, and then as it is.
    ///
    /// - Throws: `DataError` if a part of it cannot be examined.
    public func resolvingExistingPart() throws(DataError) -> FilePath {
        var (existing, rest) = (self, FilePath())
        while try existing.kind() == nil {
            guard let last = existing.lastComponent else { break }
            rest = FilePath(root: nil, [last]).pushing(rest)
            existing.removeLastComponent()
        }
        if existing.isEmpty { existing = "." }
        let real: FilePath
        do throws(DataError) {
            real = try existing.resolved()
        } catch {
            throw DataError(self, error.problem)
        }
        return rest.isEmpty ? real : real.pushing(rest)
    }
}
