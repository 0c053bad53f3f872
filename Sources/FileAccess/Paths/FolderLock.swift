package import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The only right to change the contents of a folder, for as long as this value exists.
///
/// The lock is the kernel's (`flock`) on a file in the folder, so it ends with its process, however that ends. The file
/// names the holder, for messages. On a mount where locks of lost clients expire, another process may have taken over:
/// `check` detects that.
package struct FolderLock: ~Copyable {
    private let path: FilePath
    private let file: FileDescriptor

    /// The name of the lock's file.
    package static let name = ".qd-imd-lock"

    /// Takes the lock of an existing folder.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - purpose: What the holder does: `exporting`.
    /// - Throws: `DataError` of the kind `unavailable` if another process holds it, otherwise `unusable`.
    package init(of folder: FilePath, for purpose: String) throws(DataError) {
        let path = folder.appending(Self.name)
        while true {
            let file = try path.attempt("cannot be locked") {
                try FileDescriptor.open(
                    path, .readWrite, options: [.create, .noFollow, .closeOnExec],
                    permissions: .newFile)
            }
            do throws(DataError) {
                try Self.lock(file, at: path, of: folder)
                // The previous holder may have removed this file between the two calls.
                if try Self.isFile(file, at: path) {
                    self.path = path
                    self.file = file
                    break
                }
            } catch {
                _ = close(file.rawValue)
                throw error
            }
            _ = close(file.rawValue)
        }
        // Only for messages: a failure is harmless.
        do {
            try file.resize(to: 0)
            try file.writeAll(toAbsoluteOffset: 0, "\(purpose) on \(UniqueName.host), process \(getpid())\n".utf8)
        } catch {}
    }

    private static func lock(_ file: FileDescriptor, at path: FilePath, of folder: FilePath) throws(DataError) {
        var attempt = 0
        while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
            let error = Errno(rawValue: errno)
            if error == .interrupted { continue }
            if error == .wouldBlock {
                attempt += 1
                let holder = try holder(of: file, at: path)
                // The holder writes its name after it has the lock, and removes the file before it releases it.
                if holder == nil, attempt < attemptLimit {
                    usleep(attemptInterval)
                    continue
                }
                throw DataError(
                    folder, "another process is using this folder\(holder ?? ""); try again when it has finished",
                    kind: .unavailable)
            }
            throw DataError(path, "cannot be locked: \(error); expected a file system with locks")
        }
    }

    /// The number of times, and the interval in μs, that a name of the holder is waited for.
    private static let attemptLimit = 50
    private static let attemptInterval: UInt32 = 10_000

    /// The part of a message that names the process that holds the lock; nil if it has not written its name.
    private static func holder(of file: FileDescriptor, at path: FilePath) throws(DataError) -> String? {
        // The open file, because the holder may have removed it from the folder meanwhile.
        let bytes = try path.attempt("cannot be read") { try file.readBytes(at: 0, count: 200) }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "\n").first.map { ": \($0)" }
    }

    /// Whether `path` still names the open file.
    private static func isFile(_ file: FileDescriptor, at path: FilePath) throws(DataError) -> Bool {
        let opened = try path.attempt("cannot be examined") { try Stat(file) }
        do {
            return FileIdentity(opened) == FileIdentity(try Stat(path, followTargetSymlink: false))
        } catch {
            return false
        }
    }

    /// Checks that no other process has taken over, before a step that makes something final.
    ///
    /// - Throws: `DataError` of the kind `unavailable` if one has.
    package borrowing func check() throws(DataError) {
        guard try Self.isFile(file, at: path) else {
            throw DataError(
                path.removingLastComponent(), "another process has taken over this folder while this one was stopped",
                kind: .unavailable)
        }
    }

    /// Removes the lock's file, while it is still locked, so that a finished folder contains no trace of it.
    deinit {
        do {
            if try Self.isFile(file, at: path) { try path.removeTree() }
        } catch {}
        _ = close(file.rawValue)
    }
}
