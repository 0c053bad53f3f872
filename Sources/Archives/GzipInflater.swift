import CZlib
import SystemPackage

/// Decompresses gzip data: any number of members, followed by zeros, as gzip(1) accepts them.
///
/// All bytes before a corrupt place are returned before its error. Bytes after a member are never ignored, as zlib's
/// `gzread` does: a corrupt header would hide everything after it.
@safe
struct GzipInflater: ~Copyable {
    /// The size of the input buffer in bytes.
    static let inputLength = 1 << 18

    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    private var position = Position.betweenMembers
    private var isAtEndOfInput = false
    private var failure: InflateError?

    private enum Position {
        case betweenMembers, member, zeros
    }

    /// Why the data cannot be decompressed.
    struct InflateError: Error {
        /// The message of zlib or the system.
        let cause: String
        /// Whether the data is corrupt, as opposed to a failure to read it.
        let isCorruption: Bool
    }

    /// An inflater whose input starts with `beginning`, before the rest of the file.
    ///
    /// - Throws: `InflateError` if memory is exhausted.
    init(beginning: UnsafeRawBufferPointer = unsafe UnsafeRawBufferPointer(start: nil, count: 0)) throws(InflateError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        unsafe input = .allocate(byteCount: Self.inputLength, alignment: 64)
        // A window of 32 KiB; 16 selects the gzip format.
        guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw InflateError(cause: "\(Errno.noMemory)", isCorruption: false)
        }
        unsafe input.copyMemory(from: beginning)
        setInput(beginning.count)
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
        unsafe input.deallocate()
    }

    /// Decompresses some bytes into `buffer` and returns their number, 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer, from file: FileDescriptor) throws(InflateError)
        -> Int
    {
        if let failure { throw failure }
        let size = min(buffer.count, 1 << 30)
        unsafe stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(size)
        while unsafe Int(stream.pointee.avail_out) == size, size > 0 {
            do throws(InflateError) {
                if unsafe stream.pointee.avail_in == 0, !isAtEndOfInput { try fill(from: file) }
                if try !advance() { break }
            } catch {
                failure = error
            }
            if failure != nil { break }
        }
        let count = unsafe size - Int(stream.pointee.avail_out)
        if count == 0, let failure { throw failure }
        return count
    }

    private mutating func fill(from file: FileDescriptor) throws(InflateError) {
        do {
            unsafe setInput(try file.read(into: input))
        } catch {
            throw InflateError(cause: "\(error)", isCorruption: false)
        }
        isAtEndOfInput = unsafe stream.pointee.avail_in == 0
    }

    private func setInput(_ count: Int) {
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = UInt32(count)
    }

    /// Decompresses available input, or moves to the next member; false at the end.
    private mutating func advance() throws(InflateError) -> Bool {
        let isEmpty = unsafe stream.pointee.avail_in == 0
        switch position {
        case .betweenMembers:
            if isEmpty { return false }
            position = unsafe stream.pointee.next_in.pointee == 0 ? .zeros : .member
            if position == .member { unsafe inflateReset(stream) }
        case .zeros:
            if isEmpty { return false }
            let rest = unsafe UnsafeBufferPointer(start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
            guard unsafe rest.allSatisfy({ $0 == 0 }) else {
                throw InflateError(cause: "unexpected bytes after the end", isCorruption: true)
            }
            unsafe stream.pointee.avail_in = 0
        case .member:
            if isEmpty { throw InflateError(cause: "unexpected end of file", isCorruption: true) }
            let status = unsafe inflate(stream, Z_NO_FLUSH)
            switch status {
            case Z_STREAM_END: position = .betweenMembers
            case Z_OK, Z_BUF_ERROR: break
            default:
                let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "no reason given"
                throw InflateError(cause: message, isCorruption: status != Z_MEM_ERROR)
            }
        }
        return true
    }
}
