public import SystemPackage

/// A file that grows at its end and can be gone on with after an interruption; it bears its own name from the start.
///
/// What was appended is complete up to some size that the caller keeps elsewhere; what lies beyond is cut off.
public struct GrowingFile: ~Copyable {
    /// The file, as it was given.
    public let path: FilePath
    private let file: FileDescriptor
    private var isOpen = true

    /// Opens the file at `path`, or makes it, and cuts it off behind its first `size` bytes.
    ///
    /// - Throws: `DataError` if it cannot be opened, or has less than `size` bytes.
    public init(_ path: FilePath, keeping size: Int) throws(DataError) {
        let file = try path.attempt("cannot be written") {
            try FileDescriptor.open(
                path, .writeOnly, options: [.create, .append],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
        }
        do throws(DataError) {
            let found = try path.fileSize()
            guard found >= size else { throw DataError(path, "has \(found) bytes; expected \(size) or more") }
            if found > size { try path.attempt("cannot be cut off") { try file.resize(to: Int64(size)) } }
        } catch {
            try path.attempt("cannot be closed") { try file.close() }
            throw error
        }
        self.path = path
        self.file = file
    }

    /// Adds `bytes` at the end.
    public mutating func append(_ bytes: [UInt8]) throws(DataError) {
        _ = try path.attempt("cannot be written") { [file] in try file.writeAll(bytes) }
    }

    /// Closes the file.
    ///
    /// - Throws: `DataError` if the file system tells only now that it could not keep what was written.
    public consuming func close() throws(DataError) {
        isOpen = false
        try path.attempt("cannot be written") { [file] in try file.close() }
    }

    deinit {
        // Only where something else went wrong already.
        do {
            if isOpen { try file.close() }
        } catch {}
    }
}
