public import FileAccess
public import SystemPackage

/// Reads the lines of a text file, gzipped or not (its contents decide, not its name).
///
/// Memory: the buffer of a `ByteReader`, which grows to the longest line.
public struct LineReader: ~Copyable {
    /// The longest line that is accepted by default, in bytes before its LF: 16 MiB. Raw drawings take up to 40 kB.
    public static let defaultLineLimit = 16 << 20

    /// The file.
    public var path: FilePath { bytes.path }
    /// The number of the current line, from 1; 0 before the first.
    public private(set) var lineNumber = 0
    /// The offset of the current line in the (uncompressed) file.
    public var lineOffset: Int { bytes.offset }
    /// The offset of the next line, if there is one.
    public var nextLineOffset: Int { bytes.offset + fullLength }
    /// The length of the current line in bytes, without its line end (LF or CRLF).
    public private(set) var lineLength = 0

    /// Whether the current line ends with LF, not with the end of the file.
    public var hasLineEnd: Bool { fullLength > 0 && bytes.byte(at: fullLength - 1) == 0x0A }

    private let lineLimit: Int
    /// Its unconsumed bytes begin with the current line.
    @usableFromInline var bytes: ByteReader
    /// The length of the current line with its line end.
    private var fullLength = 0

    /// Opens the file at `path`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - lineLimit: The longest line to accept, in bytes before its LF.
    /// - Throws: `DataError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath, lineLimit: Int = defaultLineLimit) throws(DataError) {
        self.init(try ByteReader(path), lineLimit: lineLimit)
    }

    /// A reader of the lines that begin with the next byte of `bytes`.
    public init(_ bytes: consuming ByteReader, lineLimit: Int = defaultLineLimit) {
        self.bytes = bytes
        self.lineLimit = lineLimit
    }

    /// Whether the file is gzipped; known after the first line was read.
    public var isCompressed: Bool { bytes.isCompressed }

    /// Checks that nobody has written to the file since it was opened.
    ///
    /// - Throws: `DataError` if somebody has.
    package func checkUnchanged() throws(DataError) { try bytes.checkUnchanged() }

    /// Advances to the next line; false at the end of the file.
    ///
    /// - Throws: `DataError` if the file cannot be read, its gzip data is corrupt, or the line is too long.
    public mutating func advance() throws(DataError) -> Bool {
        bytes.consume(fullLength)
        (lineLength, fullLength) = (0, 0)
        var searched = 0
        while true {
            if let length = bytes.firstIndex(of: 0x0A, from: searched) {
                try setLine(length, lineEnd: 1)
                return true
            }
            searched = bytes.count
            try checkLength(searched)
            if try !bytes.fill(to: searched + 1) {
                if searched == 0 { return false }
                try setLine(searched, lineEnd: 0)
                return true
            }
        }
    }

    private mutating func setLine(_ length: Int, lineEnd: Int) throws(DataError) {
        try checkLength(length)
        lineNumber += 1
        fullLength = length + lineEnd
        lineLength = length
        if length > 0, bytes.byte(at: length - 1) == 0x0D { lineLength -= 1 }
    }

    /// Throws if the next line, or its part that was read, is longer than the limit.
    private func checkLength(_ length: Int) throws(DataError) {
        guard length <= lineLimit else {
            throw DataError(
                path, line: lineNumber + 1, "the line is longer than \(lineLimit) bytes; expected a shorter one")
        }
    }

    /// Lends the bytes of the current line, without its line end (LF or CRLF).
    public borrowing func withLine<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        let length = lineLength
        return try bytes.withBytes { (bytes) throws(E) in try body(bytes.extracting(0..<length)) }
    }

    /// Lends the bytes of the current line, `lineLength` of them, and `ByteReader.padding` bytes after it.
    @inlinable
    public borrowing func withPaddedLine<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try bytes.withPaddedBytes(lineLength, body)
    }
}
