/// A position in memory at which text is written, with enough free memory for that text.
///
/// Release builds do not check each write: `append(capacity:)` reserves memory once for many small pieces, and traps if
/// its caller wrote more. Debug builds, and hence the tests, check each write.
@usableFromInline
@safe package struct TextCursor {
    @usableFromInline var place: UnsafeMutablePointer<UInt8>
    @usableFromInline let end: UnsafeMutablePointer<UInt8>

    /// A cursor at the start of `buffer`; nil if the buffer has no memory.
    @inlinable
    init?(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        guard let start = buffer.baseAddress else { return nil }
        unsafe place = start
        unsafe end = start + buffer.count
    }

    /// Writes one byte.
    @inlinable @inline(__always)
    package mutating func append(_ byte: UInt8) {
        unsafe assert(place < end)
        unsafe place.pointee = byte
        unsafe place += 1
    }

    /// Writes the lowest `count` bytes of a number, the lowest one first. There must be room for all four.
    @inlinable @inline(__always)
    package mutating func append(_ bytes: UInt32, count: Int) {
        unsafe assert(end - place >= 4)
        unsafe UnsafeMutableRawPointer(place).storeBytes(of: bytes.littleEndian, as: UInt32.self)
        unsafe place += count
    }

    /// Writes the bytes of a string literal.
    @inlinable @inline(__always)
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append(copying: $0) }
    }

    /// Writes a copy of `bytes`.
    @inlinable @inline(__always)
    package mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        unsafe assert(bytes.count <= end - place)
        unsafe place.initialize(from: start, count: bytes.count)
        unsafe place += bytes.count
    }
}

extension [UInt8] {
    /// Appends the text that `write` writes, at most `capacity` bytes.
    @inlinable @inline(__always)
    package mutating func append(capacity: Int, _ write: (inout TextCursor) -> Void) {
        #if compiler(>=6.3)
            append(addingCapacity: capacity) { (text: inout OutputSpan<UInt8>) in
                unsafe text.withUnsafeMutableBufferPointer { buffer, count in
                    count = unsafe TextCursor.count(of: buffer, write)
                }
            }
        #else
            // Swift 6.2 cannot lend the free memory of an array.
            append(
                contentsOf: [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                    count = TextCursor.count(of: buffer, write)
                })
        #endif
    }

    /// Appends the bytes of a string literal.
    @inlinable
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append(contentsOf: $0) }
    }
}

extension TextCursor {
    /// Lets `write` write to `buffer`, and returns the number of bytes.
    @inlinable @inline(__always)
    static func count(of buffer: UnsafeMutableBufferPointer<UInt8>, _ write: (inout TextCursor) -> Void) -> Int {
        guard var cursor = unsafe TextCursor(buffer) else { return 0 }
        let start = unsafe cursor.place
        write(&cursor)
        unsafe precondition(cursor.place <= cursor.end)
        return unsafe cursor.place - start
    }
}
