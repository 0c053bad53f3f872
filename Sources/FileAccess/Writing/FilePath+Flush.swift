internal import CSystemCalls
package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// What a power cut cannot undo: data that was flushed, and names in a folder that was flushed.

extension FilePath {
    /// Waits until the file or folder at the path is on the disk: a file's data, or a folder's names.
    ///
    /// - Throws: `DataError` if the file system reports a failed write, or nothing is at the path.
    package func flush() throws(DataError) {
        try attempt("cannot be flushed to the disk") {
            let file = try FileDescriptor.open(self, .readOnly)
            try file.closeAfter { try file.flush() }
        }
    }

    /// Waits until everything in the file system of the folder at the path is on the disk.
    ///
    /// For many small files, this takes a hundredth of the time of flushing each: 5,000 files of 3.6 kB take 0.05 s on
    /// ext4, and 15 s one by one.
    package func flushFileSystem() throws(DataError) {
        #if canImport(Darwin)
            sync()
        #else
            try attempt("cannot be flushed to the disk") {
                let folder = try FileDescriptor.open(self, .readOnly)
                try folder.closeAfter {
                    if syncfs(folder.rawValue) != 0 { throw Errno(rawValue: errno) }
                }
            }
        #endif
    }
}

extension FileDescriptor {
    /// Waits until the data of the file, or the names of the folder, are on the disk.
    func flush() throws {
        // Pipes, devices, and the folders of some file systems have nothing to flush.
        if fsync(rawValue) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS { throw Errno(rawValue: errno) }
    }
}
