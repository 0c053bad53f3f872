public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that is written under a temporary name and renamed by `commit`; without `commit`, it is removed.
///
/// The temporary name of `NAME` is `.NAME.UNIQUE.partial`, in the same folder, which no other process uses. The file with
/// the final name is therefore always complete: the new or the previous one. `commit` flushes the data before it renames,
/// so this holds after a power failure, too.
///
/// A link is written through: the file that it leads to is replaced, not the link. A pipe or a device is written to
/// directly, and never replaced or removed.
public struct OutputFile: ~Copyable {
    /// The final name.
    public let path: FilePath
    /// The temporary and the final name without links; nil for a pipe or a device.
    private let replacement: (temporary: FilePath, final: FilePath)?
    private let file: FileDescriptor
    private let isFlushed: Bool
    private var isOpen = true
    private var isCommitted = false

    /// Creates a file for `path` in its existing folder.
    ///
    /// - Parameters:
    ///   - path: The final name.
    ///   - isFlushed: Whether `commit` waits until the data is on the disk; not for one of many files, which are flushed
    ///     together.
    /// - Throws: `DataError` if no file can be created in the folder.
    public init(_ path: FilePath, isFlushed: Bool = true) throws(DataError) {
        let replacement: (temporary: FilePath, final: FilePath)?
        let file: FileDescriptor
        switch try path.outputDestination() {
        case .file(let final):
            let name = ".\(final.lastComponent?.string ?? "").\(UniqueName.make())\(Self.ending)"
            let temporary = final.removingLastComponent().appending(name)
            replacement = (temporary, final)
            file = try path.attempt("cannot be written") { try temporary.createFile() }
            // By this lock, `removeAbandonedFiles` recognizes the file as in use; without locks, it stays.
            _ = flock(file.rawValue, LOCK_EX | LOCK_NB)
        case .stream(let stream):
            replacement = nil
            file = try path.attempt("cannot be written") {
                try FileDescriptor.open(stream, .writeOnly, options: .closeOnExec)
            }
        case .descriptor(let number):
            replacement = nil
            file = try path.attempt("cannot be written") { try FileDescriptor(rawValue: number).duplicate() }
        }
        self.path = path
        self.isFlushed = isFlushed
        self.replacement = replacement
        self.file = file
    }

    /// The end of a temporary name.
    static let ending = ".partial"

    /// Appends `bytes`.
    public func write(_ bytes: [UInt8]) throws(DataError) {
        _ = try path.attempt("cannot be written") { try file.writeAll(bytes) }
    }

    /// A writer at any offset, instead of `write`; valid until `commit`.
    package var positionedWriter: PositionedWriter { PositionedWriter(path: path, file: file) }

    /// Closes the file and renames it to its final name, replacing an existing file; a pipe or a device is only closed.
    public consuming func commit() throws(DataError) {
        if isFlushed {
            try path.attempt("cannot be written") { [file] in try file.flush() }
        }
        isOpen = false
        // Some file systems report a failed write only now.
        try path.attempt("cannot be written") { [file] in try file.close() }
        if let replacement { try replacement.temporary.rename(to: replacement.final) }
        isCommitted = true
    }

    deinit {
        // A failure here is harmless: the temporary name marks the file as incomplete.
        do {
            if isOpen { try file.close() }
            if !isCommitted { try replacement?.temporary.removeTree() }
        } catch {}
    }
}

extension FilePath {
    /// Writes a whole file under a temporary name and renames it, so that it is complete or absent.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - isFlushed: As for `OutputFile`.
    public func writeFile(_ bytes: [UInt8], isFlushed: Bool = true) throws(DataError) {
        let file = try OutputFile(self, isFlushed: isFlushed)
        try file.write(bytes)
        try file.commit()
    }

    /// Removes from the folder at the path what killed processes left there: temporary files of `OutputFile` that no
    /// process has open.
    ///
    /// - Parameter name: Only those of the final name `name`; nil for all.
    /// - Throws: `DataError` if the folder cannot be listed, or a file cannot be removed.
    package func removeAbandonedFiles(of name: String? = nil) throws(DataError) {
        let start = name.map { ".\($0)." } ?? "."
        for entry in try entryNames() where entry.hasPrefix(start) && entry.hasSuffix(OutputFile.ending) {
            let unique = entry.dropLast(OutputFile.ending.count).split(separator: ".", omittingEmptySubsequences: false)
            guard UniqueName.endsWithName(unique.last ?? "") else { continue }
            let path = appending(entry)
            let file: FileDescriptor
            do {
                file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
            } catch {
                // Another process removed or renamed it, or it is somebody else's.
                continue
            }
            defer { _ = close(file.rawValue) }
            if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 { try path.removeTree() }
        }
    }

    /// Writes a whole file under its final name: for folders that are themselves renamed when complete.
    ///
    /// This takes a third less time than a temporary name.
    public func writeFileInPlace(_ bytes: [UInt8]) throws(DataError) {
        try attempt("cannot be written") {
            let file = try FileDescriptor.open(
                self, .writeOnly, options: [.create, .truncate],
                permissions: .newFile)
            try file.closeAfter { _ = try file.writeAll(bytes) }
        }
    }
}
