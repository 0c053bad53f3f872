import CZlib
public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads a file of bytes piece by piece, gzipped or not, whatever its name says.
///
/// A file counts as gzipped if it begins with all that a gzip header has fixed, 1f 8b 08 and no reserved flag: two bytes
/// are met by chance in binary files.
/// Memory: a buffer of 256 KiB, which grows to hold what is wanted at once.
public struct ByteReader: ~Copyable {
    /// The file, as it was given.
    public let path: FilePath
    /// Where the bytes that were not passed yet begin, in bytes from the start of the (uncompressed) file.
    public private(set) var offset = 0
    /// How many bytes were read and not passed yet.
    public var count: Int { pending.count }

    private let source: Source
    private var buffer: UnsafeMutableRawBufferPointer
    private var pending: Range<Int>
    private var isAtEnd = false

    private enum Source {
        case plain(FileDescriptor)
        case gzipped(gzFile)
    }

    /// Opens the file at `path`, before its first byte.
    ///
    /// - Throws: `FileError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath) throws(FileError) {
        guard try path.kind() != .folder else { throw FileError(path, "is a folder; wanted a file") }
        let file = try path.attempt("cannot be opened") { try FileDescriptor.open(path, .readOnly) }
        let beginning: [UInt8]
        do throws(FileError) {
            beginning = try path.attempt("cannot be read") { try file.readUpTo(4) }
            source = beginning.isGzipHeader ? .gzipped(try Self.decompress(file, path)) : .plain(file)
        } catch {
            // Nothing was written that could be lost.
            do { try file.close() } catch {}
            throw error
        }
        self.path = path
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        pending = 0..<0
        if case .plain = source {
            buffer.copyBytes(from: beginning)
            pending = 0..<beginning.count
        }
    }

    deinit {
        switch source {
        case .plain(let file):
            // Nothing was written that could be lost.
            do { try file.close() } catch {}
        case .gzipped(let file): gzclose(file)
        }
        buffer.deallocate()
    }

    /// Whether the file is gzipped.
    public var isCompressed: Bool {
        switch source {
        case .plain: false
        case .gzipped: true
        }
    }

    /// Lends the bytes that were read and not passed yet.
    public borrowing func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(rebasing: buffer[pending]).bytes)
    }

    /// Leaves the first `count` of the bytes that were read behind.
    public mutating func pass(_ count: Int) {
        precondition(count <= pending.count)
        pending = pending.lowerBound + count..<pending.upperBound
        offset += count
    }

    /// Reads on until there are at least `count` bytes that were not passed yet; false if the file has fewer.
    ///
    /// It reads more where that costs no more.
    /// - Throws: `FileError` if the file cannot be read, or is damaged (gzip).
    public mutating func fill(to count: Int) throws(FileError) -> Bool {
        while pending.count < count {
            if isAtEnd { return false }
            makeRoom(for: count)
            let free = UnsafeMutableRawBufferPointer(rebasing: buffer[pending.upperBound...])
            let added = try read(into: free)
            pending = pending.lowerBound..<pending.upperBound + added
            isAtEnd = added == 0
        }
        return true
    }

    /// Moves the bytes not passed yet to the front, and into a larger buffer where `count` do not fit.
    private mutating func makeRoom(for count: Int) {
        guard pending.lowerBound > 0 || buffer.count < count else { return }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[pending])
        if buffer.count < count {
            // At least twice as large, so that growing costs no more than reading.
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(count, buffer.count * 2), alignment: 64)
            larger.copyMemory(from: bytes)
            buffer.deallocate()
            buffer = larger
        } else {
            buffer.copyMemory(from: bytes)
        }
        pending = 0..<pending.count
    }

    private func read(into free: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        let problem = "cannot be read after byte \(offset + pending.count)"
        switch source {
        case .plain(let file):
            return try path.attempt(problem) { try file.read(into: free) }
        case .gzipped(let file):
            let count = gzread(file, free.baseAddress, UInt32(min(free.count, 1 << 30)))
            var status: Int32 = Z_OK
            // zlib puts a name in front of its words.
            let message = gzerror(file, &status).map { String(cString: $0) } ?? ""
            guard count >= 0, status == Z_OK || status == Z_STREAM_END else {
                let words = message.split(separator: ": ").last ?? ""
                let cause = status == Z_ERRNO ? "\(Errno(rawValue: errno))" : "damaged gzip data (\(words))"
                throw FileError(path, "\(problem): \(cause)")
            }
            return Int(count)
        }
    }

    /// Hands a file of which the first bytes were read over to zlib.
    private static func decompress(_ file: FileDescriptor, _ path: FilePath) throws(FileError) -> gzFile {
        _ = try path.attempt("cannot be read twice, as a gzipped file has to be") {
            try file.seek(offset: 0, from: .start)
        }
        guard let compressed = gzdopen(file.rawValue, "rb") else {
            throw FileError(path, "cannot be opened: out of memory")
        }
        gzbuffer(compressed, 1 << 17)
        return compressed
    }
}

extension FileDescriptor {
    /// The next `count` bytes; fewer only at the end of the file.
    fileprivate func readUpTo(_ count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
            while filled < count {
                let free = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[filled...])
                let added = try read(into: free)
                if added == 0 { break }
                filled += added
            }
        }
    }
}

extension [UInt8] {
    /// Whether a gzip file begins so: its mark, deflate, and none of the flags that no one has defined.
    fileprivate var isGzipHeader: Bool {
        count >= 4 && self[0] == 0x1F && self[1] == 0x8B && self[2] == 8 && self[3] & 0xE0 == 0
    }
}
