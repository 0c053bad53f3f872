public import SystemPackage

/// The files that a command reads, by identity: what it must not write to.
public struct ProtectedInputs: Sendable {
    private var paths: [FileIdentity: FilePath] = [:]

    /// No files.
    public init() {}

    /// The files at `paths`; those that do not exist are left out.
    ///
    /// - Throws: `DataError` if one cannot be examined.
    public init(_ paths: some Sequence<FilePath>) throws(DataError) {
        for path in paths { try insert(path) }
    }

    /// Adds the file at `path`, if it exists.
    ///
    /// - Throws: `DataError` if it cannot be examined.
    public mutating func insert(_ path: FilePath) throws(DataError) {
        if let identity = try path.identity() { paths[identity] = path }
    }

    /// Rejects an output that is one of the files, under whatever name.
    ///
    /// Devices and pipes are exempt: reading `/dev/stdin` and writing `/dev/stdout` of one terminal is valid.
    /// - Throws: `DataError` of `output` if it is an input or cannot be examined.
    public func reject(output: FilePath) throws(DataError) {
        guard let identity = try output.identity(), let input = paths[identity], try output.kind() != .other else {
            return
        }
        throw DataError(
            output, "is " + (input == output ? "an input" : "the input \(input)") + "; expected another file")
    }
}
