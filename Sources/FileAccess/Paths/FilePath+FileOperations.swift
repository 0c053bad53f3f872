public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// The kind of file at the path; nil if there is none.
    public func kind() throws(DataError) -> FileKind? {
        do {
            switch try Stat(self).type {
            case .regular: return .file
            case .directory: return .folder
            default: return .other
            }
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            return nil
        } catch {
            throw DataError(self, "cannot be examined: \(error)")
        }
    }

    /// The size of the file at the path, in bytes.
    public func fileSize() throws(DataError) -> Int {
        Int(try attempt("cannot be examined") { try Stat(self).size })
    }

    /// The names in the folder at the path, without `.` and `..`, sorted by their bytes.
    public func entryNames() throws(DataError) -> [String] {
        var names: [String] = []
        unsafe try forEachEntry { unsafe names.append(String(cString: $0)) }
        return names.sorted { first, second in
            unsafe first.withCString { first in unsafe second.withCString { unsafe strcmp(first, $0) < 0 } }
        }
    }

    /// The names in the folder at the path, without `.` and `..`, sorted by their bytes, which need not be UTF-8.
    package func entries() throws(DataError) -> [FilePath.Component] {
        var names: [FilePath.Component] = []
        unsafe try forEachEntry { name in
            if let name = unsafe FilePath.Component(platformString: name) { names.append(name) }
        }
        return names.sorted { first, second in
            unsafe first.withPlatformString { first in unsafe second.withPlatformString { unsafe strcmp(first, $0) < 0 }
            }
        }
    }

    /// The number of names that `entryNames` returns, without building the list.
    public func entryCount() throws(DataError) -> Int {
        var count = 0
        unsafe try forEachEntry { _ in count += 1 }
        return count
    }

    /// Calls `body` with each name but `.` and `..`, which ends with a zero.
    private func forEachEntry(_ body: (UnsafePointer<CChar>) -> Void) throws(DataError) {
        guard let folder = unsafe withPlatformString({ unsafe opendir($0) }) else {
            throw DataError(self, "cannot be listed: \(Errno(rawValue: errno))")
        }
        defer { unsafe closedir(folder) }
        errno = 0
        while let entry = unsafe readdir(folder) {
            unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
                    if unsafe strcmp($0, ".") != 0, unsafe strcmp($0, "..") != 0 { unsafe body($0) }
                }
            }
            errno = 0
        }
        guard errno == 0 else { throw DataError(self, "cannot be listed: \(Errno(rawValue: errno))") }
    }

    /// All files below the folder at the path, as paths relative to it, in the order of a sorted walk.
    ///
    /// Names that begin with a dot are skipped. Links are followed, except to a folder that contains the link.
    /// - Parameter isRequired: Whether a pipe, socket, or device, or a link to nothing, which has no kind, is an error;
    ///   by default, they are skipped.
    public func filesBelow(
        isRequired: (FilePath, FileKind?) -> Bool = { _, _ in false }
    ) throws(DataError) -> [FilePath] {
        var found: [FilePath] = []
        try collectFiles(below: FilePath(), ancestors: [], isRequired, into: &found)
        return found
    }

    private func collectFiles(
        below relative: FilePath, ancestors: [FileIdentity], _ isRequired: (FilePath, FileKind?) -> Bool,
        into found: inout [FilePath]
    ) throws(DataError) {
        let folder = pushing(relative)
        let status = try folder.attempt("cannot be examined") { try Stat(folder) }
        let identity = FileIdentity(status)
        if ancestors.contains(identity) { return }
        for name in try folder.entries() where !name.isHidden {
            let entry = relative.appending(name)
            let path = pushing(entry)
            switch try path.kind() {
            case .folder: try collectFiles(below: entry, ancestors: ancestors + [identity], isRequired, into: &found)
            case .file: found.append(entry)
            case .other:
                if isRequired(entry, .other) {
                    throw DataError(path, "is a pipe, a socket, or a device; expected a file")
                }
            case nil:
                if isRequired(entry, nil) {
                    throw DataError(path, "is a link to nothing; expected a file")
                }
            }
        }
    }

    /// Creates the folder at the path, and missing folders above it.
    public func makeFolders() throws(DataError) {
        if try kind() == .folder { return }
        let above = removingLastComponent()
        if !above.isEmpty, above != self { try above.makeFolders() }
        let failure = unsafe withPlatformString { unsafe mkdir($0, 0o777) } == 0 ? 0 : errno
        // Another process may have created it in the meantime.
        if failure != 0, try kind() != .folder {
            throw DataError(self, "cannot be created: \(Errno(rawValue: failure))")
        }
    }

    /// Renames the file or folder atomically, within its file system; an existing file at `target` is replaced.
    public func rename(to target: FilePath) throws(DataError) {
        try attempt("cannot be renamed to \(target)") {
            unsafe withPlatformString { old in
                unsafe target.withPlatformString { new in
                    #if canImport(Darwin)
                        Darwin.rename(old, new)
                    #elseif canImport(Musl)
                        Musl.rename(old, new)
                    #else
                        unsafe Glibc.rename(old, new)
                    #endif
                }
            }
        }
    }

    /// Removes the file or folder with its contents, if it exists; links are removed, not followed.
    public func removeTree() throws(DataError) {
        if unsafe withPlatformString({ unsafe unlink($0) }) == 0 || errno == ENOENT { return }
        // For a folder, Linux returns EISDIR and macOS EPERM.
        guard errno == EISDIR || errno == EPERM else {
            throw DataError(self, "cannot be removed: \(Errno(rawValue: errno))")
        }
        do throws(DataError) {
            for name in try entryNames() { try appending(name).removeTree() }
            try attempt("cannot be removed") { unsafe withPlatformString { unsafe rmdir($0) } }
        } catch {
            // Another process may have removed it at the same time.
            guard try kind() == nil else { throw error }
        }
    }

    /// The contents of the file at the path, or all output of a pipe.
    ///
    /// - Parameter limit: The largest accepted size, in bytes; a larger file is an error.
    public func readFile(limit: Int = 1 << 32) throws(DataError) -> [UInt8] {
        let size: Int
        let bytes: [UInt8]
        switch try kind() {
        case .folder: throw DataError(self, "is a folder; expected a file")
        case nil: throw DataError(self, "cannot be opened: \(Errno.noSuchFileOrDirectory)")
        case .file:
            size = try fileSize()
            bytes = size <= limit ? try readBytes(at: 0, count: size) : []
        case .other:
            bytes = try readStream(limit: limit)
            size = bytes.count
        }
        guard size <= limit else { throw DataError(self, "has \(size) bytes; expected at most \(limit)") }
        return bytes
    }

    /// The output of a pipe or a device, up to its end or until it exceeds `limit` bytes.
    private func readStream(limit: Int) throws(DataError) -> [UInt8] {
        let (file, _, beginning) = try openStream()
        return try attempt("cannot be read") {
            try file.closeAfter {
                var bytes = beginning
                var chunk = [UInt8](repeating: 0, count: 1 << 16)
                while bytes.count <= limit {
                    let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
                    if count == 0 { break }
                    bytes += chunk[..<count]
                }
                return bytes
            }
        }
    }

    /// Up to `count` bytes of the file at the path, starting at `offset`; fewer at the end of the file.
    public func readBytes(at offset: Int, count: Int) throws(DataError) -> [UInt8] {
        let file = try attempt("cannot be opened") { try FileDescriptor.open(self, .readOnly) }
        return try attempt("cannot be read") {
            try file.closeAfter { try file.readBytes(at: offset, count: count) }
        }
    }
}

