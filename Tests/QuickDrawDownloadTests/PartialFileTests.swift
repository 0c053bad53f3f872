import FileAccess
import Foundation
import SystemPackage
import TemporaryFiles
import Testing

@testable import QuickDrawDownload

struct PartialFileTests {
    private let folder: TemporaryFolder
    private let md5: MD5.Digest
    private let final: FilePath
    private let temporary: FilePath

    init() throws {
        folder = try TemporaryFolder()
        md5 = try #require(MD5.Digest(base64: "1B2M2Y8AsgTpgAmY7PhCfg=="))
        final = folder.path.appending("cat.ndjson")
        temporary = folder.path.appending(".cat.ndjson.d41d8cd98f00b204e9800998ecf8427e.part")
    }

    private func open() throws(DataError) -> PartialFile { try PartialFile(final, md5: md5, limit: 100) }

    @Test func `received bytes are found again`() throws {
        try temporary.writeFile([1, 2, 3])
        #expect(try open().count == 3)
    }

    @Test func `a link in place of the partial file is an error, and what it points to stays as it is`() throws {
        let other = try folder.file("other", "mine")
        #expect(symlink(other.string, temporary.string) == 0)
        let message = message { _ = try open() }
        #expect(message == "\(temporary): is a link; expected a file, or nothing")
        #expect(try other.readFile() == Array("mine".utf8))
    }

    @Test func `a second name of another file is an error, and the file stays as it is`() throws {
        let other = try folder.file("other", "mine")
        #expect(link(other.string, temporary.string) == 0)
        let message = message { _ = try open() }
        #expect(message == "\(temporary): is not a file of its own; expected one, or nothing")
        #expect(try other.readFile() == Array("mine".utf8))
    }

    @Test func `a pipe in place of the partial file is an error`() throws {
        #expect(mkfifo(temporary.string, 0o600) == 0)
        let message = message { _ = try open() }
        #expect(message?.hasPrefix("\(temporary): cannot be written: ") == true)
    }

    @Test func `two cannot write one file`() throws {
        let first = try open()
        let message = message { _ = try open() }
        #expect(message == "\(temporary): is being written by another process")
        #expect(first.count == 0)
    }

    @Test func `parts of other versions are removed, unless somebody writes them; other files stay`() throws {
        let old = try folder.file(".cat.ndjson.\(String(repeating: "0", count: 32)).part", "old")
        let written = try folder.file(".cat.ndjson.\(String(repeating: "1", count: 32)).part", "new")
        let others = [".cat.ndjson.mine.part", ".cat.ndjson.backup.\(String(repeating: "0", count: 32)).part"]
        for name in others { try folder.file(name, "") }
        let lock = Foundation.open(written.string, O_RDONLY)
        #expect(flock(lock, LOCK_EX) == 0)
        defer { close(lock) }
        _ = try open()
        #expect(try old.kind() == nil)
        #expect(try written.kind() == .file)
        for name in others { #expect(try folder.path.appending(name).kind() == .file) }
    }
}
