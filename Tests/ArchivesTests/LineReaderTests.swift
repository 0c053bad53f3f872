@testable import Archives
import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

/// The lines of a file, read to its end.
private func lines(of path: FilePath, limit: Int = LineReader.defaultLineLimit) throws -> [String] {
    var reader = try LineReader(path, lineLimit: limit)
    var lines: [String] = []
    while try reader.advance() {
        lines.append(reader.text)
        #expect(reader.lineNumber == lines.count)
    }
    return lines
}

extension LineReader {
    /// The current line.
    fileprivate var text: String {
        withLine { line in line.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }
}

struct LineReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    // MARK: Line ends

    @Test(arguments: [
        ("a\nb\n", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]), ("a\nb\r\nc\n", ["a", "b", "c"]), ("a\nb", ["a", "b"]),
        ("a\r\nb", ["a", "b"]), ("a\r\nb\r", ["a", "b"]), ("a", ["a"]), ("", []), ("\n", [""]), ("\r\n", [""]),
        ("\n\n\n", ["", "", ""]), ("a\n\nb\n\n", ["a", "", "b", ""]), ("a\rb\nc", ["a\rb", "c"]),
        ("a\r\r\n", ["a\r"]), (" a \n\tb", [" a ", "\tb"]), ("é\0😀\n", ["é\0😀"]),
    ])
    func `a line ends with LF, CRLF or the file`(contents: String, expected: [String]) throws {
        let file = try folder.file("a.txt", contents)
        let lines = try lines(of: file)
        #expect(lines == expected)
    }

    @Test func `lines are counted from 1, and before the first stands 0`() throws {
        var reader = try LineReader(folder.file("a.txt", "a\n\nb"))
        var numbers = [reader.lineNumber]
        while try reader.advance() { numbers.append(reader.lineNumber) }
        #expect(numbers == [0, 1, 2, 3])
    }

    @Test func `the padded line is the line and 64 bytes`() throws {
        var reader = try LineReader(folder.file("a.txt", "first\r\nlast"))
        while try reader.advance() {
            let (count, text) = reader.withPaddedLine { line in
                (
                    line.byteCount,
                    line.withUnsafeBytes { String(decoding: $0.prefix(reader.lineLength), as: UTF8.self) }
                )
            }
            #expect(count == reader.lineLength + 64)
            #expect(text == reader.text)
        }
    }

    @Test func `behind the last line are zeros, whatever stood there before`() throws {
        let long = String(repeating: "x", count: 1000)
        let contents = String(repeating: "\(long)\n", count: 600) + "last"
        var reader = try LineReader(folder.file("a.txt", contents))
        var padding: [UInt8] = []
        while try reader.advance() {
            padding = reader.withPaddedLine { line in line.withUnsafeBytes { Array($0.dropFirst(4)) } }
        }
        #expect(padding == [UInt8](repeating: 0, count: 64))
    }

    @Test func `at the end of the file a reader stays there`() throws {
        var reader = try LineReader(folder.file("a.txt", "a\n"))
        let answers = try (0..<4).map { _ in try reader.advance() }
        #expect(answers == [true, false, false, false])
    }

    @Test func `a line's offset and length find it in the text`() throws {
        let contents = "first\r\n\nthird\n" + String(repeating: "x", count: 3 << 20) + "\nfifth\r\nlast"
        let bytes = Array(contents.utf8)
        var reader = try LineReader(folder.file("a.txt", contents))
        var count = 0
        while try reader.advance() {
            let found = bytes.dropFirst(reader.lineOffset).prefix(reader.lineLength)
            #expect(String(decoding: found, as: UTF8.self) == reader.text)
            count += 1
        }
        #expect(count == 6)
    }

    @Test func `the offset in a gzipped file is that in its text`() throws {
        var reader = try LineReader(folder.gzipped("a.gz", "first\nsecond\nthird"))
        var offsets: [Int] = []
        while try reader.advance() { offsets.append(reader.lineOffset) }
        #expect(offsets == [0, 6, 13])
    }

    @Test func `what is thrown over a line comes out as it is`() throws {
        struct Refusal: Error {}
        var reader = try LineReader(folder.file("a.txt", "a\n"))
        _ = try reader.advance()
        var isRefused = false
        do throws(Refusal) {
            try reader.withLine { (_) throws(Refusal) in throw Refusal() }
        } catch {
            isRefused = true
        }
        #expect(isRefused)
    }

    // MARK: The buffer of 256 KiB

    @Test(arguments: [-2, -1, 0, 1, 2])
    func `a line about as long as the buffer is whole`(excess: Int) throws {
        let long = String(repeating: "x", count: 1 << 18 + excess)
        let lines = try lines(of: folder.file("a.txt", "first\n\(long)\nlast"))
        #expect(lines == ["first", long, "last"])
    }

    @Test func `a line several times as long as the buffer is whole`() throws {
        let long = String(repeating: "0123456789", count: 500_000)
        let lines = try lines(of: folder.file("a.txt", "\(long)\r\n\(long)\r\nlast\r\n"))
        #expect(lines == [long, long, "last"])
    }

    @Test func `lines across the buffer's end are whole`() throws {
        let expected = (0..<9000).map { String(repeating: "\($0) ", count: $0 % 97) }
        let lines = try lines(of: folder.file("a.txt", expected.joined(separator: "\n") + "\n"))
        #expect(lines == expected)
    }

    @Test(arguments: [-1, 0, 1])
    func `a CRLF across the buffer's end is one line end`(excess: Int) throws {
        let long = String(repeating: "x", count: 1 << 18 - 1 + excess)
        let lines = try lines(of: folder.file("a.txt", "\(long)\r\nlast"))
        #expect(lines == [long, "last"])
    }

    // MARK: The limit

    @Test func `a line of just the limit is read`() throws {
        let lines = try lines(of: folder.file("a.txt", "12345\n1234\r\n12345"), limit: 5)
        #expect(lines == ["12345", "1234", "12345"])
    }

    @Test(arguments: ["1\n123456\n", "1\n123456", "1\n12345\r\n", "1\n" + String(repeating: "x", count: 3 << 20)])
    func `a line beyond the limit is an error`(contents: String) throws {
        let file = try folder.file("a.txt", contents)
        let message = message { _ = try lines(of: file, limit: 5) }
        #expect(message == "\(file):2: the line is longer than 5 bytes; expected a shorter one")
    }

    @Test func `lines before the one beyond the limit are read`() throws {
        var reader = try LineReader(folder.file("a.txt", "12\n34\n123456\n"), lineLimit: 5)
        let answers = try [reader.advance(), reader.advance()]
        #expect(answers == [true, true])
        #expect(reader.text == "34")
    }

    @Test func `the limit is 16 MiB if none is given`() throws {
        let long = String(repeating: "x", count: 16 << 20)
        let file = try folder.file("a.txt", "\(long)\n\(long)x\n")
        let message = message { _ = try lines(of: file) }
        #expect(message == "\(file):2: the line is longer than 16777216 bytes; expected a shorter one")
    }

    // MARK: gzip

    @Test func `a gzipped file has the lines of the plain one`() throws {
        let expected = (0..<40_000).map { "line \($0 * $0)" }
        let lines = try lines(of: folder.gzipped("a.txt.gz", expected.joined(separator: "\r\n")))
        #expect(lines == expected)
    }

    @Test func `an empty gzipped file has no lines`() throws {
        let lines = try lines(of: folder.gzipped("a.gz", ""))
        #expect(lines == [])
    }

    @Test func `the name does not tell whether a file is gzipped`() throws {
        let zipped = try folder.gzipped("a.gz", "a\nb\n").readFile()
        let zippedLines = try lines(of: folder.file("a.txt", bytes: zipped))
        let plainLines = try lines(of: folder.file("plain.gz", "a\nb\n"))
        #expect(zippedLines == ["a", "b"])
        #expect(plainLines == ["a", "b"])
    }

    @Test func `a reader says whether the file is gzipped, once a line was read`() throws {
        var zipped = try LineReader(folder.gzipped("a.gz", "a\n"))
        var plain = try LineReader(folder.file("plain.gz", "a\n"))
        _ = try (zipped.advance(), plain.advance())
        let answers = [zipped.isCompressed, plain.isCompressed]
        #expect(answers == [true, false])
    }

    @Test func `gzipped files one behind the other are one file`() throws {
        let both = try folder.gzipped("a.gz", "a\nb").readFile() + folder.gzipped("b.gz", "c\nd\n").readFile()
        let lines = try lines(of: folder.file("both.gz", bytes: both))
        #expect(lines == ["a", "bc", "d"])
    }

    @Test(arguments: [4, 8, 20])
    func `a gzipped file that is cut off is an error`(missing: Int) throws {
        let whole = try folder.gzipped("a.gz", "a\nb\nc\n").readFile()
        let file = try folder.file("cut.gz", bytes: Array(whole.dropLast(missing)))
        let message = message { _ = try lines(of: file) } ?? ""
        #expect(message.hasPrefix("\(file): cannot be read after byte "))
        #expect(message.hasSuffix(": corrupt gzip data (unexpected end of file)"))
    }

    @Test func `a gzipped file with a wrong checksum is an error`() throws {
        var bytes = try folder.gzipped("a.gz", "a\nb\nc\n").readFile()
        bytes[bytes.count - 8] ^= 1
        let file = try folder.file("wrong.gz", bytes: bytes)
        let message = message { _ = try lines(of: file) }
        #expect(message == "\(file): cannot be read after byte 6: corrupt gzip data (incorrect data check)")
    }

    @Test func `a gzipped file that lacks its checksum gives all of its lines`() throws {
        let whole = try folder.gzipped("a.gz", "a\nb\nc\n").readFile()
        var reader = try LineReader(folder.file("cut.gz", bytes: Array(whole.dropLast(8))))
        for expected in ["a", "b", "c"] {
            #expect(try reader.advance())
            #expect(reader.text == expected)
        }
        #expect(throws: DataError.self) { () throws in _ = try reader.advance() }
        #expect(throws: DataError.self) { () throws in _ = try reader.advance() }
    }

    /// zlib's `gzread` ignores bytes after a member that have no valid header.
    @Test(arguments: [0, 1, 2, 3])
    func `a damaged header of a second gzip member hides nothing`(place: Int) throws {
        let first = try folder.gzipped("a.gz", "a\nb\n").readFile()
        var second = try folder.gzipped("b.gz", "c\nd\n").readFile()
        second[place] ^= 0x80
        let file = try folder.file("both.gz", bytes: first + second)
        let message = message { _ = try lines(of: file) } ?? ""
        #expect(message.hasPrefix("\(file): cannot be read after byte 4: corrupt gzip data ("))
    }

    @Test func `zeros may stand behind gzip data, and nothing else`() throws {
        let whole = try folder.gzipped("a.gz", "a\nb\n").readFile()
        for count in [1, 511, 300_000] {
            let zeros = [UInt8](repeating: 0, count: count)
            #expect(try lines(of: folder.file("zeros.gz", bytes: whole + zeros)) == ["a", "b"])
            let file = try folder.file("more.gz", bytes: whole + zeros + [7])
            let message = message { _ = try lines(of: file) }
            #expect(
                message == "\(file): cannot be read after byte 4: corrupt gzip data (unexpected bytes after the end)")
        }
    }

    @Test func `a damaged gzipped file gives the lines before the damage`() throws {
        let expected = (0..<200_000).map { "line \($0 &* 2_654_435_761)" }
        let whole = try folder.gzipped("a.gz", expected.joined(separator: "\n")).readFile()
        let file = try folder.file("cut.gz", bytes: Array(whole.dropLast(whole.count / 4)))
        var reader = try LineReader(file)
        var count = 0
        let error = #expect(throws: DataError.self) { () throws in
            while try reader.advance() {
                #expect(reader.text == expected[count])
                count += 1
            }
        }
        #expect((100_000...160_000).contains(count))
        let problem = error?.problem ?? ""
        #expect(problem.hasPrefix("cannot be read after byte "))
        #expect(problem.hasSuffix(": corrupt gzip data (unexpected end of file)"))
    }

    // MARK: What is no file

    @Test func `a folder has no lines`() {
        let message = message { _ = try lines(of: folder.path) }
        #expect(message == "\(folder.path): is a folder; expected a file")
    }

    @Test func `a missing file has no lines`() {
        let missing = folder.path.appending("missing.ndjson")
        let message = message { _ = try lines(of: missing) }
        #expect(message == "\(missing): cannot be opened: No such file or directory")
    }

    @Test func `a link to itself has no lines`() throws {
        let loop = try folder.link("loop", to: "loop")
        let message = message { _ = try lines(of: loop) }
        #expect(message == "\(loop): cannot be examined: Too many levels of symbolic links")
    }
}