extension FileDescriptor {
    /// Up to `count` bytes starting at `offset`; fewer at the end of the file.
    package func readBytes(at offset: Int, count: Int) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            while filled < count {
                let step = try unsafe read(
                    fromAbsoluteOffset: Int64(offset + filled),
                    into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
                if step == 0 { break }
                filled += step
            }
        }
    }
}

extension FilePath {
    /// Renames the file or folder as `rename` does; returns false if there is none at the path.
    package func renameIfPresent(to target: FilePath) throws(DataError) -> Bool {
        do throws(DataError) {
            try rename(to: target)
            return true
        } catch {
            if try status() == nil { return false }
            throw error
        }
    }

    /// Renames the file as `rename` does; a folder at `target`, where only a file can be right, is removed with all that is
    /// in it.
    package func renameReplacingFolder(at target: FilePath) throws(DataError) {
        do throws(DataError) {
            try rename(to: target)
        } catch {
            guard try target.status()?.kind == .folder, try status() != nil else { throw error }
            try target.removeTree()
            try rename(to: target)
        }
    }

    /// The path from the root, without links and `..`.
    ///
    /// - Throws: `DataError` if nothing is at the path, or it cannot be reached.
    package func resolved() throws(DataError) -> FilePath {
        guard let real = unsafe withPlatformString({ unsafe realpath($0, nil) }) else {
            throw DataError(self, "cannot be resolved: \(Errno(rawValue: errno))")
        }
        defer { unsafe free(real) }
        return unsafe FilePath(platformString: real)
    }
}

extension FilePath.Component {
    /// Whether the name begins with a dot.
    fileprivate var isHidden: Bool {
        unsafe withPlatformString { unsafe $0.pointee == CChar(bitPattern: UInt8(ascii: ".")) }
    }
}
