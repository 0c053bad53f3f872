import CZlib
import SystemPackage

/// Unzips gzip data piece by piece: one member after the other, and zeros behind the last, as gzip(1) takes it.
///
/// Whatever comes before damage is given first, and the damage told after it. Nothing behind a member is passed over, as
/// zlib's own reader of files does it: a damaged header would hide all that follows.
struct GzipInflater: ~Copyable {
    /// How many bytes of gzip data are read at once.
    static let inputLength = 1 << 18

    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    private var position = Position.betweenMembers
    private var isAtEndOfInput = false
    private var failure: Failure?

    private enum Position {
        case betweenMembers, member, zeros
    }

    /// Why the data cannot be unzipped.
    struct Failure: Error {
        /// In words of zlib.
        let cause: String
        /// Whether the data is damaged, and not the reading of it.
        let isCorruption: Bool
    }

    /// An inflater that has read `beginning` already.
    ///
    /// - Throws: `Failure` if there is no memory.
    init(beginning: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)) throws(Failure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(byteCount: Self.inputLength, alignment: 64)
        // 32 KiB of window, and 16 for gzip's header and checksum.
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Failure(cause: "\(Errno.noMemory)", isCorruption: false)
        }
        input.copyMemory(from: beginning)
        setInput(beginning.count)
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// Unzips into `buffer`, and gives how many bytes that were: some, or none at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer, from file: FileDescriptor) throws(Failure) -> Int {
        if let failure { throw failure }
        let size = min(buffer.count, 1 << 30)
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(size)
        while Int(stream.pointee.avail_out) == size, size > 0 {
            do throws(Failure) {
                if stream.pointee.avail_in == 0, !isAtEndOfInput { try fill(from: file) }
                if try !advance() { break }
            } catch {
                failure = error
            }
            if failure != nil { break }
        }
        let count = size - Int(stream.pointee.avail_out)
        if count == 0, let failure { throw failure }
        return count
    }

    private mutating func fill(from file: FileDescriptor) throws(Failure) {
        do {
            setInput(try file.read(into: input))
        } catch {
            throw Failure(cause: "\(error)", isCorruption: false)
        }
        isAtEndOfInput = stream.pointee.avail_in == 0
    }

    private func setInput(_ count: Int) {
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
    }

    /// Goes one step on; false at the end.
    private mutating func advance() throws(Failure) -> Bool {
        let isEmpty = stream.pointee.avail_in == 0
        switch position {
        case .betweenMembers:
            if isEmpty { return false }
            position = stream.pointee.next_in.pointee == 0 ? .zeros : .member
            if position == .member { inflateReset(stream) }
        case .zeros:
            if isEmpty { return false }
            let rest = UnsafeBufferPointer(start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
            guard rest.allSatisfy({ $0 == 0 }) else { throw Failure(cause: "bytes behind the end", isCorruption: true) }
            stream.pointee.avail_in = 0
        case .member:
            if isEmpty { throw Failure(cause: "unexpected end of file", isCorruption: true) }
            let status = inflate(stream, Z_NO_FLUSH)
            switch status {
            case Z_STREAM_END: position = .betweenMembers
            case Z_OK, Z_BUF_ERROR: break
            default:
                let message = stream.pointee.msg.map { String(cString: $0) } ?? "no reason given"
                throw Failure(cause: message, isCorruption: status != Z_MEM_ERROR)
            }
        }
        return true
    }
}
