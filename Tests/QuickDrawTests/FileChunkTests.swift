import DrawingSamples
import StrokeBank
import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

@testable import QuickDraw

/// Reading a file in chunks is the same as reading it as a whole.
struct FileChunkTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func line(_ key: Int) -> String {
        #"{"word":"cat","key_id":"\#(key)","drawing":[[[\#(key % 256),2],[3,4]]]}"#
    }

    private func keys(_ path: FilePath, length: Int) throws -> [UInt64] {
        var keys: [UInt64] = []
        for piece in try FileChunk.chunks(of: DrawingFile(path), length: length) {
            try piece.forEachDrawing { keys.append($0.keyID) }
        }
        return keys
    }

    @Test(arguments: ["\n", "\r\n", "\n\n", "\n \n"])
    func `every line is read once, wherever the file is cut`(lineEnd: String) throws {
        let text = (1...9).map(line).joined(separator: lineEnd)
        for end in ["", lineEnd] {
            let path = try folder.file("cat.ndjson", text + end)
            for length in 1...text.utf8.count + 2 {
                let keys = try keys(path, length: length)
                #expect(keys == Array(1...9))
            }
        }
    }

    @Test func `a byte order mark stays out of the way`() throws {
        let path = try folder.file("cat.ndjson", "\u{FEFF}" + (1...9).map(line).joined(separator: "\n"))
        for length in [1, 2, 3, 4, 100, 1000] {
            let keys = try keys(path, length: length)
            #expect(keys == Array(1...9))
        }
    }

    @Test func `a file that is replaced or changed between its chunks is an error`() throws {
        let text = (1...9).map(line).joined(separator: "\n")
        for isReplaced in [false, true] {
            let path = try folder.file("cat.ndjson", text)
            let chunks = try FileChunk.chunks(of: DrawingFile(path), length: 100)
            try chunks[0].forEachDrawing { _ in }
            if isReplaced {
                try folder.file("new.ndjson", text).rename(to: path)
            } else {
                try path.writeFileInPlace(Array(text.utf8) + [0x0A])
            }
            let message = TemporaryFiles.message { try chunks[1].forEachDrawing { _ in } }
            #expect(message == "\(path): was changed while it was read; expected a file that stays the same")
        }
    }

    @Test func `a file that is written while it is read is an error at its end`() throws {
        let path = try folder.file("cat.ndjson", (1...9).map(line).joined(separator: "\n"))
        let message = TemporaryFiles.message {
            for chunk in try FileChunk.chunks(of: DrawingFile(path), length: 100_000) {
                try chunk.forEachDrawing { drawing throws(DataError) in
                    if drawing.keyID == 5 { try path.writeFileInPlace([0x0A]) }
                }
            }
        }
        #expect(message == "\(path): was changed while it was read; expected a file that stays the same")
    }

    @Test func `a fault has the number of its line in the file`() throws {
        let path = try folder.file("cat.ndjson", (1...9).map { line($0) + "\n" }.joined() + "{}\n" + line(10))
        for length in [1, 10, 100, 10_000] {
            let error = #expect(throws: DataError.self) { try keys(path, length: length) }
            #expect(error.map { "\($0)" } == "\(path):10: no \"word\"; expected word, key_id, and drawing")
        }
    }

    @Test func `raw lines are cut too, gzipped and binary files are not`() throws {
        let raw = (1...9).map { #"{"word":"cat","key_id":"\#($0)","drawing":[[[\#($0),2.5],[3,-4],[0,1]]]}"# + "\n" }
            .joined()
        let rawPath = try folder.file("raw.ndjson", raw)
        #expect(try FileChunk.chunks(of: DrawingFile(rawPath), length: 100).count > 3)
        #expect(try keys(rawPath, length: 100) == Array(1...9))
        let gzipped = try folder.gzipped("cat.ndjson.gz", (1...9).map { line($0) + "\n" }.joined())
        #expect(try FileChunk.chunks(of: DrawingFile(gzipped), length: 10).count == 1)
        #expect(try keys(gzipped, length: 10) == Array(1...9))
        var records: [UInt8] = []
        for key: UInt64 in 1...9 {
            #expect(Drawing(key: key, strokeCount: 3).appendBinary(to: &records))
        }
        let binary = try folder.file("cat.bin", bytes: records)
        #expect(try FileChunk.chunks(of: DrawingFile(binary), length: 10).count == 1)
        #expect(try keys(binary, length: 10) == Array(1...9))
    }
}
