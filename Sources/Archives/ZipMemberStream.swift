import CZlib
import FileAccess
import SystemPackage

/// The bytes of a member of a zip archive, stored or deflated; its size and CRC-32 are verified at its end.
///
/// All bytes before a corrupt place are returned before its error.
@safe
struct ZipMemberStream: ~Copyable {
    private let member: ZipMember
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    /// The compressed bytes that were not read yet, in the archive.
    private var unread: Range<Int>
    private var count = 0
    private var checksum: UInt
    private var isAtEnd = false
    private var failure: StreamError?

    private static let inputLength = 1 << 16
    private static let headerLength = 30

    /// Why the member cannot be read.
    struct StreamError: Error {
        /// What was found.
        let cause: String
        /// Whether the member is corrupt, as opposed to one that cannot be read.
        let isCorruption: Bool
    }

    /// A stream of the bytes of `member`, which are at `range` in the archive.
    ///
    /// - Throws: `StreamError` if memory is exhausted.
    init(_ member: ZipMember, at range: Range<Int>) throws(StreamError) {
        self.member = member
        unread = range
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        unsafe input = .allocate(byteCount: Self.inputLength, alignment: 64)
        checksum = crc32(0, nil, 0)
        // A window of 32 KiB; the sign selects deflate without a header.
        guard unsafe inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw StreamError(cause: "\(Errno.noMemory)", isCorruption: false)
        }
    }

    /// The bytes of a member in its archive.
    ///
    /// - Throws: `StreamError` if it is encrypted, compressed in another way, or its header is not as in the directory.
    static func range(of member: ZipMember, in file: FileDescriptor) throws(StreamError) -> Range<Int> {
        guard !member.isEncrypted else { throw StreamError(cause: "is encrypted", isCorruption: false) }
        guard [ZipMember.stored, ZipMember.deflated].contains(member.method) else {
            throw StreamError(
                cause: "is compressed with \(member.methodName); expected deflate, or none", isCorruption: false)
        }
        let start = try dataOffset(of: member, in: file)
        guard member.compressedSize <= member.limit - start,
            member.method == ZipMember.deflated || member.size == member.compressedSize
        else { throw StreamError(cause: "has an invalid size", isCorruption: true) }
        return start..<start + member.compressedSize
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
        unsafe input.deallocate()
    }

    /// The offset of the member's bytes, after its own header, which must agree with the directory.
    private static func dataOffset(of member: ZipMember, in file: FileDescriptor) throws(StreamError) -> Int {
        let name = member.nameBytes
        let header: [UInt8]
        do {
            header = try file.readBytes(at: member.headerOffset, count: headerLength + name.count)
        } catch {
            throw StreamError(cause: "cannot be read: \(error)", isCorruption: false)
        }
        guard header.count == headerLength + name.count, header.starts(with: ZipReader.localSignature),
            header.number(at: 26, bytes: 2) == name.count, header[headerLength...].elementsEqual(name),
            header.number(at: 8, bytes: 2) == member.method
        else { throw StreamError(cause: "has a header that differs from the archive's directory", isCorruption: true) }
        return member.headerOffset + headerLength + name.count + header.number(at: 28, bytes: 2)
    }

    /// Reads some bytes into `buffer` and returns their number, 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer, from file: FileDescriptor) throws(StreamError) -> Int
    {
        if let failure { throw failure }
        var added = 0
        do throws(StreamError) {
            added =
                member.method == ZipMember.stored
                ? try unsafe readStored(into: buffer, from: file) : try unsafe inflate(into: buffer, from: file)
        } catch {
            failure = error
        }
        if added > 0 {
            checksum = unsafe crc32(checksum, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(added))
            count += added
        }
        if failure == nil {
            do throws(StreamError) {
                try checkSize()
            } catch {
                failure = error
            }
        }
        if added == 0, let failure { throw failure }
        return added
    }

    /// Compares the size, and at the end the checksum, with those in the directory.
    private func checkSize() throws(StreamError) {
        guard count <= member.size, !isAtEnd || count == member.size else {
            throw StreamError(
                cause: "has \(isAtEnd ? "" : "at least ")\(count) bytes; expected \(member.size)", isCorruption: true)
        }
        guard !isAtEnd || UInt32(truncatingIfNeeded: checksum) == member.checksum else {
            throw StreamError(cause: "does not have its CRC-32", isCorruption: true)
        }
    }

    private mutating func readStored(
        into buffer: UnsafeMutableRawBufferPointer, from file: FileDescriptor
    ) throws(StreamError) -> Int {
        let added = try unsafe readCompressed(into: buffer, from: file)
        isAtEnd = unread.isEmpty
        return added
    }

    /// Decompresses until there are bytes, the member ends, or an error.
    private mutating func inflate(
        into buffer: UnsafeMutableRawBufferPointer, from file: FileDescriptor
    ) throws(StreamError) -> Int {
        let size = min(buffer.count, 1 << 30)
        guard !isAtEnd, size > 0 else { return 0 }
        unsafe stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(size)
        while unsafe Int(stream.pointee.avail_out) == size, !isAtEnd {
            if unsafe stream.pointee.avail_in == 0 {
                let filled = try unsafe readCompressed(into: input, from: file)
                guard filled > 0 else { throw StreamError(cause: "unexpected end of deflate data", isCorruption: true) }
                unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                unsafe stream.pointee.avail_in = UInt32(filled)
            }
            switch unsafe CZlib.inflate(stream, Z_NO_FLUSH) {
            case Z_STREAM_END:
                isAtEnd = true
                guard unsafe unread.isEmpty && stream.pointee.avail_in == 0 else {
                    throw StreamError(cause: "has bytes after the end of its deflate data", isCorruption: true)
                }
            case Z_OK, Z_BUF_ERROR: break
            case let status:
                let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "no reason given"
                throw StreamError(cause: "corrupt deflate data (\(message))", isCorruption: status != Z_MEM_ERROR)
            }
        }
        return unsafe size - Int(stream.pointee.avail_out)
    }

    /// Reads some of the member's bytes in the archive.
    private mutating func readCompressed(
        into buffer: UnsafeMutableRawBufferPointer, from file: FileDescriptor
    ) throws(StreamError) -> Int {
        guard !unread.isEmpty else { return 0 }
        let size = min(buffer.count, unread.count)
        let added: Int
        do {
            added = try unsafe file.read(
                fromAbsoluteOffset: Int64(unread.lowerBound),
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<size]))
        } catch {
            throw StreamError(cause: "cannot be read: \(error)", isCorruption: false)
        }
        guard added > 0 else { throw StreamError(cause: "unexpected end of file", isCorruption: true) }
        unread = unread.lowerBound + added..<unread.upperBound
        return added
    }
}
