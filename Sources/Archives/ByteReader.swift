public import FileAccess
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
/// Memory: a buffer of 256 KiB, which grows to hold what is wanted at once.
public struct ByteReader: ~Copyable {
    /// The file, as it was given.
    public var path: FilePath { source.path }
    /// Where the bytes that were not passed yet begin, in bytes from the start of the (uncompressed) file.
    public private(set) var offset: Int
    /// How many bytes were read and not passed yet.
    public var count: Int { pending.count }

    /// How many bytes behind those read may be looked at, and are 0: as many as simdjson wants behind its texts.
    public static let padding = 64

    private var source: ByteSource
    private var buffer: UnsafeMutableRawBufferPointer
    private var pending = 0..<0
    private var isAtEnd = false

    /// Opens the file at `path`, before its first byte, or another.
    ///
    /// - Parameter offset: which byte to begin with; 0 for what is gzipped or no regular file.
    /// - Throws: `DataError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath, from offset: Int = 0) throws(DataError) {
        source = try ByteSource(path, from: offset)
        self.offset = offset
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18 + Self.padding, alignment: 64)
    }

    deinit {
        buffer.deallocate()
    }

    /// Whether the file is gzipped; of a pipe it is known once something was read.
    public var isCompressed: Bool { source.isCompressed }

    /// Lends the bytes that were read and not passed yet.
    public borrowing func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(rebasing: buffer[pending]).bytes)
    }

    /// Lends the first `count` of the bytes that were not passed yet, and `padding` more.
    @inlinable
    public borrowing func withPaddedBytes<R, E: Error>(
        _ count: Int, _ body: (RawSpan) throws(E) -> R
    ) throws(E) -> R {
        try body(paddedBytes(count).bytes)
    }

    @usableFromInline
    func paddedBytes(_ count: Int) -> UnsafeRawBufferPointer {
        precondition(count <= pending.count)
        return UnsafeRawBufferPointer(
            rebasing: buffer[pending.lowerBound..<pending.lowerBound + count + Self.padding])
    }

    /// One of the bytes that were read and not passed yet.
    func byte(at index: Int) -> UInt8 {
        buffer[pending.lowerBound + index]
    }

    /// Where the next `byte` is, counted from the first that was not passed yet; nil if it was not read yet.
    ///
    /// - Parameter searched: how many bytes need not be looked at.
    func firstIndex(of byte: UInt8, from searched: Int) -> Int? {
        let unsearched = UnsafeRawBufferPointer(rebasing: buffer[pending.lowerBound + searched..<pending.upperBound])
        guard let start = unsearched.baseAddress, let found = memchr(start, Int32(byte), unsearched.count) else {
            return nil
        }
        return searched + (UnsafeRawPointer(found) - start)
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
    /// - Throws: `DataError` if the file cannot be read, or is damaged (gzip).
    public mutating func fill(to count: Int) throws(DataError) -> Bool {
        while pending.count < count {
            if isAtEnd { return false }
            makeRoom(for: count)
            let free = UnsafeMutableRawBufferPointer(
                rebasing: buffer[pending.upperBound..<buffer.count - Self.padding])
            let added = try source.read(into: free, after: offset + pending.count)
            pending = pending.lowerBound..<pending.upperBound + added
            isAtEnd = added == 0
            // What stood there before must not look like more of the text.
            let padding = pending.upperBound..<pending.upperBound + Self.padding
            UnsafeMutableRawBufferPointer(rebasing: buffer[padding]).initializeMemory(as: UInt8.self, repeating: 0)
        }
        return true
    }

    /// Moves the bytes not passed yet to the front, and into a larger buffer where `count` do not fit.
    private mutating func makeRoom(for count: Int) {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[pending])
        let capacity = buffer.count - Self.padding
        if capacity < count {
            // At least twice as large, so that growing costs no more than reading.
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(count, capacity * 2) + Self.padding, alignment: 64)
            larger.copyMemory(from: bytes)
            buffer.deallocate()
            buffer = larger
        } else if pending.lowerBound > 0 {
            buffer.copyMemory(from: bytes)
        }
        pending = 0..<pending.count
    }
}
