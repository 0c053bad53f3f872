public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Writes into a file at given places, from any number of threads at once.
public struct PlacedWriter: Sendable {
    let path: FilePath
    let file: FileDescriptor

    /// Writes `bytes` from byte `offset` of the file on; what lies between the places written is zeros.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DataError) {
        _ = try path.attempt("cannot be written") { try file.writeAll(toAbsoluteOffset: Int64(offset), bytes) }
    }
}

/// A file without a name, for what does not fit into memory: it goes away with the object, and with the process.
public final class ScratchFile: Sendable {
    /// Where the file lies, for errors.
    private let path: FilePath
    private let file: FileDescriptor

    /// Makes a file in the folder of `output`, on whose disk there has to be room for it.
    ///
    /// - Throws: `DataError` of `output` if no file can be made in the folder.
    public init(beside output: FilePath) throws(DataError) {
        path = output
        let name = ".\(output.lastComponent?.string ?? "").\(getpid()).scratch"
        let temporary = output.removingLastComponent().appending(name)
        file = try output.attempt("cannot be written") {
            try FileDescriptor.open(
                temporary, .readWrite, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
        }
        // From here on nothing is left behind, whatever ends the process.
        try temporary.removeTree()
    }

    deinit {
        _ = close(file.rawValue)
    }

    /// Writes `bytes` from byte `offset` on.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DataError) {
        try PlacedWriter(path: path, file: file).write(bytes, at: offset)
    }

    /// Fills `bytes` from byte `offset` on.
    public func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(DataError) {
        var filled = 0
        while filled < bytes.count {
            let free = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
            let count = try path.attempt("cannot be written: its temporary file cannot be read") {
                try file.read(fromAbsoluteOffset: Int64(offset + filled), into: free)
            }
            guard count > 0 else { throw DataError(path, "cannot be written: its temporary file was cut off") }
            filled += count
        }
    }
}
