public import SystemPackage

/// A file that is written under a temporary name and renamed by `commit`; without `commit`, it is removed.
///
/// The temporary name of `NAME` is `.NAME.partial`, in the same folder. The file with the final name is therefore
/// always complete: the new or the previous one. This does not hold after a power failure, as nothing is flushed to the
/// disk.
public struct OutputFile: ~Copyable {
    /// The final name.
    public let path: FilePath
    private let temporary: FilePath
    private let file: FileDescriptor
    private var isOpen = true
    private var isCommitted = false

    /// Creates a file for `path` in its existing folder.
    ///
    /// - Throws: `DataError` if no file can be created in the folder.
    public init(_ path: FilePath) throws(DataError) {
        self.path = path
        let temporary = path.removingLastComponent().appending(".\(path.lastComponent?.string ?? "").partial")
        self.temporary = temporary
        file = try path.attempt("cannot be written") {
            try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
        }
    }

    /// Appends `bytes`.
    public func write(_ bytes: [UInt8]) throws(DataError) {
        _ = try path.attempt("cannot be written") { try file.writeAll(bytes) }
    }

    /// A writer at any offset, instead of `write`; valid until `commit`.
    package var positionedWriter: PositionedWriter { PositionedWriter(path: path, file: file) }

    /// Closes the file and renames it to its final name, replacing an existing file.
    public consuming func commit() throws(DataError) {
        isOpen = false
        // Some file systems report a failed write only now.
        try path.attempt("cannot be written") { [file] in try file.close() }
        try temporary.rename(to: path)
        isCommitted = true
    }

    deinit {
        // A failure here is harmless: the temporary name marks the file as incomplete.
        do {
            if isOpen { try file.close() }
            if !isCommitted { try temporary.removeTree() }
        } catch {}
    }
}

extension FilePath {
    /// Writes a whole file under a temporary name and renames it, so that it is complete or absent.
    public func writeFile(_ bytes: [UInt8]) throws(DataError) {
        let file = try OutputFile(self)
        try file.write(bytes)
        try file.commit()
    }

    /// Writes a whole file under its final name: for folders that are themselves renamed when complete.
    ///
    /// This takes a third less time than a temporary name.
    public func writeFileInPlace(_ bytes: [UInt8]) throws(DataError) {
        try attempt("cannot be written") {
            let file = try FileDescriptor.open(
                self, .writeOnly, options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
            try file.closeAfter { _ = try file.writeAll(bytes) }
        }
    }
}
