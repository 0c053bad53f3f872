public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where the bytes written to a path go, after following links.
public enum OutputDestination: Hashable, Sendable {
    /// A regular file that exists or is yet to be created, without links.
    case file(FilePath)
    /// A pipe or a device, which is opened and written to.
    case stream(FilePath)
    /// An open file of this process: `/dev/stdout`.
    case descriptor(Int32)

    /// Whether an existing regular file, if any, is replaced; otherwise the bytes go into what exists.
    public var isReplaceable: Bool { if case .file = self { true } else { false } }
}

extension FilePath {
    /// Where the bytes written to the path go, after following links, also a link to a file that does not exist yet.
    ///
    /// - Throws: `DataError` if a link cannot be read, or leads to itself.
    public func outputDestination() throws(DataError) -> OutputDestination {
        var path = self
        // As many links as Linux follows.
        for _ in 0..<40 {
            guard let target = try path.linkTarget() else {
                return try path.kind() == .other ? .stream(path) : .file(path)
            }
            let folder = path.removingLastComponent()
            if let descriptor = path.descriptor { return .descriptor(descriptor) }
            // Another process's open file: its link need not be a path.
            if folder.isDescriptorFolder { return .stream(path) }
            path = target.isAbsolute ? target : folder.pushing(target)
        }
        throw DataError(self, "cannot be written: \(Errno.tooManySymbolicLinkLevels)")
    }

    /// What a symbolic link says; nil if the path is not a link or does not exist.
    private func linkTarget() throws(DataError) -> FilePath? {
        var bytes = [CChar](repeating: 0, count: 4097)
        let count = unsafe withPlatformString { unsafe readlink($0, &bytes, bytes.count - 1) }
        if count >= 0 { return FilePath(platformString: bytes) }
        let error = Errno(rawValue: errno)
        guard error == .invalidArgument || error == .noSuchFileOrDirectory || error == .notDirectory else {
            throw DataError(self, "cannot be examined: \(error)")
        }
        return nil
    }

    /// The file descriptor that the path names: 1 for `/proc/self/fd/1`; nil if it names none of this process.
    private var descriptor: Int32? {
        guard let name = lastComponent?.string, let number = Int32(name), number >= 0 else { return nil }
        let folder = removingLastComponent().realPath
        return folder == FilePath("/proc/\(getpid())/fd") || folder == "/dev/fd" ? number : nil
    }

    /// Whether the path is a folder with the open files of a process.
    private var isDescriptorFolder: Bool {
        guard let folder = realPath else { return false }
        return folder.starts(with: "/proc") && folder.lastComponent == "fd"
    }

    /// The path without links and `..`; nil if it does not exist.
    private var realPath: FilePath? {
        do {
            return try resolved()
        } catch {
            return nil
        }
    }
}
