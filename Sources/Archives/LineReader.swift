public import FileAccess
public import SystemPackage

/// Reads a text file line by line, gzipped or not, whatever its name says.
///
/// Memory: that of a `ByteReader`, which grows to hold the longest line.
public struct LineReader: ~Copyable {
    /// The longest line that is accepted by default, in bytes before its LF: 16 MiB. Raw drawings come to some 40 kB.
    public static let defaultLineLimit = 16 << 20

    /// The file, as it was given.
    public var path: FilePath { bytes.path }
    /// The number of the current line, from 1; 0 before the first.
    public private(set) var lineNumber = 0
    /// Where the current line begins, in bytes from the start of the (uncompressed) text.
    public var lineOffset: Int { bytes.offset }
    /// Where the next line begins, if there is one.
    public var nextLineOffset: Int { bytes.offset + passedLength }
    /// How many bytes the current line has, without its line end (LF or CRLF).
    public private(set) var lineLength = 0

    /// Whether the current line ends with LF, and not with the file.
    public var hasLineEnd: Bool { passedLength > 0 && bytes.byte(at: passedLength - 1) == 0x0A }

    private let lineLimit: Int
    /// The current line comes first in it.
    @usableFromInline var bytes: ByteReader
    /// How many bytes the current line has with its line end.
    private var passedLength = 0

    /// Opens the file at `path`, before its first line.
    ///
    /// - Parameter lineLimit: the longest line to accept, in bytes before its LF.
    /// - Throws: `DataError` if it cannot be opened, or is a folder.
    public init(_ path: FilePath, lineLimit: Int = defaultLineLimit) throws(DataError) {
        self.init(try ByteReader(path), lineLimit: lineLimit)
    }

    /// Takes over a reader, before the line that begins with its next byte.
    public init(_ bytes: consuming ByteReader, lineLimit: Int = defaultLineLimit) {
        self.bytes = bytes
        self.lineLimit = lineLimit
    }

    /// Whether the file is gzipped; known once a line was read.
    public var isCompressed: Bool { bytes.isCompressed }

    /// Goes to the next line; false at the end of the file.
    ///
    /// - Throws: `DataError` if the file cannot be read, is damaged (gzip), or the line is longer than the limit.
    public mutating func advance() throws(DataError) -> Bool {
        bytes.pass(passedLength)
        (lineLength, passedLength) = (0, 0)
        var searched = 0
        while true {
            if let length = bytes.firstIndex(of: 0x0A, from: searched) {
                try take(length, lineEnd: 1)
                return true
            }
            searched = bytes.count
            try checkLength(searched)
            if try !bytes.fill(to: searched + 1) {
                if searched == 0 { return false }
                try take(searched, lineEnd: 0)
                return true
            }
        }
    }

    private mutating func take(_ length: Int, lineEnd: Int) throws(DataError) {
        try checkLength(length)
        lineNumber += 1
        passedLength = length + lineEnd
        lineLength = length
        if length > 0, bytes.byte(at: length - 1) == 0x0D { lineLength -= 1 }
    }

    /// Throws if the upcoming line, or what was read of it so far, is longer than the limit.
    private func checkLength(_ length: Int) throws(DataError) {
        guard length <= lineLimit else {
            throw DataError(path, "line \(lineNumber + 1) is longer than \(lineLimit) bytes; expected a shorter one")
        }
    }

    /// Lends the bytes of the current line, without its line end (LF or CRLF).
    public borrowing func withLine<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        let length = lineLength
        return try bytes.withBytes { (bytes) throws(E) in try body(bytes.extracting(0..<length)) }
    }

    /// Lends the bytes of the current line, the first `lineLength`, and `ByteReader.padding` more, which mean nothing.
    @inlinable
    public borrowing func withPaddedLine<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try bytes.withPaddedBytes(lineLength, body)
    }
}
