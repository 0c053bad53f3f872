public import FileAccess
public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads the bytes of a file, gzipped or not (its contents decide, not its name), or of a member of a zip archive,
/// through a sliding buffer.
///
/// Memory: a buffer of 256 KiB, which grows to the largest requested range.
@safe
public struct ByteReader: ~Copyable {
    /// The file.
    public var path: FilePath { source.path }
    /// The offset of the first unconsumed byte in the (uncompressed) file.
    public private(set) var offset: Int
    /// The number of bytes that were read but not consumed.
    public var count: Int { pending.count }

    /// The number of readable zero bytes after those that were read: simdjson requires as many after a text.
    public static let padding = 64

    private var source: ByteSource
    private var buffer: UnsafeMutableRawBufferPointer
    private var pending = 0..<0
    private var isAtEnd = false

    /// Opens the file at `path`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - offset: The first byte to read; must be 0 if the file is gzipped or not a regular file.
    /// - Throws: `DataError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath, from offset: Int = 0) throws(DataError) {
        source = try ByteSource(path, from: offset)
        self.offset = offset
        unsafe buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18 + Self.padding, alignment: 64)
    }

    /// Opens a member of the zip archive at `archive`.
    ///
    /// - Parameters:
    ///   - member: The member.
    ///   - archive: The archive.
    ///   - path: The member as errors name it.
    /// - Throws: `DataError` if the archive cannot be opened, or the member is encrypted or compressed with another
    ///   method than deflate.
    public init(_ member: ZipMember, of archive: FilePath, named path: FilePath) throws(DataError) {
        source = try ByteSource(member, of: archive, named: path)
        offset = 0
        unsafe buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18 + Self.padding, alignment: 64)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// Whether the file is gzipped, or a member of a zip archive; for a pipe, known after the first read.
    public var isCompressed: Bool { source.isCompressed }

    /// The stamp of the file when it was opened; nil if it is not a regular file.
    package var stamp: FileStamp? { source.stamp }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    package func checkUnchanged() throws(DataError) { try source.checkUnchanged() }

    /// Lends the bytes that were read but not consumed.
    public borrowing func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(rebasing: buffer[pending]).bytes)
    }

    /// Lends the first `count` unconsumed bytes, and `padding` more.
    @inlinable
    public borrowing func withPaddedBytes<R, E: Error>(
        _ count: Int, _ body: (RawSpan) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(paddedBytes(count).bytes)
    }

    @usableFromInline
    func paddedBytes(_ count: Int) -> UnsafeRawBufferPointer {
        precondition(count <= pending.count)
        return unsafe UnsafeRawBufferPointer(
            rebasing: buffer[pending.lowerBound..<pending.lowerBound + count + Self.padding])
    }

    /// An unconsumed byte that was read.
    func byte(at index: Int) -> UInt8 {
        unsafe buffer[pending.lowerBound + index]
    }

    /// The index of the next `byte` among the unconsumed bytes that were read; nil if there is none.
    ///
    /// - Parameter searched: The number of bytes to skip.
    func firstIndex(of byte: UInt8, from searched: Int) -> Int? {
        let unsearched = unsafe UnsafeRawBufferPointer(
            rebasing: buffer[pending.lowerBound + searched..<pending.upperBound])
        guard let start = unsearched.baseAddress, let found = unsafe memchr(start, Int32(byte), unsearched.count) else {
            return nil
        }
        return unsafe searched + (UnsafeRawPointer(found) - start)
    }

    /// Consumes the first `count` bytes that were read.
    public mutating func consume(_ count: Int) {
        precondition(count <= pending.count)
        pending = pending.lowerBound + count..<pending.upperBound
        offset += count
    }

    /// Reads until there are at least `count` unconsumed bytes; false if the file ends before.
    ///
    /// It may read more.
    /// - Throws: `DataError` if the file cannot be read, or its gzip data is corrupt.
    public mutating func fill(to count: Int) throws(DataError) -> Bool {
        while pending.count < count {
            if isAtEnd { return false }
            makeRoom(for: count)
            let free = unsafe UnsafeMutableRawBufferPointer(
                rebasing: buffer[pending.upperBound..<buffer.count - Self.padding])
            let added = try unsafe source.read(into: free, after: offset + pending.count)
            pending = pending.lowerBound..<pending.upperBound + added
            isAtEnd = added == 0
            // Remnants of earlier bytes must not look like more text.
            let padding = pending.upperBound..<pending.upperBound + Self.padding
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[padding]).initializeMemory(
                as: UInt8.self, repeating: 0)
        }
        return true
    }

    /// Moves the unconsumed bytes to the front, and into a larger buffer if `count` bytes do not fit.
    private mutating func makeRoom(for count: Int) {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[pending])
        let capacity = unsafe buffer.count - Self.padding
        if capacity < count {
            // Doubling keeps the total cost of growing linear.
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(count, capacity * 2) + Self.padding, alignment: 64)
            unsafe larger.copyMemory(from: bytes)
            unsafe buffer.deallocate()
            unsafe buffer = larger
        } else if pending.lowerBound > 0 {
            unsafe buffer.copyMemory(from: bytes)
        }
        pending = 0..<pending.count
    }
}

extension ByteReader {
    /// All bytes from the current one to the end of the file.
    ///
    /// - Parameter limit: The largest accepted number of bytes.
    /// - Throws: `DataError` if the file cannot be read, is corrupt, or has more bytes.
    public mutating func readAll(limit: Int) throws(DataError) -> [UInt8] {
        var bytes: [UInt8] = []
        while try fill(to: 1) {
            guard bytes.count + count <= limit else {
                throw DataError(path, "has more than \(limit) bytes uncompressed; expected at most \(limit)")
            }
            withBytes { part in unsafe part.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) } }
            consume(count)
        }
        try checkUnchanged()
        return bytes
    }
}
