import FileAccess
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
    private let file: FileDescriptor
    private var inflater: GzipInflater?
    /// Whether it is not known yet if the file is gzipped, as what a pipe begins with cannot be looked at twice.
    private var isUntold: Bool

    /// Opens the file at `path`.
    ///
    /// - Parameter offset: where to begin, in bytes; 0 for what is gzipped or no regular file.
    /// - Throws: `DataError` if it cannot be opened, or is a folder.
    init(_ path: FilePath, from offset: Int) throws(DataError) {
        let kind = try path.kind()
        guard kind != .folder else { throw DataError(path, "is a folder; expected a file") }
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        do {
            inflater = try kind == .file ? Self.inflater(of: file, from: offset) : nil
        } catch {
            _ = close(file.rawValue)
            throw DataError(path, "cannot be opened: \(error.cause)")
        }
        self.path = path
        self.file = file
        isUntold = kind != .file
    }

    /// What unzips a regular file that is gzipped; of others, goes to where reading begins.
    private static func inflater(
        of file: FileDescriptor, from offset: Int
    ) throws(GzipInflater.Failure) -> GzipInflater? {
        do {
            guard try !file.readBytes(at: 0, count: headerLength).isGzipHeader else { return try GzipInflater() }
            if offset > 0 { try file.seek(offset: Int64(offset), from: .start) }
        } catch let failure as GzipInflater.Failure {
            throw failure
        } catch {
            // The first read will say what is wrong.
        }
        return nil
    }

    private static let headerLength = 4

    deinit {
        _ = close(file.rawValue)
    }

    /// Whether the file is gzipped; of a pipe it is known once something was read.
    var isCompressed: Bool { inflater != nil }

    /// Reads the next bytes, and gives how many: `buffer` is filled as far as one call goes, with nothing at the end.
    ///
    /// - Parameter offset: how many bytes were read before, for the error.
    /// - Throws: `DataError` if the file cannot be read, or is damaged (gzip); what comes before that is read first.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer, after offset: Int) throws(DataError) -> Int {
        let problem = "cannot be read after byte"
        do {
            if isUntold, let count = try begin(into: buffer) { return count }
            return try inflater?.read(into: buffer, from: file) ?? file.read(into: buffer)
        } catch let failure as GzipInflater.Failure {
            let cause = failure.isCorruption ? "corrupt gzip data (\(failure.cause))" : failure.cause
            throw DataError(path, "\(problem) \(offset): \(cause)", kind: failure.isCorruption ? .corrupt : .unusable)
        } catch {
            throw DataError(path, "\(problem) \(offset): \(error)")
        }
    }

    /// Reads as much as tells whether the file is gzipped; gives how much, if it is not.
    private mutating func begin(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
        var count = 0
        while count < min(Self.headerLength, buffer.count) {
            // No more than the inflater takes over.
            let end = min(buffer.count, GzipInflater.inputLength)
            let added = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count..<end]))
            if added == 0 { break }
            count += added
        }
        isUntold = false
        let beginning = UnsafeRawBufferPointer(rebasing: buffer[..<min(count, Self.headerLength)])
        guard Array(beginning).isGzipHeader else { return count }
        inflater = try GzipInflater(beginning: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return nil
    }
}

extension [UInt8] {
    /// Whether a gzip file begins so: its mark, deflate, and none of the flags that no one has defined.
    fileprivate var isGzipHeader: Bool {
        count >= 4 && self[0] == 0x1F && self[1] == 0x8B && self[2] == 8 && self[3] & 0xE0 == 0
    }
}
