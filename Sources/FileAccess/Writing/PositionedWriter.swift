import SystemPackage

/// Writes to a file at any offset, from any number of threads.
package struct PositionedWriter: Sendable {
    let path: FilePath
    let file: FileDescriptor

    /// Writes `bytes` at byte `offset` of the file; gaps between written ranges are zeros.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DataError) {
        _ = try path.attempt("cannot be written") { try unsafe file.writeAll(toAbsoluteOffset: Int64(offset), bytes) }
    }
}
