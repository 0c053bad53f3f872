public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads a text file line by line, gzipped or not, whatever its name says.
///
/// Memory: a buffer of 256 KiB, which stays in a processor's cache, and grows to hold the longest line.
public struct LineReader: ~Copyable {
    /// The longest line that is accepted by default, in bytes before its LF: 16 MiB. Raw drawings come to some 40 kB.
    public static let defaultLineLimit = 16 << 20

    /// How many bytes behind a line may be read: as many as simdjson wants behind its texts.
    public static let padding = 64

    /// The file, as it was given.
    public var path: FilePath { source.path }
    /// The number of the current line, from 1; 0 before the first.
    public private(set) var lineNumber = 0

    /// Where the current line begins, in bytes from the start of the (uncompressed) text.
    public private(set) var lineOffset = 0
    /// Where the next line begins, if there is one.
    public var nextLineOffset: Int { passedCount }
    /// How many bytes the current line has, without its line end.
    public var lineLength: Int { line.count }

    private let lineLimit: Int
    private var source: ByteSource
    /// The last `padding` bytes of it are behind all that is ever read.
    private var buffer: UnsafeMutableRawBufferPointer
    /// The bytes of the buffer that were read and not yet passed.
    private var pending = 0..<0
    private var line = 0..<0
    private var isAtEnd = false
    /// How many bytes of the text come before `pending`.
    private var passedCount: Int

    /// Opens the file at `path`, before its first line.
    ///
    /// - Parameters:
    ///   - offset: which byte to begin with; 0 for what is gzipped or no regular file.
    ///   - lineLimit: the longest line to accept, in bytes before its LF.
    /// - Throws: `FileError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath, from offset: Int = 0, lineLimit: Int = defaultLineLimit) throws(FileError) {
        source = try ByteSource(path, from: offset)
        passedCount = offset
        self.lineLimit = lineLimit
        buffer = .allocate(byteCount: 1 << 18 + Self.padding, alignment: 64)
    }

    deinit {
        buffer.deallocate()
    }

    /// Whether the file is gzipped; known once a line was read.
    public var isCompressed: Bool { source.isCompressed }

    /// Goes to the next line; false at the end of the file.
    ///
    /// - Throws: `FileError` if the file cannot be read, is damaged (gzip), or the line is longer than the limit.
    public mutating func advance() throws(FileError) -> Bool {
        var searched = 0
        while true {
            let unsearched = UnsafeRawBufferPointer(
                rebasing: buffer[(pending.lowerBound + searched)..<pending.upperBound])
            if let start = unsearched.baseAddress, let end = memchr(start, 0x0A, unsearched.count) {
                let length = searched + (UnsafeRawPointer(end) - start)
                try checkLength(length)
                takeLine(length: length, including: 1)
                return true
            }
            searched = pending.count
            try checkLength(searched)
            if isAtEnd {
                if pending.isEmpty { return false }
                takeLine(length: searched, including: 0)
                return true
            }
            try fill()
        }
    }

    /// Throws if the upcoming line, or what was read of it so far, is longer than the limit.
    private func checkLength(_ length: Int) throws(FileError) {
        guard length <= lineLimit else {
            throw FileError(path, "line \(lineNumber + 1) is longer than \(lineLimit) bytes; wanted a shorter one")
        }
    }

    /// Lends the bytes of the current line, without its line end (LF or CRLF).
    public borrowing func withLine<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(rebasing: buffer[line]).bytes)
    }

    /// Lends the bytes of the current line, the first `lineLength`, and `padding` more, which mean nothing.
    @inlinable
    public borrowing func withPaddedLine<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(paddedLine.bytes)
    }

    @usableFromInline
    var paddedLine: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[line.lowerBound..<line.upperBound + Self.padding])
    }

    private mutating func takeLine(length: Int, including lineEnd: Int) {
        lineNumber += 1
        lineOffset = passedCount
        passedCount += length + lineEnd
        var end = pending.lowerBound + length
        line = pending.lowerBound..<end
        pending = end + lineEnd..<pending.upperBound
        if length > 0, buffer[end - 1] == 0x0D {
            end -= 1
            line = line.lowerBound..<end
        }
    }

    /// Reads more bytes behind the pending ones, moving those to the front and growing the buffer where needed.
    private mutating func fill() throws(FileError) {
        if pending.lowerBound > 0 {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[pending]))
            pending = 0..<pending.count
        }
        if pending.count + Self.padding == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: 2 * pending.count + Self.padding, alignment: 64)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        }
        let free = UnsafeMutableRawBufferPointer(rebasing: buffer[pending.upperBound..<buffer.count - Self.padding])
        let count = try source.read(into: free, place: "after line \(lineNumber)")
        pending = pending.lowerBound..<pending.upperBound + count
        // What an earlier line left there must not look like more of this one.
        UnsafeMutableRawBufferPointer(rebasing: buffer[pending.upperBound..<pending.upperBound + Self.padding])
            .initializeMemory(as: UInt8.self, repeating: 0)
        isAtEnd = count == 0
    }
}
