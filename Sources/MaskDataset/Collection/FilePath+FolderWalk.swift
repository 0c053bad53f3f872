import FileAccess
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FilePath {
    /// Everything but folders below the folder at the path, as paths relative to it, in the order of a sorted walk, and
    /// whether it is a regular file.
    ///
    /// Names that begin with a dot are skipped. Links are followed, except to a folder that contains the link.
    func entriesBelow() throws(DataError) -> [(path: FilePath, isFile: Bool)] {
        var found: [(path: FilePath, isFile: Bool)] = []
        try collectEntries(below: FilePath(), ancestors: [], into: &found)
        return found
    }

    private func collectEntries(
        below relative: FilePath, ancestors: Set<FileIdentity>, into found: inout [(path: FilePath, isFile: Bool)]
    ) throws(DataError) {
        let folder = pushing(relative)
        let names = try folder.entryNames()
        guard let identity = try folder.identity(), !ancestors.contains(identity) else { return }
        for name in names where !name.hasPrefix(".") {
            let entry = relative.appending(name)
            switch try pushing(entry).kind() {
            case .folder: try collectEntries(below: entry, ancestors: ancestors.union([identity]), into: &found)
            case .file: found.append((entry, true))
            case .other, nil: found.append((entry, false))
            }
        }
    }

    /// Why the path, which is an entry of a folder, is not a regular file.
    func problemOfNoFile() throws(DataError) -> String {
        if try kind() != nil { return "is not a regular file; expected a mask" }
        do {
            _ = try Stat(self, followTargetSymlink: false)
            return "is a link to nothing; expected a mask"
        } catch {
            // The listing replaces invalid bytes in names, which therefore lead nowhere.
            return "has a name that is not UTF-8; expected a name in UTF-8"
        }
    }

    /// The contents of the file at the path, or of a pipe that something is written to.
    ///
    /// - Parameter limit: The largest accepted size, in bytes.
    /// - Throws: `DataError` also for a device, and for a pipe that nothing is written to for some seconds.
    func readMask(limit: Int) throws(DataError) -> [UInt8] {
        guard try kind() == .other else { return try readFile(limit: limit) }
        let status = try attempt("cannot be examined") { try Stat(self) }
        guard status.type == .fifo else { throw DataError(self, "is not a regular file; expected a mask") }
        // Opening a pipe that has no writer would otherwise wait forever.
        let file = try attempt("cannot be opened") { try FileDescriptor.open(self, .readOnly, options: .nonBlocking) }
        defer { _ = close(file.rawValue) }
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            var request = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
            let count = unsafe poll(&request, 1, 1000 * Self.writerPatience)
            // A writer that has begun may take its time.
            guard count != 0 || !bytes.isEmpty else {
                throw DataError(
                    self, "is a pipe that nothing was written to in \(Self.writerPatience) s; expected a mask")
            }
            if count <= 0 { continue }
            let chunk = try attempt("cannot be read") {
                try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
                    unsafe filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
            }
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
        throw DataError(self, "has more than \(limit) bytes; expected at most \(limit)")
    }

    /// The time for which a pipe may have no writer, in seconds.
    private static var writerPatience: Int32 { 5 }
}
