#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A string of a parsed document, in UTF-8.
///
/// It keeps the document in memory.
@safe public struct JSONString {
    /// What owns the bytes.
    private let document: JSONDocument
    private let start: UnsafePointer<UInt8>
    private let count: Int

    init(document: JSONDocument, start: UnsafePointer<UInt8>, count: Int) {
        self.document = document
        unsafe self.start = start
        self.count = count
    }

    /// A copy that does not need the document.
    public var text: String {
        withExtendedLifetime(document) { unsafe String(decoding: bytes, as: UTF8.self) }
    }

    /// Lends the bytes to `body`, without a copy.
    public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try withExtendedLifetime(document) { () throws(E) -> R in unsafe try body(UnsafeRawBufferPointer(bytes).bytes) }
    }

    /// Whether the bytes are equal, without a copy.
    @inline(__always)
    public static func == (string: JSONString, text: StaticString) -> Bool {
        withExtendedLifetime(string.document) {
            unsafe string.count == text.utf8CodeUnitCount && memcmp(string.start, text.utf8Start, string.count) == 0
        }
    }

    /// Whether the bytes are equal: canonically equivalent Unicode spellings with other bytes are not.
    public static func == (string: JSONString, text: String) -> Bool {
        withExtendedLifetime(string.document) { unsafe string.bytes.elementsEqual(text.utf8) }
    }

    private var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: start, count: count) }
}
