public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// Whether two paths lead to the same file, after following links; false if one of them leads nowhere.
    ///
    /// - Throws: `DataError` if a path cannot be examined.
    public func isSameFile(as other: FilePath) throws(DataError) -> Bool {
        guard try kind() != nil, try other.kind() != nil else { return false }
        let first = try attempt("cannot be examined") { try Stat(self) }.rawValue
        let second = try other.attempt("cannot be examined") { try Stat(other) }.rawValue
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
