import FileAccess
import SystemPackage
import TemporaryFiles
import Testing

@testable import QuickDraw

/// A file read in pieces is the file read from end to end.
struct DrawingPieceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func line(_ key: Int) -> String {
        #"{"word":"cat","key_id":"\#(key)","drawing":[[[\#(key % 256),2],[3,4]]]}"#
    }

    private func keys(_ path: FilePath, length: Int) throws -> [UInt64] {
        var keys: [UInt64] = []
        for piece in try DrawingPiece.pieces(of: path, length: length) {
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

    @Test func `a fault has the number of its line in the file`() throws {
        let path = try folder.file("cat.ndjson", (1...9).map { line($0) + "\n" }.joined() + "{}\n" + line(10))
        for length in [1, 10, 100, 10_000] {
            let error = #expect(throws: QuickDrawError.self) { try keys(path, length: length) }
            #expect(error.map { "\($0)" } == "\(path):10: no \"word\"; wanted word, key_id and drawing")
        }
    }

    @Test func `gzipped files are not cut`() throws {
        let gzipped = try folder.gzipped("cat.ndjson.gz", (1...9).map { line($0) + "\n" }.joined())
        #expect(try DrawingPiece.pieces(of: gzipped, length: 10).count == 1)
        #expect(try keys(gzipped, length: 10) == Array(1...9))
    }
}
