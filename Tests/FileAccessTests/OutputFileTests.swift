import FileAccess
import Foundation
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

    @Test func `what a killed process left is removed, and what a living one writes stays`() throws {
        let file = try OutputFile(path)
        let living = try folder.names()
        try folder.file(".a.txt.host-1-0123456789abcdef.partial", "left behind")
        try folder.file(".b.txt.host-1-0123456789abcdef.partial", "of another file")
        try folder.file(".a.txt.partial", "of another program")
        path.removeAbandonedOutput()
        let others = [".a.txt.partial", ".b.txt.host-1-0123456789abcdef.partial"]
        #expect(try Set(folder.names()) == Set(living + others))
        try file.commit()
        #expect(try Set(folder.names()) == Set(["a.txt"] + others))
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

    // MARK: Links, pipes, and devices

    @Test(arguments: ["b.txt", "missing.txt", "./sub/../b.txt"])
    func `a link is written through`(target: String) throws {
        try folder.file("b.txt", "old")
        try folder.folder(name: "sub")
        try folder.link("a.txt", to: target)
        try path.writeFile(Array("new".utf8))
        let name = FilePath(target).lastComponent?.string ?? ""
        #expect(try folder.text(of: name) == "new")
        #expect(try Stat(path, followTargetSymlink: false).type == .symbolicLink)
    }

    @Test func `a link to a link is written through`() throws {
        try folder.link("a.txt", to: "sub/middle")
        try folder.folder(name: "sub")
        try folder.link("sub/middle", to: "../c.txt")
        try path.writeFile(Array("new".utf8))
        #expect(try folder.names() == ["a.txt", "c.txt", "sub", "sub/middle"])
        #expect(try folder.text(of: "c.txt") == "new")
    }

    @Test func `a link to itself is an error`() throws {
        try folder.link("a.txt", to: "a.txt")
        let message = message { try path.writeFile([]) }
        #expect(message == "\(path): cannot be written: Too many levels of symbolic links")
    }

    @Test func `a pipe is written to and stays`() throws {
        #expect(path.withPlatformString { mkfifo($0, 0o600) } == 0)
        let reader = try FileDescriptor.open(path, .readOnly, options: .nonBlocking)
        try path.writeFile(Array("new".utf8))
        var bytes = [UInt8](repeating: 0, count: 10)
        let count = try bytes.withUnsafeMutableBytes { try reader.read(into: $0) }
        try reader.close()
        #expect(String(decoding: bytes.prefix(count), as: UTF8.self) == "new")
        #expect(try folder.names() == ["a.txt"])
        #expect(try Stat(path).type == .fifo)
    }

    @Test func `a device is written to and stays`() throws {
        let device: FilePath = "/dev/null"
        try device.writeFile(Array("new".utf8))
        #expect(try Stat(device).type == .characterSpecial)
    }

    @Test func `an open file of this process is continued`() throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
        _ = try file.writeAll("before ".utf8)
        let name = FilePath("/dev/fd/\(file.rawValue)")
        #expect(try name.outputDestination() == .descriptor(file.rawValue))
        try name.writeFile(Array("new".utf8))
        _ = try file.writeAll(" after".utf8)
        try file.close()
        #expect(try folder.text(of: "a.txt") == "before new after")
        #expect(try FilePath("/dev/stdout").outputDestination() == .descriptor(1))
    }

    // MARK: What may be written to

    @Test func `an existing file is refused unless it may be replaced`() throws {
        try folder.file("b.txt", "old")
        try folder.link("a.txt", to: "b.txt")
        let refused = message { try path.checkOutput(replaces: false) }
        let replaced = message { try path.checkOutput(replaces: true) }
        let new = message { try folder.path.appending("new").checkOutput(replaces: false) }
        let device = message { try FilePath("/dev/null").checkOutput(replaces: false) }
        let aFolder = message { try folder.path.checkOutput(replaces: true) }
        #expect(refused == "\(path): already exists; expected a new file, or --overwrite")
        #expect(replaced == nil && new == nil && device == nil)
        #expect(aFolder == "\(folder.path): is a folder; expected a file")
    }
}
