import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

/// Properties and contents of files and folders.
struct FilePathFileOperationsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    // MARK: kind

    @Test func `a file is a file, and a folder a folder`() throws {
        let file = try folder.file("a.txt", "text")
        #expect(try file.kind() == .file)
        #expect(try folder.path.kind() == .folder)
    }

    @Test func `a device is something else`() throws {
        let kind = try FilePath("/dev/null").kind()
        #expect(kind == .other)
    }

    @Test func `a link is what it leads to`() throws {
        try folder.file("a.txt", "text")
        let toFile = try folder.link("to file", to: "a.txt")
        let toFolder = try folder.link("to folder", to: ".")
        #expect(try toFile.kind() == .file)
        #expect(try toFolder.kind() == .folder)
    }

    @Test func `where nothing is there is no kind`() throws {
        let file = try folder.file("a.txt", "text")
        let broken = try folder.link("broken", to: "nowhere")
        let kinds = try [folder.path.appending("missing"), file.appending("below a file"), broken].map { try $0.kind() }
        #expect(kinds == [nil, nil, nil])
    }

    @Test func `a link to itself cannot be examined`() throws {
        let loop = try folder.link("loop", to: "loop")
        let message = message { _ = try loop.kind() }
        #expect(message == "\(loop): cannot be examined: Too many levels of symbolic links")
    }

    // MARK: fileSize

    @Test(arguments: [0, 1, 70_000])
    func `the size is in bytes`(size: Int) throws {
        let file = try folder.file("a", String(repeating: "x", count: size))
        #expect(try file.fileSize() == size)
    }

    @Test func `a missing file has no size`() {
        let missing = folder.path.appending("missing")
        let message = message { _ = try missing.fileSize() }
        #expect(message == "\(missing): cannot be examined: No such file or directory")
    }

    // MARK: entryNames

    @Test func `the names in a folder are sorted by their bytes, hidden ones included`() throws {
        for name in ["b", "é", "a b", "Z", ".hidden", "a", "z"] { try folder.file(name, "") }
        try folder.file("folder/inside", "")
        let names = try folder.path.entryNames()
        #expect(names == [".hidden", "Z", "a", "a b", "b", "folder", "z", "é"])
    }

    @Test func `an empty folder has no names`() throws {
        #expect(try folder.path.entryNames() == [])
    }

    @Test func `a missing folder cannot be listed`() {
        let missing = folder.path.appending("missing")
        let message = message { _ = try missing.entryNames() }
        #expect(message == "\(missing): cannot be listed: No such file or directory")
    }

    @Test func `a file cannot be listed`() throws {
        let file = try folder.file("a.txt", "text")
        let message = message { _ = try file.entryNames() }
        #expect(message == "\(file): cannot be listed: Not a directory")
    }

    // MARK: filesBelow

    private func filesBelow() throws -> [String] {
        try folder.path.filesBelow().map(\.string)
    }

    @Test func `files below a folder come in the order of a sorted walk`() throws {
        for name in ["b.txt", "a/y", "a/x/deep/z", "a.txt", "B", "a/x.txt"] { try folder.file(name, "") }
        #expect(try filesBelow() == ["B", "a/x/deep/z", "a/x.txt", "a/y", "a.txt", "b.txt"])
    }

    @Test func `what begins with a dot is left out`() throws {
        for name in [".hidden", ".folder/inside", "a/.hidden", "a/x", "b."] { try folder.file(name, "") }
        #expect(try filesBelow() == ["a/x", "b."])
    }

    @Test func `a folder whose own name begins with a dot is walked through if asked for`() throws {
        try folder.file(".folder/inside", "")
        let files = try folder.path.appending(".folder").filesBelow()
        #expect(files == ["inside"])
    }

    @Test func `folders without files give nothing`() throws {
        try folder.folder(name: "a/b/c")
        #expect(try filesBelow() == [])
    }

    @Test func `links to files and folders are followed`() throws {
        try folder.file("a/x", "")
        try folder.link("b", to: "a")
        try folder.link("c", to: "a/x")
        #expect(try filesBelow() == ["a/x", "b/x", "c"])
    }

    @Test func `links to a folder that the walk is inside of are not followed`() throws {
        try folder.file("a/x", "")
        try folder.link("a/up", to: "..")
        try folder.link("a/here", to: ".")
        #expect(try filesBelow() == ["a/x"])
    }

    @Test func `two folders that link to each other end`() throws {
        try folder.file("a/x", "")
        try folder.file("b/y", "")
        try folder.link("a/b", to: "../b")
        try folder.link("b/a", to: "../a")
        #expect(try filesBelow() == ["a/b/y", "a/x", "b/a/x", "b/y"])
    }

    @Test func `links to nothing are passed over`() throws {
        try folder.file("a", "")
        try folder.link("broken", to: "nowhere")
        #expect(try filesBelow() == ["a"])
    }

    @Test func `files below a missing folder are an error`() {
        let missing = folder.path.appending("missing")
        let message = message { _ = try missing.filesBelow() }
        #expect(message == "\(missing): cannot be examined: No such file or directory")
    }

    @Test func `files below a file are an error`() throws {
        let file = try folder.file("a.txt", "")
        let message = message { _ = try file.filesBelow() }
        #expect(message == "\(file): cannot be listed: Not a directory")
    }

    // MARK: readFile

    @Test func `a file is read whole`() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let file = try folder.file("a", bytes: bytes)
        let read = try file.readFile()
        #expect(read == bytes)
    }

    @Test func `an empty file has no bytes`() throws {
        let file = try folder.file("a", "")
        #expect(try file.readFile() == [])
    }

    @Test func `a file of just the limit is read`() throws {
        let file = try folder.file("a", "12345")
        #expect(try file.readFile(limit: 5) == Array("12345".utf8))
    }

    @Test func `a file beyond the limit is not read`() throws {
        let file = try folder.file("a", "12345")
        let message = message { _ = try file.readFile(limit: 4) }
        #expect(message == "\(file): has 5 bytes; expected at most 4")
    }

    @Test func `a folder is not read`() {
        let message = message { _ = try folder.path.readFile() }
        #expect(message == "\(folder.path): is a folder; expected a file")
    }

    @Test func `a missing file is not read`() {
        let missing = folder.path.appending("missing")
        let message = message { _ = try missing.readFile() }
        #expect(message == "\(missing): cannot be opened: No such file or directory")
    }

    @Test func `a device of no size has no bytes`() throws {
        #expect(try FilePath("/dev/null").readFile() == [])
    }

    // MARK: readBytes

    @Test(arguments: [
        (0, 5, "01234"), (3, 4, "3456"), (0, 10, "0123456789"), (8, 5, "89"), (10, 5, ""), (50, 5, ""), (4, 0, ""),
    ])
    func `bytes are read from an offset on, as far as the file goes`(offset: Int, count: Int, expected: String) throws {
        let file = try folder.file("a", "0123456789")
        let bytes = try file.readBytes(at: offset, count: count)
        #expect(bytes == Array(expected.utf8))
    }

    @Test func `bytes of a missing file are not read`() {
        let missing = folder.path.appending("missing")
        let message = message { _ = try missing.readBytes(at: 0, count: 1) }
        #expect(message == "\(missing): cannot be opened: No such file or directory")
    }

    @Test func `bytes of a folder are not read`() {
        let message = message { _ = try folder.path.readBytes(at: 0, count: 1) }
        #expect(message == "\(folder.path): cannot be read: Is a directory")
    }
}
