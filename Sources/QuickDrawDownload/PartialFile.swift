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

/// A file on its way: what has come of it lies under a temporary name, and is gone on with after an interruption.
///
/// The temporary name holds the MD5 that the whole file is to have: `.cat.ndjson.<md5>.part`. So the beginning of another
/// version is never gone on with. While it is open, no other process takes it.
final class PartialFile: Sendable {
    /// The name when it is complete.
    let path: FilePath
    private let temporary: FilePath
    private let file: FileDescriptor
    private let size: Mutex<Int>

    /// Opens what has come already, or nothing; beginnings of other versions are removed.
    ///
    /// - Parameters:
    ///   - limit: how many bytes are wanted; if there are more, none of them is kept.
    /// - Throws: `DataError` if it cannot be written, or another process is at it.
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

    /// Opens a file, or makes it, and locks it for as long as it is open; with its size.
    ///
    /// This comes before there is an object, whose end would remove an empty file, though it be another process's.
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
        // Nothing can be done about a failure here; what is left is gone on with or written over the next time.
        do {
            if count == 0 { try remove() }
            try file.close()
        } catch {}
    }

    /// How many bytes have come.
    var count: Int { size.withLock { $0 } }

    /// The MD5 of what has come, read from the disk: adding bytes has to be quick, see `HTTPConnection`.
    func md5() throws(DataError) -> MD5.Digest { try temporary.md5() }

    /// Adds bytes at the end.
    func append(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
        let end = count
        try temporary.attempt("cannot be written") {
            _ = try file.writeAll(toAbsoluteOffset: Int64(end), bytes)
        }
        size.withLock { $0 += bytes.count }
    }

    /// Drops all that has come.
    func restart() throws(DataError) {
        try cut(to: 0)
    }

    /// Hands what has come to `body`, from the start, at most 1 MiB at a time.
    func forEachPart(_ body: ([UInt8]) -> Void) throws(DataError) { try temporary.forEachPart(body) }

    /// Cuts off what lies behind the first `count` bytes.
    func cut(to count: Int) throws(DataError) {
        try temporary.attempt("cannot be cut off") { try file.resize(to: Int64(count)) }
        size.withLock { $0 = count }
    }

    /// Gives the file its final name, replacing what stands there.
    func commit() throws(DataError) {
        try temporary.rename(to: path)
    }

    /// Removes what has come.
    func remove() throws(DataError) {
        try temporary.removeTree()
    }
}
