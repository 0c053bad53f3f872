public import SystemPackage

/// A file in the making: it bears a temporary name until `commit`, and goes away if that is never called.
///
/// The temporary name is the final one behind a dot and before `.partial`, in the same folder. So what stands under the
/// final name is complete, or what stood there before; not after a power cut, as nothing is forced to the disk.
public struct OutputFile: ~Copyable {
    /// The final name.
    public let path: FilePath
    private let temporary: FilePath
    private let file: FileDescriptor
    private var isOpen = true
    private var isCommitted = false

    /// Begins a file for `path`, whose folder is there already.
    ///
    /// - Throws: `DataError` if no file can be made in the folder.
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

    /// Adds `bytes`.
    public func write(_ bytes: [UInt8]) throws(DataError) {
        _ = try path.attempt("cannot be written") { try file.writeAll(bytes) }
    }

    /// Writes at given places, in place of `write`; as long as the file lasts.
    public var placedWriter: PlacedWriter { PlacedWriter(path: path, file: file) }

    /// Closes the file and gives it its final name, replacing what stood there.
    public consuming func commit() throws(DataError) {
        isOpen = false
        // Some file systems tell only now that they could not keep what was written.
        try path.attempt("cannot be written") { [file] in try file.close() }
        try temporary.rename(to: path)
        isCommitted = true
    }

    deinit {
        // Nothing can be done about a failure here: the temporary name says that the file is not complete.
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

    /// Writes a whole file under its own name at once: for folders that are themselves renamed when complete.
    ///
    /// A file costs a third less this way than under a temporary name.
    public func writeFileInPlace(_ bytes: [UInt8]) throws(DataError) {
        try attempt("cannot be written") {
            let file = try FileDescriptor.open(
                self, .writeOnly, options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
            try file.closeAfter { _ = try file.writeAll(bytes) }
        }
    }
}
