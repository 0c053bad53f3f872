import CZlib
public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The bytes of a file from its beginning on, unzipped where it is gzipped, whatever its name says.
public struct ByteSource: ~Copyable {
    /// The file, as it was given.
    public let path: FilePath
    private let handle: Handle

    private enum Handle {
        case plain(FileDescriptor)
        case zlib(gzFile)
    }

    /// Opens the file at `path`.
    ///
    /// - Parameter offset: where to begin, in bytes; 0 for what is gzipped or no regular file.
    /// - Throws: `FileError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath, from offset: Int = 0) throws(FileError) {
        let kind = try path.kind()
        guard kind != .folder else { throw FileError(path, "is a folder; wanted a file") }
        handle = try Self.open(path, isRegular: kind == .file, from: offset)
        self.path = path
    }

    private static func open(_ path: FilePath, isRegular: Bool, from offset: Int) throws(FileError) -> Handle {
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        // What a pipe begins with cannot be looked at twice: zlib looks itself, and passes on what is not gzipped.
        if isRegular {
            do {
                if try file.readBytes(at: 0, count: 2) != [0x1F, 0x8B] {
                    if offset > 0 { try file.seek(offset: Int64(offset), from: .start) }
                    return .plain(file)
                }
            } catch {
                // The first read will say what is wrong.
                return .plain(file)
            }
        }
        guard let zlibFile = gzdopen(file.rawValue, "rb") else {
            _ = close(file.rawValue)
            throw FileError(path, "cannot be opened: \(Errno.noMemory)")
        }
        gzbuffer(zlibFile, 1 << 18)
        return .zlib(zlibFile)
    }

    deinit {
        switch handle {
        case .plain(let file): _ = close(file.rawValue)
        case .zlib(let file): gzclose(file)
        }
    }

    /// Whether the file is gzipped; of a pipe it is known once something was read.
    public var isCompressed: Bool {
        switch handle {
        case .plain: false
        case .zlib(let file): gzdirect(file) == 0
        }
    }

    /// Reads the next bytes, and gives how many: `buffer` is filled as far as one call goes, with nothing at the end.
    ///
    /// - Parameter place: where in the file that is, for the error: `after line 3`.
    /// - Throws: `FileError` if the file cannot be read, or is damaged (gzip).
    public mutating func read(
        into buffer: UnsafeMutableRawBufferPointer, place: @autoclosure () -> String
    ) throws(FileError) -> Int {
        switch handle {
        case .plain(let file):
            do {
                return try file.read(into: buffer)
            } catch {
                throw FileError(path, "cannot be read \(place()): \(error)")
            }
        case .zlib(let file):
            let count = gzread(file, buffer.baseAddress, UInt32(min(buffer.count, 1 << 30)))
            var status: Int32 = Z_OK
            // zlib puts a name of its own in front of its words.
            let message = gzerror(file, &status).map { String(cString: $0) } ?? ""
            guard count >= 0, status == Z_OK || status == Z_STREAM_END else {
                let words = message.split(separator: ": ", maxSplits: 1).last ?? "no reason given"
                let problem = status == Z_ERRNO ? "\(Errno(rawValue: errno))" : "damaged gzip data (\(words))"
                throw FileError(path, "cannot be read \(place()): \(problem)")
            }
            return Int(count)
        }
    }
}
