import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

struct GrowingFileTests {
    private let folder: TemporaryFolder
    private var path: FilePath { folder.path.appending("a.tar") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `what is appended is in the file at once, under its own name`() throws {
        var file = try AppendableFile(path, keeping: 0)
        try file.append(Array("one ".utf8))
        #expect(try folder.text(of: "a.tar") == "one ")
        try file.append(Array("two".utf8))
        try file.close()
        #expect(try folder.text(of: "a.tar") == "one two")
    }

    @Test(arguments: [0, 3, 7]) func `what lies beyond the size to keep is cut off`(size: Int) throws {
        try folder.file("a.tar", "one two")
        var file = try AppendableFile(path, keeping: size)
        try file.append(Array("!".utf8))
        try file.close()
        #expect(try folder.text(of: "a.tar") == "one two".prefix(size) + "!")
    }

    @Test func `a file that has less than it should is refused`() throws {
        try folder.file("a.tar", "one")
        let message = message { _ = try AppendableFile(path, keeping: 4) }
        #expect(message == "\(path): has 3 bytes; expected at least 4")
        #expect(try folder.text(of: "a.tar") == "one")
    }

    @Test func `a file in a missing folder is refused`() {
        let missing = folder.path.appending("b/a.tar")
        let message = message { _ = try AppendableFile(missing, keeping: 0) }
        #expect(message == "\(missing): cannot be written: No such file or directory")
    }
}
