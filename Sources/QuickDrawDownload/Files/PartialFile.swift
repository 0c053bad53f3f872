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
    private let isRemoved = Atomic(false)

    /// Opens or creates the partial file, and removes those of other versions.
    ///
    /// - Parameters:
    ///   - limit: The number of requested bytes; a longer partial file is restarted.
    /// - Throws: `DataError` if it cannot be written, or another process is writing it.
    init(_ path: FilePath, md5: MD5.Digest, limit: Int) throws(DataError) {
        let folder = path.removingLastComponent()
        let name = ".\(path.lastComponent?.string ?? "")."
        let temporary = folder.appending("\(name)\(md5).part")
        for entry in try folder.entryNames() where Self.isPart(entry, of: name) {
            if entry != temporary.lastComponent?.string { try Self.removeUnlessLocked(folder.appending(entry)) }
        }
        let (file, found) = try Self.open(temporary)
        self.path = path
        self.temporary = temporary
        self.file = file
        size = Mutex(found)
        if found > limit { try restart() }
    }

    /// Whether a name is that of a partial file: `.cat.ndjson.`, an MD5, and `.part`.
    private static func isPart(_ entry: String, of name: String) -> Bool {
        guard entry.hasPrefix(name), entry.hasSuffix(".part") else { return false }
        let digest = entry.utf8.dropFirst(name.utf8.count).dropLast(5)
        return digest.count == 32 && digest.allSatisfy { Array("0123456789abcdef".utf8).contains($0) }
    }

    /// Removes a partial file of another version, unless another process is writing it.
    private static func removeUnlessLocked(_ path: FilePath) throws(DataError) {
        guard let (file, _) = try open(path, creating: false) else { return }
        defer { _ = close(file.rawValue) }
        try path.removeTree()
    }

    /// Opens or creates a file, locks it while it is open, and returns it with its size.
    ///
    /// This happens before the object exists, whose `deinit` would remove an empty file of another process. The name is
    /// predictable, so that a download can be resumed; a link, or a second name of another file, is therefore an error.
    private static func open(_ path: FilePath) throws(DataError) -> (FileDescriptor, size: Int) {
        while true {
            if let opened = try open(path, creating: true) { return opened }
        }
    }

    /// - Returns: Nil if another process has just renamed or removed the file, or it need not be created and cannot be
    ///   opened or is locked.
    private static func open(_ path: FilePath, creating: Bool) throws(DataError) -> (FileDescriptor, size: Int)? {
        let options: FileDescriptor.OpenOptions = [.noFollow, .nonBlocking, .closeOnExec]
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                path, .writeOnly, options: creating ? options.union(.create) : options,
                permissions: .newFile)
        } catch {
            guard creating else { return nil }
            if error as? Errno == .tooManySymbolicLinkLevels {
                throw DataError(path, "is a link; expected a file, or nothing")
            }
            throw DataError(path, "cannot be written: \(error)")
        }
        do throws(DataError) {
            guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
                guard creating else {
                    _ = close(file.rawValue)
                    return nil
                }
                throw DataError(path, "is being written by another process")
            }
            let opened = try path.attempt("cannot be examined") { try Stat(file) }
            guard opened.type == .regular, opened.linkCount <= 1 else {
                throw DataError(path, "is not a file of its own; expected one, or nothing")
            }
            // Another process may have completed and renamed it between opening and locking.
            guard opened.linkCount == 1, try path.isSameFile(as: opened) else {
                _ = close(file.rawValue)
                return nil
            }
            return (file, Int(opened.size))
        } catch {
            _ = close(file.rawValue)
            throw error
        }
    }

    deinit {
        // A failure here is harmless: the next download resumes or overwrites the file.
        do {
            try removeIfEmpty()
            try file.close()
        } catch {}
    }

    /// Removes the file if it has no bytes.
    ///
    /// A download that failed does so before its error is reported: the program may end before the last reference to the
    /// file does.
    func removeIfEmpty() throws(DataError) {
        // Once removed, the name may belong to another process.
        guard count == 0, !isRemoved.exchange(true, ordering: .relaxed) else { return }
        try remove()
    }

    /// The number of received bytes.
    var count: Int { size.withLock { $0 } }

    /// The MD5 of the received bytes, read from the disk: appending must be fast, see `HTTPConnection`.
    func md5() throws(DataError) -> MD5.Digest { try temporary.md5() }

    /// Appends bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
        let end = count
        try temporary.attempt("cannot be written") {
            _ = try unsafe file.writeAll(toAbsoluteOffset: Int64(end), bytes)
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

extension FilePath {
    /// Whether the path names an open file.
    fileprivate func isSameFile(as opened: Stat) throws(DataError) -> Bool {
        do {
            let named = try Stat(self, followTargetSymlink: false)
            return named.rawValue.st_dev == opened.rawValue.st_dev && named.rawValue.st_ino == opened.rawValue.st_ino
        } catch Errno.noSuchFileOrDirectory {
            return false
        } catch {
            throw DataError(self, "cannot be examined: \(error)")
        }
    }
}
