import FileAccess
import Synchronization
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that is being downloaded under a temporary name, and resumed after an interruption.
///
/// The temporary name contains the MD5 of the whole file, `.cat.ndjson.<md5>.part`, so that a part of another version
/// is never resumed. While it is open, it is locked against other processes.
final class PartialFile: Sendable {
    /// The final name.
    let path: FilePath
    private let temporary: FilePath
    private let file: FileDescriptor
    private let size: Mutex<Int>

    /// Opens or creates the partial file, and removes those of other versions.
    ///
    /// - Parameters:
    ///   - limit: The number of requested bytes; a longer partial file is restarted.
    /// - Throws: `DataError` if it cannot be written, or another process is writing it.
    init(_ path: FilePath, md5: MD5.Digest, limit: Int) throws(DataError) {
        let folder = path.removingLastComponent()
        let name = ".\(path.lastComponent?.string ?? "")."
        let temporary = folder.appending("\(name)\(md5).part")
        for entry in try folder.entryNames() where entry.hasPrefix(name) && entry.hasSuffix(".part") {
            if entry != temporary.lastComponent?.string { try folder.appending(entry).removeTree() }
        }
        let (file, found) = try Self.open(temporary)
        self.path = path
        self.temporary = temporary
        self.file = file
        size = Mutex(found)
        if found > limit { try restart() }
    }

    /// Opens or creates a file, locks it while it is open, and returns it with its size.
    ///
    /// This happens before the object exists, whose `deinit` would remove an empty file of another process.
    private static func open(_ path: FilePath) throws(DataError) -> (FileDescriptor, size: Int) {
        let file = try path.attempt("cannot be written") {
            try FileDescriptor.open(
                path, .writeOnly, options: [.create], permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
        }
        do throws(DataError) {
            guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
                throw DataError(path, "is being written by another process")
            }
            return (file, try path.fileSize())
        } catch {
            try path.attempt("cannot be closed") { try file.close() }
            throw error
        }
    }

    deinit {
        // A failure here is harmless: the next download resumes or overwrites the file.
        do {
            if count == 0 { try remove() }
            try file.close()
        } catch {}
    }

    /// The number of received bytes.
    var count: Int { size.withLock { $0 } }

    /// The MD5 of the received bytes, read from the disk: appending must be fast, see `HTTPConnection`.
    func md5() throws(DataError) -> MD5.Digest { try temporary.md5() }

    /// Appends bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
        let end = count
        try temporary.attempt("cannot be written") {
            _ = try file.writeAll(toAbsoluteOffset: Int64(end), bytes)
        }
        size.withLock { $0 += bytes.count }
    }

    /// Drops all received bytes.
    func restart() throws(DataError) {
        try truncate(to: 0)
    }

    /// Calls `body` with the received bytes, at most 1 MiB at a time.
    func forEachChunk(_ body: ([UInt8]) -> Void) throws(DataError) { try temporary.forEachChunk(body) }

    /// Drops all but the first `count` bytes.
    func truncate(to count: Int) throws(DataError) {
        try temporary.attempt("cannot be truncated") { try file.resize(to: Int64(count)) }
        size.withLock { $0 = count }
    }

    /// Renames the file to its final name, replacing an existing file.
    func commit() throws(DataError) {
        try temporary.rename(to: path)
    }

    /// Removes the partial file.
    func remove() throws(DataError) {
        try temporary.removeTree()
    }
}
