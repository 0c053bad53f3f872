public import FileAccess
public import SystemPackage

extension MaskCollection {
    /// Finds the masks at `path` in their most detailed form: the vectors of a dataset or a tar, if there are any.
    ///
    /// - Throws: `DataError` as `init(at:contents:)` does.
    public init(inDetailAt path: FilePath) throws(DataError) {
        if try path.kind() == .folder
            ? Self.isDatasetWithVectors(path) : ["tar", "tar.gz", "zip"].contains(path.ending),
            let vectors = try Self.vectors(at: path)
        {
            self = vectors
            return
        }
        self = try MaskCollection(at: path, contents: .all)
    }

    private static func isDatasetWithVectors(_ folder: FilePath) throws(DataError) -> Bool {
        try manifest(in: .folder(folder))?.hasVectors ?? false
    }

    /// The vectors at `path`; nil if there are none.
    private static func vectors(at path: FilePath) throws(DataError) -> MaskCollection? {
        do {
            return try MaskCollection(at: path, contents: .vectors)
        } catch {
            guard error.kind == .empty else { throw error }
            return nil
        }
    }
}

extension MaskCollection {
    /// Rejects a pipe, for a command that reads masks more than once.
    ///
    /// - Throws: `DataError` of the path.
    public func checkCanBeReadAgain() throws(DataError) {
        guard try path.kind() != .other else {
            throw DataError(path, "is not a regular file; expected one, which is read more than once")
        }
    }
}
