import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

/// Creating, renaming, and removing files and folders.
struct FilePathChangesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    // MARK: makeFolders

    @Test func `a folder is made with those above it`() throws {
        try folder.path.appending("a/b/c").makeFolders()
        #expect(try folder.names() == ["a", "a/b", "a/b/c"])
    }

    @Test func `a folder that is there stays as it is`() throws {
        try folder.file("a/x", "text")
        try folder.path.appending("a").makeFolders()
        #expect(try folder.text(of: "a/x") == "text")
    }

    @Test func `a link to a folder is a folder that is there`() throws {
        try folder.folder(name: "a")
        let link = try folder.link("link", to: "a")
        try link.appending("b").makeFolders()
        #expect(try folder.names() == ["a", "a/b", "link"])
    }

    @Test func `a file in the way is an error`() throws {
        let file = try folder.file("a", "")
        let itself = message { try file.makeFolders() }
        let below = message { try file.appending("b/c").makeFolders() }
        #expect(itself == "\(file): cannot be created: File exists")
        #expect(below == "\(file): cannot be created: File exists")
    }

    // MARK: rename

    @Test func `a file gets another name`() throws {
        let file = try folder.file("a", "text")
        try file.rename(to: folder.path.appending("b"))
        #expect(try folder.names() == ["b"])
        #expect(try folder.text(of: "b") == "text")
    }

    @Test func `a file of that name is replaced`() throws {
        let file = try folder.file("a", "new")
        let target = try folder.file("b", "old")
        try file.rename(to: target)
        #expect(try folder.names() == ["b"])
        #expect(try folder.text(of: "b") == "new")
    }

    @Test func `a folder gets another name with all that is in it`() throws {
        try folder.file("a/x", "text")
        try folder.path.appending("a").rename(to: folder.path.appending("b"))
        #expect(try folder.names() == ["b", "b/x"])
    }

    @Test func `what is missing cannot be renamed`() {
        let (missing, target) = (folder.path.appending("missing"), folder.path.appending("b"))
        let message = message { try missing.rename(to: target) }
        #expect(message == "\(missing): cannot be renamed to \(target): No such file or directory")
    }

    @Test func `a file is not renamed onto a folder`() throws {
        let file = try folder.file("a", "text")
        let target = try folder.folder(name: "b")
        let message = message { try file.rename(to: target) }
        #expect(message == "\(file): cannot be renamed to \(target): Is a directory")
        #expect(try folder.names() == ["a", "b"])
    }

    // MARK: removeTree

    @Test func `a file is removed`() throws {
        try folder.file("a", "").removeTree()
        #expect(try folder.names() == [])
    }

    @Test func `a folder is removed with all that is in it, hidden or not`() throws {
        for name in ["a/x", "a/.hidden", "a/b/.c/d", "beside"] { try folder.file(name, "") }
        try folder.folder(name: "a/empty")
        try folder.path.appending("a").removeTree()
        #expect(try folder.names() == ["beside"])
    }

    @Test func `a link to a folder is removed, not followed`() throws {
        try folder.file("kept/x", "text")
        try folder.link("link", to: "kept").removeTree()
        #expect(try folder.names() == ["kept", "kept/x"])
    }

    @Test func `links in a folder are removed, not followed`() throws {
        try folder.file("kept/x", "text")
        try folder.folder(name: "a")
        try folder.link("a/to folder", to: "../kept")
        try folder.link("a/to file", to: "../kept/x")
        try folder.link("a/up", to: "..")
        try folder.link("a/broken", to: "nowhere")
        try folder.path.appending("a").removeTree()
        #expect(try folder.names() == ["kept", "kept/x"])
    }

    @Test func `nothing there is fine`() throws {
        try folder.path.appending("missing").removeTree()
        #expect(try folder.names() == [])
    }

    @Test func `what stands below a file cannot be removed`() throws {
        let below = try folder.file("a", "").appending("b")
        let message = message { try below.removeTree() }
        #expect(message == "\(below): cannot be removed: Not a directory")
    }
}
