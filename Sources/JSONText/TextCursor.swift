/// A position in memory at which text is written, with enough free memory for that text.
///
/// Release builds do not check each write: `append(capacity:)` reserves memory once for many small pieces, and traps if
/// its caller wrote more. Debug builds, and hence the tests, check each write.
@usableFromInline
package struct TextCursor {
    @usableFromInline var place: UnsafeMutablePointer<UInt8>
    @usableFromInline let end: UnsafeMutablePointer<UInt8>

    /// A cursor at the start of `buffer`; nil if the buffer has no memory.
    @inlinable
    init?(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        guard let start = buffer.baseAddress else { return nil }
        place = start
        end = start + buffer.count
    }

    /// Writes one byte.
    @inlinable @inline(__always)
    package mutating func append(_ byte: UInt8) {
        assert(place < end)
        place.pointee = byte
        place += 1
    }

    /// Writes the bytes of a string literal.
    @inlinable @inline(__always)
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(copying: $0) }
    }

    /// Writes a copy of `bytes`.
    @inlinable @inline(__always)
    package mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        assert(bytes.count <= end - place)
        place.initialize(from: start, count: bytes.count)
        place += bytes.count
    }
}

extension [UInt8] {
    /// Appends the text that `write` writes, at most `capacity` bytes.
    @inlinable @inline(__always)
    package mutating func append(capacity: Int, _ write: (inout TextCursor) -> Void) {
        #if compiler(>=6.3)
            append(addingCapacity: capacity) { (text: inout OutputSpan<UInt8>) in
                text.withUnsafeMutableBufferPointer { buffer, count in
                    count = TextCursor.count(of: buffer, write)
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
        text.withUTF8Buffer { append(contentsOf: $0) }
    }
}

extension TextCursor {
    /// Lets `write` write to `buffer`, and returns the number of bytes.
    @inlinable @inline(__always)
    static func count(of buffer: UnsafeMutableBufferPointer<UInt8>, _ write: (inout TextCursor) -> Void) -> Int {
        guard var cursor = TextCursor(buffer) else { return 0 }
        let start = cursor.place
        write(&cursor)
        precondition(cursor.place <= cursor.end)
        return cursor.place - start
    }
}
