#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A string of a parsed document, in UTF-8. It is valid as long as the document.
package struct JSONString {
    private let start: UnsafePointer<UInt8>
    private let count: Int

    init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    /// A copy that outlives the document.
    package var text: String {
        String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Lends the bytes to `body`, without a copy.
    package func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(start: start, count: count).bytes)
    }

    /// Whether the bytes are equal, without a copy.
    @inline(__always)
    package static func == (string: JSONString, text: StaticString) -> Bool {
        string.count == text.utf8CodeUnitCount && memcmp(string.start, text.utf8Start, string.count) == 0
    }

    /// Whether the bytes are equal: canonically equivalent Unicode spellings with other bytes are not.
    package static func == (string: JSONString, text: String) -> Bool {
        UnsafeBufferPointer(start: string.start, count: string.count).elementsEqual(text.utf8)
    }
}
