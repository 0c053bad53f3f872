package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An unnamed temporary file for data that does not fit into memory; it disappears with the object or the process.
package final class ScratchFile: Sendable {
    /// The output that the file is for, as the location of errors.
    private let path: FilePath
    private let file: FileDescriptor

    /// Creates a file in the folder of `output`, whose disk needs room for it.
    ///
    /// - Throws: `DataError` of `output` if no file can be created in the folder.
    package init(beside output: FilePath) throws(DataError) {
        path = output
        // If the process is killed before the file is unnamed, `removeAbandonedFiles` removes it.
        let name = ".\(output.lastComponent?.string ?? "").\(UniqueName.make())\(OutputFile.ending)"
        let temporary = output.removingLastComponent().appending(name)
        file = try output.attempt("cannot be written") {
            try FileDescriptor.open(
                temporary, .readWrite, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                permissions: .ownerReadWrite)
        }
        // From here on the file disappears even if the process is killed.
        try temporary.removeTree()
    }

    deinit {
        _ = close(file.rawValue)
    }

    /// Writes `bytes` at byte `offset`.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DataError) {
        try unsafe PositionedWriter(path: path, file: file).write(bytes, at: offset)
    }

    /// Fills `bytes` from byte `offset`.
    package func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(DataError) {
        var filled = 0
        while filled < bytes.count {
            let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
            let count = try path.attempt("cannot be written: its temporary file cannot be read") {
                try unsafe file.read(fromAbsoluteOffset: Int64(offset + filled), into: free)
            }
            guard count > 0 else { throw DataError(path, "cannot be written: its temporary file was truncated") }
            filled += count
        }
    }
}
