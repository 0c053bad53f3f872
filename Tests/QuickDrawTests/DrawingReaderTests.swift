import DrawingSamples
import StrokeBank
import FileAccess
import QuickDraw
import SystemPackage
import TemporaryFiles
import Testing

/// All drawings of a file, and the number of skipped records.
private func drawings(
    of path: FilePath, skipsDamaged: Bool = false
) throws -> (drawings: [Drawing], damagedCount: Int, format: DrawingFormat) {
    var reader = try DrawingReader(path, skipsDamaged: skipsDamaged)
    var drawing = Drawing()
    var drawings: [Drawing] = []
    while try reader.read(into: &drawing) { drawings.append(drawing) }
    return (drawings, reader.corruptCount, reader.format)
}

private let line = #"{"word":"cat","key_id":"7","drawing":[[[1,2],[3,4]]]}"#
private let rawLine = #"{"word":"cat","key_id":"7","drawing":[[[0.5,255.5,255.5],[0.5,0.5,255.5],[0,1,2]]]}"#

struct DrawingReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func message(_ path: FilePath) -> String {
        let error = #expect(throws: DataError.self) { () throws in _ = try drawings(of: path) }
        return error.map { "\($0)" } ?? ""
    }

    private func binary() throws -> [UInt8] {
        var bytes: [UInt8] = []
        for key in 1...3 as ClosedRange<UInt64> {
            let isWritten = Drawing("dog", key: key, strokes: [[(1, 2), (3, 4)]]).appendBinary(to: &bytes)
            try #require(isWritten)
        }
        return bytes
    }

    @Test(arguments: ["a.ndjson", "a.bin", "a"])
    func `what a file begins with decides on its form, not its name`(name: String) throws {
        let simplified = try drawings(of: folder.file(name, line + "\n"))
        let raw = try drawings(of: folder.file(name, rawLine + "\n"))
        let binary = try drawings(of: folder.file(name, bytes: binary()))
        #expect([simplified.format, raw.format, binary.format] == [.simplified, .raw, .binary])
        #expect(simplified.drawings == [Drawing("cat", key: 7, strokes: [[(1, 3), (2, 4)]])])
        #expect(raw.drawings == [Drawing("cat", key: 7, strokes: [[(0, 0), (255, 0), (255, 255)]])])
        #expect(binary.drawings.map(\.keyID) == [1, 2, 3])
        #expect(binary.drawings.allSatisfy { $0.word == "a" })
    }

    @Test func `gzipped files of each form are read`() throws {
        let simplified = try drawings(of: folder.gzipped("a.gz", line + "\n"))
        let raw = try drawings(of: folder.gzipped("b.gz", rawLine + "\n"))
        #expect([simplified.format, raw.format] == [.simplified, .raw])
        #expect([simplified.drawings.count, raw.drawings.count] == [1, 1])
    }

    @Test func `a byte order mark is passed over`() throws {
        let read = try drawings(of: folder.file("a.ndjson", "\u{FEFF}\(line)\n"))
        #expect(read.drawings.count == 1)
    }

    @Test func `a missing file, a folder, and a binary file without a category in its name are told`() throws {
        let missing = folder.path.appending("cat.bin")
        let below = try folder.folder(name: "dog.bin")
        let nameless = try folder.file(".bin", bytes: binary())
        #expect(message(missing) == "\(missing): cannot be opened: No such file or directory")
        #expect(message(below) == "\(below): is a folder; expected a file")
        #expect(message(nameless) == "\(nameless): has no category in its name; expected one as in cat.bin")
    }

    @Test func `a last line that is cut off is told, with its byte`() throws {
        let file = try folder.file("a.ndjson", "\(line)\n\(line.dropLast(9))")
        let message = message(file)
        #expect(message.hasPrefix("\(file):2: not JSON: "))
        #expect(message.hasSuffix(" (the file ends within this line, which begins at byte \(line.utf8.count + 1))"))
    }

    @Test func `damaged lines are counted and passed over on request`() throws {
        let read = try drawings(
            of: folder.file("a.ndjson", "\(line)\nno\n\(line)\n{\n\(line.dropLast(9))"), skipsDamaged: true)
        #expect(read.drawings.count == 2)
        #expect(read.damagedCount == 3)
    }

    @Test func `behind a damaged binary record, or in a damaged gzipped file, the file ends on request`() throws {
        let binary = try drawings(of: folder.file("a.bin", bytes: binary().dropLast(3)), skipsDamaged: true)
        #expect(binary.drawings.map(\.keyID) == [1, 2])
        #expect(binary.damagedCount == 1)
        let zipped = try folder.gzipped("a.gz", "\(line)\n\(line)\n").readFile()
        let cut = try drawings(of: folder.file("cut.gz", bytes: zipped.dropLast(4)), skipsDamaged: true)
        #expect(cut.damagedCount == 1)
    }
}
