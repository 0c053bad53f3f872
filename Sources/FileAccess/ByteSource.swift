import CZlib
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The bytes of a file from its beginning on, unzipped where it is gzipped, whatever its name says.
///
/// A file counts as gzipped if it begins with all that a gzip header has fixed, 1f 8b 08 and no reserved flag: two bytes
/// are met by chance in binary files.
struct ByteSource: ~Copyable {
    /// The file, as it was given.
    let path: FilePath
    private let handle: Handle

    private enum Handle {
        case plain(FileDescriptor)
        case zlib(gzFile)
    }

    /// Opens the file at `path`.
    ///
    /// - Parameter offset: where to begin, in bytes; 0 for what is gzipped or no regular file.
    /// - Throws: `FileError` if it cannot be opened, or is a folder.
    init(_ path: FilePath, from offset: Int) throws(FileError) {
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
                if try !file.readBytes(at: 0, count: 4).isGzipHeader {
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
    var isCompressed: Bool {
        switch handle {
        case .plain: false
        case .zlib(let file): gzdirect(file) == 0
        }
    }

    /// Reads the next bytes, and gives how many: `buffer` is filled as far as one call goes, with nothing at the end.
    ///
    /// - Parameter offset: how many bytes were read before, for the error.
    /// - Throws: `FileError` if the file cannot be read, or is damaged (gzip).
    mutating func read(into buffer: UnsafeMutableRawBufferPointer, after offset: Int) throws(FileError) -> Int {
        let problem = "cannot be read after byte"
        switch handle {
        case .plain(let file):
            do {
                return try file.read(into: buffer)
            } catch {
                throw FileError(path, "\(problem) \(offset): \(error)")
            }
        case .zlib(let file):
            let count = gzread(file, buffer.baseAddress, UInt32(min(buffer.count, 1 << 30)))
            var status: Int32 = Z_OK
            // zlib puts a name in front of its words.
            let message = gzerror(file, &status).map { String(cString: $0) } ?? ""
            guard count >= 0, status == Z_OK || status == Z_STREAM_END else {
                let words = message.split(separator: ": ").last ?? "no reason given"
                let cause = status == Z_ERRNO ? "\(Errno(rawValue: errno))" : "damaged gzip data (\(words))"
                throw FileError(path, "\(problem) \(offset): \(cause)", isDamage: status != Z_ERRNO)
            }
            return Int(count)
        }
    }
}

extension [UInt8] {
    /// Whether a gzip file begins so: its mark, deflate, and none of the flags that no one has defined.
    fileprivate var isGzipHeader: Bool {
        count >= 4 && self[0] == 0x1F && self[1] == 0x8B && self[2] == 8 && self[3] & 0xE0 == 0
    }
}
