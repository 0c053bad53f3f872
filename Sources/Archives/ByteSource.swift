import FileAccess
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The bytes of a file, decompressed if it is gzipped, or of a member of a zip archive.
///
/// A file is gzipped if it begins with all constant bits of a gzip header: 1f 8b 08 and no reserved flag. Two bytes
/// alone also occur in binary files.
///
/// A class, as moving what it contains would cost more than a reader does with most lines.
final class ByteSource {
    /// The file; for a member of an archive, its path followed by the member's.
    let path: FilePath
    /// The file that is open.
    private let container: FilePath
    private let file: FileDescriptor
    /// The stamp of the file when it was opened; nil if it is not a regular file.
    let stamp: FileStamp?
    private var inflater: GzipInflater?
    private var member: ZipMemberStream?
    /// The bytes of a pipe that were read when it was opened: none or one.
    private let beginning: [UInt8]
    /// Whether it is unknown if the file is gzipped: the first bytes of a pipe can be read only once.
    private var isUndetected: Bool

    /// Opens the file at `path`.
    ///
    /// - Parameter offset: The first byte to read; must be 0 if the file is gzipped or not a regular file.
    /// - Throws: `DataError` if it cannot be opened, or is a folder.
    init(_ path: FilePath, from offset: Int) throws(DataError) {
        let (file, status, beginning) = try Self.open(path)
        let stamp = FileStamp(status)
        let inflater: GzipInflater?
        do throws(DataError) {
            guard status.type != .directory else { throw DataError.folder(path) }
            inflater = try stamp != nil ? Self.inflater(of: file, at: path, from: offset) : nil
        } catch {
            _ = close(file.rawValue)
            throw error
        }
        self.path = path
        container = path
        self.file = file
        self.stamp = stamp
        self.beginning = beginning
        self.inflater = inflater
        isUndetected = stamp == nil
    }

    private static func open(
        _ path: FilePath
    ) throws(DataError) -> (file: FileDescriptor, status: Stat, beginning: [UInt8]) {
        do throws(DataError) {
            return try path.openStream()
        } catch {
            // Not even a folder that can be opened is a file.
            guard try path.kind() != .folder else { throw DataError.folder(path) }
            throw error
        }
    }

    /// Opens a member of the zip archive at `archive`.
    ///
    /// - Parameters:
    ///   - path: The member as errors name it.
    /// - Throws: `DataError` if the archive cannot be opened, or the member cannot be read.
    init(_ member: ZipMember, of archive: FilePath, named path: FilePath) throws(DataError) {
        let file = try archive.attempt("cannot be opened") { try FileDescriptor.open(archive, .readOnly) }
        let stamp: FileStamp?
        let stream: ZipMemberStream?
        do throws(DataError) {
            stamp = try FileStamp(file, at: archive)
            stream = try Self.stream(of: member, in: file, named: path)
        } catch {
            _ = close(file.rawValue)
            throw error
        }
        self.path = path
        container = archive
        self.file = file
        self.stamp = stamp
        self.member = stream
        beginning = []
        isUndetected = false
    }

    private static func stream(
        of member: ZipMember, in file: FileDescriptor, named path: FilePath
    ) throws(DataError) -> ZipMemberStream {
        do throws(ZipMemberStream.StreamError) {
            return try ZipMemberStream(member, at: ZipMemberStream.range(of: member, in: file))
        } catch {
            throw DataError(path, error.cause, kind: error.isCorruption ? .corrupt : .unusable)
        }
    }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    func checkUnchanged() throws(DataError) {
        guard let stamp else { return }
        try stamp.check(FileStamp(file, at: container), at: container)
    }

    /// An inflater if a regular file is gzipped; otherwise seeks to `offset`.
    private static func inflater(
        of file: FileDescriptor, at path: FilePath, from offset: Int
    ) throws(DataError) -> GzipInflater? {
        do {
            guard try !file.readBytes(at: 0, count: headerLength).isGzipHeader else { return try unsafe GzipInflater() }
            if offset > 0 { try file.seek(offset: Int64(offset), from: .start) }
        } catch let failure as GzipInflater.InflateError {
            throw DataError(path, "cannot be opened: \(failure.cause)")
        } catch {
            // The first read reports the error.
        }
        return nil
    }

    private static let headerLength = 4

    deinit {
        _ = close(file.rawValue)
    }

    /// Whether the file is gzipped, or a member of a zip archive; for a pipe, known after the first read.
    var isCompressed: Bool { inflater != nil || member != nil }

    /// Reads some of the next bytes and returns their number, 0 at the end of the file.
    ///
    /// - Parameter offset: The number of bytes read before, for the error.
    /// - Throws: `DataError` if the file cannot be read, or its gzip data is corrupt, after all bytes before that
    ///   point.
    func read(into buffer: UnsafeMutableRawBufferPointer, after offset: Int) throws(DataError) -> Int {
        let problem = "cannot be read after byte"
        do {
            if let count = try unsafe member?.read(into: buffer, from: file) { return count }
            if isUndetected, let count = try unsafe begin(into: buffer) { return count }
            return try unsafe inflater?.read(into: buffer, from: file) ?? file.read(into: buffer)
        } catch let failure as GzipInflater.InflateError {
            let cause = failure.isCorruption ? "corrupt gzip data (\(failure.cause))" : failure.cause
            throw DataError(path, "\(problem) \(offset): \(cause)", kind: failure.isCorruption ? .corrupt : .unusable)
        } catch let failure as ZipMemberStream.StreamError {
            throw DataError(path, failure.cause, kind: failure.isCorruption ? .corrupt : .unusable)
        } catch {
            throw DataError(path, "\(problem) \(offset): \(error)")
        }
    }

    /// Reads enough to detect gzip; returns the number of bytes if the file is not gzipped.
    private func begin(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
        guard buffer.count >= beginning.count else { return 0 }
        var count = beginning.count
        unsafe buffer.copyBytes(from: beginning)
        while count < min(Self.headerLength, buffer.count) {
            // At most as much as the inflater accepts.
            let end = min(buffer.count, GzipInflater.inputLength)
            let added = try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count..<end]))
            if added == 0 { break }
            count += added
        }
        isUndetected = false
        guard unsafe Array(buffer[..<min(count, Self.headerLength)]).isGzipHeader else { return count }
        inflater = try unsafe GzipInflater(beginning: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return nil
    }
}

extension [UInt8] {
    /// Whether these are the first bytes of a gzip file: signature, deflate, and no reserved flag.
    fileprivate var isGzipHeader: Bool {
        count >= 4 && self[0] == 0x1F && self[1] == 0x8B && self[2] == 8 && self[3] & 0xE0 == 0
    }
}

extension DataError {
    /// The file at `path` is a folder.
    fileprivate static func folder(_ path: FilePath) -> DataError {
        DataError(path, "is a folder; expected a file")
    }
}
