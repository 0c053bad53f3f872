public import SystemPackage

/// A file that grows at its end under its final name, and can be continued after an interruption.
///
/// The caller records elsewhere up to which size the file is complete; bytes beyond that size are truncated.
public struct AppendableFile: ~Copyable {
    /// The file.
    public let path: FilePath
    private let file: FileDescriptor
    private var isOpen = true

    /// Opens or creates the file at `path`, and truncates it to `size` bytes.
    ///
    /// - Throws: `DataError` if it cannot be opened, or has fewer than `size` bytes.
    public init(_ path: FilePath, keeping size: Int) throws(DataError) {
        let file = try path.attempt("cannot be written") {
            try FileDescriptor.open(
                path, .writeOnly, options: [.create, .append],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
        }
        do throws(DataError) {
            let found = try path.fileSize()
            guard found >= size else { throw DataError(path, "has \(found) bytes; expected at least \(size)") }
            if found > size { try path.attempt("cannot be truncated") { try file.resize(to: Int64(size)) } }
        } catch {
            try path.attempt("cannot be closed") { try file.close() }
            throw error
        }
        self.path = path
        self.file = file
    }

    /// Appends `bytes`.
    public mutating func append(_ bytes: [UInt8]) throws(DataError) {
        _ = try path.attempt("cannot be written") { [file] in try file.writeAll(bytes) }
    }

    /// Closes the file.
    ///
    /// - Throws: `DataError` if the file system reports a failed write only now.
    public consuming func close() throws(DataError) {
        isOpen = false
        try path.attempt("cannot be written") { [file] in try file.close() }
    }

    deinit {
        // Only after another error.
        do {
            if isOpen { try file.close() }
        } catch {}
    }
}
