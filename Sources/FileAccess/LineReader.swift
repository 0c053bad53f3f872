import CZlib
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
/// Memory: a buffer of 1 MiB, which grows to hold the longest line.
public struct LineReader: ~Copyable {
    /// The longest line that is accepted by default, in bytes before its LF: 16 MiB. Raw drawings come to some 40 kB.
    public static let defaultLineLimit = 16 << 20

    /// The file, as it was given.
    public let path: FilePath
    /// The number of the current line, from 1; 0 before the first.
    public private(set) var lineNumber = 0

    /// Where the current line begins, in bytes from the start of the (uncompressed) text.
    public private(set) var lineOffset = 0
    /// How many bytes the current line has, without its line end.
    public var lineLength: Int { line.count }

    private let lineLimit: Int
    private let file: gzFile
    private var buffer: UnsafeMutableRawBufferPointer
    /// The bytes of the buffer that were read and not yet passed.
    private var pending = 0..<0
    private var line = 0..<0
    private var isAtEnd = false
    /// How many bytes of the text come before `pending`.
    private var passedCount = 0

    /// Opens the file at `path`, before its first line.
    ///
    /// - Parameter lineLimit: the longest line to accept, in bytes before its LF.
    /// - Throws: `FileError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath, lineLimit: Int = defaultLineLimit) throws(FileError) {
        guard try path.kind() != .folder else { throw FileError(path, "is a folder; wanted a file") }
        guard let file = path.withPlatformString({ gzopen($0, "rb") }) else {
            throw FileError(path, "cannot be opened: \(Errno(rawValue: errno))")
        }
        gzbuffer(file, 1 << 18)
        self.path = path
        self.lineLimit = lineLimit
        self.file = file
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    }

    deinit {
        gzclose(file)
        buffer.deallocate()
    }

    /// Whether the file is gzipped; known once a line was read.
    public var isCompressed: Bool { gzdirect(file) == 0 }

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
        if pending.count == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 64)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        }
        let free = UnsafeMutableRawBufferPointer(rebasing: buffer[pending.upperBound...])
        let count = gzread(file, free.baseAddress, UInt32(min(free.count, 1 << 30)))
        var status: Int32 = Z_OK
        // zlib puts the path in front of its words.
        let message = gzerror(file, &status).map { String(cString: $0).replacing("\(path): ", with: "") } ?? ""
        guard count >= 0, status == Z_OK || status == Z_STREAM_END else {
            let problem = status == Z_ERRNO ? "\(Errno(rawValue: errno))" : "damaged gzip data (\(message))"
            throw FileError(path, "cannot be read after line \(lineNumber): \(problem)")
        }
        pending = pending.lowerBound..<pending.upperBound + Int(count)
        isAtEnd = count == 0
    }
}
