import DrawingSamples
import StrokeBank
import FileAccess
import Foundation
import QuickDraw
import SystemPackage
import TemporaryFiles
import Testing

struct DrawingFileListTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func message(for source: FilePath) -> String? {
        #expect(throws: DataError.self) { try DrawingFileList(source) }.map { "\($0)" }
    }

    @Test(arguments: ["cat.ndjson", "cat.ndjson.gz", "drawings.json", "cat"])
    func `a file is the source, whatever its name`(name: String) throws {
        let file = try folder.file(name, "")
        let files = try DrawingFileList(file)
        #expect(files.paths == [file])
    }

    @Test func `of a folder the ndjson files are the source, sorted by their bytes`() throws {
        let names = ["b.ndjson", "The Eiffel Tower.ndjson", "a.ndjson.gz", "é.ndjson", "birthday+cake.NDJSON"]
        for name in names { try folder.file(name, "") }
        let files = try DrawingFileList(folder.path)
        #expect(
            files.paths.map { $0.lastComponent?.string } == [
                "The Eiffel Tower.ndjson", "a.ndjson.gz", "b.ndjson", "birthday+cake.NDJSON", "é.ndjson",
            ])
    }

    @Test func `files in folders below count too`() throws {
        for name in ["b/y.ndjson", "b/a/x.ndjson", "a.ndjson"] { try folder.file(name, "") }
        let files = try DrawingFileList(folder.path)
        #expect(files.paths == ["a.ndjson", "b/a/x.ndjson", "b/y.ndjson"].map { folder.path.appending($0) })
    }

    @Test func `other files and hidden ones are passed over`() throws {
        let names = [
            "cat.ndjson", "README.md", "cat.bin.txt", "cat.json", "cat.ndjson.part", ".hidden.ndjson", ".git/x.ndjson",
            "ndjson",
        ]
        for name in names { try folder.file(name, "") }
        let files = try DrawingFileList(folder.path)
        #expect(files.paths == [folder.path.appending("cat.ndjson")])
    }

    @Test(arguments: ["dog.ndjson", "dog.ndjson.gz", "dog.bin", "DOG.BIN"])
    func `a link to nothing, or a pipe, with the name of a drawing file is an error`(name: String) throws {
        try folder.file("cat.ndjson", "")
        let path = folder.path.appending(name)
        #expect(symlink("nothing", path.string) == 0)
        #expect(message(for: folder.path) == "\(path): is a link to nothing; expected a file")
        #expect(unlink(path.string) == 0)
        #expect(mkfifo(path.string, 0o600) == 0)
        #expect(message(for: folder.path) == "\(path): is a pipe, a socket, or a device; expected a file")
    }

    @Test func `a link to nothing without an extension may have been a folder of drawings`() throws {
        let path = folder.path.appending("more")
        #expect(symlink("nothing", path.string) == 0)
        #expect(symlink("nothing", folder.path.appending("README.md").string) == 0)
        #expect(symlink("nothing", folder.path.appending(".lock.ndjson").string) == 0)
        #expect(message(for: folder.path)?.hasPrefix("\(folder.path): no drawings; ") == true)
        try folder.file("cat.ndjson", "")
        #expect(message(for: folder.path) == "\(path): is a link to nothing; expected a folder, or no link")
        #expect(unlink(path.string) == 0)
        #expect(try DrawingFileList(folder.path).paths.count == 1)
    }

    @Test func `a name that is not UTF-8 is read as any other`() throws {
        try folder.file("cat.ndjson", "")
        let name = FilePath.Component(platformString: [99, 97, 102, -23] + ".ndjson".utf8CString.map { $0 })
        let path = folder.path.appending(try #require(name))
        try path.writeFile(Array(#"{"word":"cat","key_id":"1","drawing":[]}"#.utf8))
        let files = try DrawingFileList(folder.path)
        #expect(files.paths == [path, folder.path.appending("cat.ndjson")])
        var reader = try DrawingReader(files.paths[0])
        var drawing = Drawing()
        let isRead = try reader.read(into: &drawing)
        #expect(isRead)
    }

    @Test func `a binary file needs a category in UTF-8 in its name`() throws {
        let name = FilePath.Component(platformString: [99, 97, 102, -23] + ".bin".utf8CString.map { $0 })
        let path = folder.path.appending(try #require(name))
        var bytes: [UInt8] = []
        _ = Drawing("cat", key: 5, strokes: [[(1, 2)]]).appendBinary(to: &bytes)
        try path.writeFile(bytes)
        let message = TemporaryFiles.message { _ = try DrawingReader(path) }
        #expect(message == "\(path): has no category in its name; expected one as in cat.bin")
    }

    @Test func `a missing source is an error`() {
        let missing = folder.path.appending("missing")
        let message = message(for: missing)
        #expect(message == "\(missing): no such file or directory; expected a Quick, Draw! file or a folder of them")
    }

    @Test func `an empty folder is an error`() {
        let message = message(for: folder.path)
        #expect(
            message
                == "\(folder.path): no drawings; "
                + "expected a folder with .ndjson, .bin, .csv, .npz, .jsonl, or .svg files, gzipped or in .zip archives"
        )
    }

    @Test func `a folder without ndjson files is an error`() throws {
        try folder.file("README.md", "")
        let message = message(for: folder.path)
        #expect(
            message
                == "\(folder.path): no drawings; "
                + "expected a folder with .ndjson, .bin, .csv, .npz, .jsonl, or .svg files, gzipped or in .zip archives"
        )
    }

    @Test func `a device is an error`() {
        let message = message(for: "/dev/null")
        #expect(message == "/dev/null: neither a file nor a folder; expected a Quick, Draw! file or a folder of them")
    }
}

/// The drawings of a file that a pool uses.
struct PoolPartFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A line of the file under test.
    private func record(_ key: Int, word: String = "cat") -> String {
        #"{"word":"\#(word)","key_id":"\#(key)","drawing":[[[\#(key)],[0]],[[\#(key)],[1]]]}"# + "\n"
    }

    @Test(arguments: [(1, 1), (3, 3), (5, 5), (100, 5)])
    func `the first drawings of a file are taken, up to the limit`(limit: Int, count: Int) throws {
        let file = try folder.file("a.ndjson", (1...5).map { record($0) }.joined())
        let part = try SampledFileStrokes(file, drawingLimit: limit, strokesPerDrawing: 2, seed: 0)
        let pool = StrokePool([part], drawingLimit: 100)
        #expect(part.drawingCount == count)
        #expect(pool.origins == (1...count).flatMap { ["cat \($0) 0", "cat \($0) 1"] })
    }

    @Test func `what stands behind the limit is not read`() throws {
        let file = try folder.file("a.ndjson", record(1) + record(2) + "not a drawing\n")
        let part = try SampledFileStrokes(file, drawingLimit: 2, strokesPerDrawing: 1, seed: 0)
        #expect(part.drawingCount == 2)
    }

    @Test func `a faulty line before the limit is an error`() throws {
        let file = try folder.file("a.ndjson", record(1) + "5\n" + record(2))
        let error = #expect(throws: DataError.self) {
            try SampledFileStrokes(file, drawingLimit: 2, strokesPerDrawing: 1, seed: 0)
        }
        #expect(error.map { "\($0)" } == "\(file):2: not a JSON object; expected a drawing in each line")
    }

    @Test func `a file may hold several words`() throws {
        let file = try folder.file("a.ndjson", record(1) + record(2, word: "dog") + record(3))
        let part = try SampledFileStrokes(file, drawingLimit: 10, strokesPerDrawing: 2, seed: 0)
        let pool = StrokePool([part], drawingLimit: 10)
        #expect(pool.origins == ["cat 1 0", "cat 1 1", "cat 3 0", "cat 3 1", "dog 2 0", "dog 2 1"])
    }

    @Test func `of a file of several words, each gets its first drawings`() throws {
        let cats = record(1) + record(2) + record(3)
        let dogs = record(4, word: "dog") + record(5, word: "dog") + record(6, word: "dog")
        for text in [cats + dogs, cats + dogs + "\n\r\n", String((cats + dogs).dropLast())] {
            let part = try SampledFileStrokes(
                folder.file("a.ndjson", text), drawingLimit: 2, strokesPerDrawing: 1, seed: 0)
            let pool = StrokePool([part], drawingLimit: 2)
            #expect(pool.words == ["cat", "dog"])
            #expect(pool.drawingCount == 4)
        }
    }

    @Test func `a drawing met twice in a file does not count against the limit`() throws {
        let dogs = record(1, word: "dog") + record(1, word: "dog") + record(2, word: "dog") + record(3, word: "dog")
        let file = try folder.file("a.ndjson", record(1) + record(1) + record(2) + record(1) + record(3) + dogs)
        let part = try SampledFileStrokes(file, drawingLimit: 2, strokesPerDrawing: 1, seed: 0)
        let pool = StrokePool([part], drawingLimit: 2)
        #expect(pool.origins.map { $0.dropLast(2) } == ["cat 1", "cat 2", "dog 1", "dog 2"])
    }

    @Test func `an empty file gives nothing`() throws {
        let part = try SampledFileStrokes(folder.file("a.ndjson", ""), drawingLimit: 10, strokesPerDrawing: 1, seed: 0)
        #expect(part.drawingCount == 0)
    }
}
