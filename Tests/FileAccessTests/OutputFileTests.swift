import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

struct OutputFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var path: FilePath { folder.path.appending("a.txt") }

    @Test func `a file is there when it is committed`() throws {
        let file = try OutputFile(path)
        try file.write(Array("one ".utf8))
        try file.write(Array("two".utf8))
        try file.commit()
        #expect(try folder.names() == ["a.txt"])
        #expect(try folder.text(of: "a.txt") == "one two")
    }

    @Test func `until then it has a temporary name in the same folder`() throws {
        let file = try OutputFile(path)
        try file.write(Array("text".utf8))
        let names = try folder.names()
        #expect(names.count == 1 && names[0].hasPrefix(".a.txt.") && names[0].hasSuffix(".partial"))
        try file.commit()
    }

    @Test func `a file that is never committed leaves nothing behind`() throws {
        do {
            let file = try OutputFile(path)
            try file.write(Array("text".utf8))
        }
        #expect(try folder.names() == [])
    }

    @Test func `an error on the way leaves nothing behind`() throws {
        struct Failure: Error {}
        #expect(throws: Failure.self) { () throws in
            let file = try OutputFile(path)
            try file.write(Array("text".utf8))
            if file.path == path { throw Failure() }
            try file.commit()
        }
        #expect(try folder.names() == [])
    }

    @Test func `what stood there before stays until the commit, and is then replaced`() throws {
        try folder.file("a.txt", "old and longer")
        let file = try OutputFile(path)
        try file.write(Array("new".utf8))
        #expect(try folder.text(of: "a.txt") == "old and longer")
        try file.commit()
        #expect(try folder.text(of: "a.txt") == "new")
    }

    @Test func `what stood there before stays if the file is never committed`() throws {
        try folder.file("a.txt", "old")
        do {
            let file = try OutputFile(path)
            try file.write(Array("new".utf8))
        }
        #expect(try folder.names() == ["a.txt"])
        #expect(try folder.text(of: "a.txt") == "old")
    }

    @Test func `two processes that write the same file do not share a temporary one`() throws {
        let first = try OutputFile(path)
        let second = try OutputFile(path)
        try first.write(Array("first".utf8))
        try second.write(Array("second".utf8))
        try first.commit()
        #expect(try folder.text(of: "a.txt") == "first")
        try second.commit()
        #expect(try folder.text(of: "a.txt") == "second")
        #expect(try folder.names() == ["a.txt"])
    }

    @Test func `what killed processes left is removed, and nothing else`() throws {
        let file = try OutputFile(path)
        let open = try folder.names()
        for name in [".a.txt.node-4711-0123456789abcdef.partial", ".a.txt.partial", ".b.partial", "c.partial"] {
            try folder.file(name, "left behind")
        }
        try folder.path.removeAbandonedFiles()
        #expect(try Set(folder.names()) == Set(open + [".a.txt.partial", ".b.partial", "c.partial"]))
        try file.commit()
    }

    @Test func `of a certain file, only its own remains are removed`() throws {
        let names = [".a.txt.node-1-0123456789abcdef.partial", ".b.txt.node-1-0123456789abcdef.partial"]
        for name in names { try folder.file(name, "left behind") }
        try folder.path.removeAbandonedFiles(of: "a.txt")
        #expect(try folder.names() == [names[1]])
    }

    @Test func `a file of nothing is empty`() throws {
        let file = try OutputFile(path)
        try file.commit()
        #expect(try folder.text(of: "a.txt") == "")
    }

    // MARK: Errors

    @Test func `in a missing folder no file is made`() {
        let path = folder.path.appending("missing/a.txt")
        let message = message { _ = try OutputFile(path) }
        #expect(message == "\(path): cannot be written: No such file or directory")
    }

    @Test func `a file does not replace a folder, and leaves nothing behind`() throws {
        try folder.file("a.txt/inside", "")
        let message = message {
            let file = try OutputFile(path)
            try file.commit()
        }
        #expect(message?.hasSuffix(".partial: cannot be renamed to \(path): Is a directory") == true)
        #expect(try folder.names() == ["a.txt", "a.txt/inside"])
    }

    // MARK: Whole files

    @Test func `a whole file is written, replacing what stood there`() throws {
        try folder.file("a.txt", "old and longer")
        try path.writeFile(Array("new".utf8))
        #expect(try folder.names() == ["a.txt"])
        #expect(try folder.text(of: "a.txt") == "new")
    }

    @Test func `a whole file is written in place, replacing what stood there`() throws {
        try folder.file("a.txt", "old and longer")
        try path.writeFileInPlace(Array("new".utf8))
        #expect(try folder.names() == ["a.txt"])
        #expect(try folder.text(of: "a.txt") == "new")
    }

    @Test func `in a missing folder no file is written`() {
        let path = folder.path.appending("missing/a.txt")
        let messages = [message { try path.writeFile([]) }, message { try path.writeFileInPlace([]) }]
        let expected = "\(path): cannot be written: No such file or directory"
        #expect(messages == [expected, expected])
    }

    @Test func `a folder is not written over`() {
        let message = message { try folder.path.writeFileInPlace([]) }
        #expect(message == "\(folder.path): cannot be written: Is a directory")
    }
}
