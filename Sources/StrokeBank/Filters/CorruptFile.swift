public import FileAccess
public import SystemPackage

/// A file with corrupt records that were skipped.
public struct CorruptFile: Hashable, Sendable {
    /// The file.
    public let path: FilePath
    /// The number of corrupt records, 1 or more; an unreadable rest of the file counts as one.
    public var count: Int
    /// The error of the first one.
    public let first: DataError

    /// A file with `count` corrupt records.
    public init(path: FilePath, count: Int, first: DataError) {
        self.path = path
        self.count = count
        self.first = first
    }
}
