import DrawingSamples
import StrokeBank
import Archives
import FileAccess
import Foundation
import ReaderFuzzing
import SystemPackage
import TemporaryFiles
import Testing

@testable import QuickDraw

struct BinaryReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func drawings(of path: FilePath, word: String? = nil) throws -> [Drawing] {
        var reader = try BinaryReader(ByteReader(path), word: word ?? "cat")
        var drawing = Drawing()
        var drawings: [Drawing] = []
        while try reader.read(into: &drawing) { drawings.append(drawing) }
        return drawings
    }

    /// The error of reading a file, without its path.
    private func fault(of path: FilePath) -> String {
        let message = #expect(throws: DataError.self) { try drawings(of: path) }.map { "\($0)" } ?? ""
        return message.replacing("\(path): ", with: "")
    }

    private func bytes(of drawings: [Drawing]) -> [UInt8] {
        var bytes: [UInt8] = []
        for drawing in drawings where !drawing.appendBinary(to: &bytes) { Issue.record("not written: \(drawing)") }
        return bytes
    }

    private static let two = [
        Drawing("cat", key: 1, strokes: [[(1, 3), (2, 4)], [(5, 6)]]), Drawing("cat", key: 2, strokes: [[(7, 9)]]),
    ]

    @Test func `each record is a drawing, of the category in the file's name`() throws {
        let drawings = try drawings(of: folder.file("full%2Fbinary%2Fcat.bin", bytes: bytes(of: Self.two)))
        #expect(drawings == Self.two)
    }

    @Test func `a word that is given goes before the name's`() throws {
        let drawings = try drawings(of: folder.file("cat.bin", bytes: bytes(of: Self.two)), word: "t-shirt")
        #expect(drawings.map(\.word) == ["t-shirt", "t-shirt"])
    }

    @Test func `a file may be gzipped, whatever its name`() throws {
        let plain = String(decoding: bytes(of: Self.two), as: UTF8.self)
        let gzipped = try folder.gzipped("cat.bin.gz", plain)
        let other = try folder.file("cat.bin", bytes: folder.bytes(of: "cat.bin.gz"))
        for path in [gzipped, other] {
            let drawings = try drawings(of: path)
            #expect(drawings == Self.two)
        }
    }

    @Test func `a key that begins as gzip does is still a key`() throws {
        let drawing = Drawing("cat", key: 0xFF08_8B1F, strokes: [[(7, 9)]])
        let drawings = try drawings(of: folder.file("cat.bin", bytes: bytes(of: [drawing])))
        #expect(drawings == [drawing])
    }

    @Test func `an empty file has no drawings`() throws {
        let drawings = try drawings(of: folder.file("cat.bin", ""))
        #expect(drawings == [])
    }

    @Test func `records lie across the pieces in which a file is read`() throws {
        var random = ByteMutator(seed: 1)
        let many = (0..<3000).map { key in
            Drawing(
                "cat", key: UInt64(key),
                strokes: (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    (0..<Int.random(in: 1...200, using: &random)).map { (UInt8($0), UInt8(truncatingIfNeeded: key)) }
                })
        }
        let path = try folder.file("cat.bin", bytes: bytes(of: many))
        let drawings = try drawings(of: path)
        #expect(drawings == many)
    }

    @Test func `a record of a megabyte is read`() throws {
        let large = Drawing("cat", strokes: Array(repeating: Array(repeating: (1, 2), count: 60_000), count: 9))
        let drawings = try drawings(of: folder.file("cat.bin", bytes: bytes(of: [large] + Self.two)))
        #expect(drawings == [large] + Self.two)
    }

    // MARK: Faults

    @Test func `a record that is cut off is told, with its place`() throws {
        let path = try folder.file("cat.bin", bytes: bytes(of: Self.two).dropLast(1))
        let fault = fault(of: path)
        #expect(fault == "byte 27: record 2: cut off after 20 bytes; expected at least 21")
    }

    @Test func `drawings before a faulty record are read, and then it is the fault again and again`() throws {
        let file = try folder.file("cat.bin", bytes: bytes(of: Self.two).dropLast(1))
        var reader = try BinaryReader(ByteReader(file), word: "cat")
        var drawing = Drawing()
        let isRead = try reader.read(into: &drawing)
        #expect(isRead)
        #expect(throws: DataError.self) { () throws in _ = try reader.read(into: &drawing) }
        #expect(drawing == Self.two[0])
        #expect(reader.offset == 27)
    }

    @Test func `a stroke without points is told, with its place`() throws {
        var bytes = bytes(of: Self.two)
        bytes[27 + 17] = 0
        let fault = try fault(of: folder.file("cat.bin", bytes: bytes))
        #expect(fault == "byte 27: record 2: stroke 0 has no points; expected at least 1")
    }

    @Test func `text is told by its byte of recognition`() throws {
        let fault = try fault(of: folder.file("cat.bin", #"{"word":"cat","key_id":"1","drawing":[]}"#))
        #expect(fault == "byte 0: record 1: recognized is 97; expected 0 or 1")
    }

    @Test func `zeros are no drawings, neither as a whole file nor in a hole`() throws {
        let whole = try folder.file("cat.bin", bytes: [UInt8](repeating: 0, count: 1700))
        let fault = fault(of: whole)
        #expect(fault == "byte 0: record 1: nothing but zeros; expected a drawing")
        let message = TemporaryFiles.message {
            var reader = try DrawingReader(whole)
            var drawing = Drawing()
            _ = try reader.read(into: &drawing)
        }
        #expect(message == "\(whole): \(fault)")
        let hole = bytes(of: Self.two) + [UInt8](repeating: 0, count: 17)
        let faultOfHole = try self.fault(of: folder.file("dog.bin", bytes: hole))
        #expect(faultOfHole == "byte \(hole.count - 17): record 3: nothing but zeros; expected a drawing")
    }

    @Test func `a record larger than any drawing is told before it is read`() throws {
        var bytes = bytes(of: [Drawing(strokes: [])])
        bytes[15] = 0xFF
        bytes[16] = 0xFF
        for _ in 0..<129 { bytes += [0xFF, 0xFF] + Array(repeating: 1, count: 2 * 65_535) }
        let fault = try fault(of: folder.file("cat.bin", bytes: bytes))
        #expect(fault.hasPrefix("byte 0: record 1: at least 1"))
        #expect(fault.hasSuffix(" bytes long; expected at most 16777216"))
    }

    @Test func `a gzipped file that is cut off, or damaged, is told`() throws {
        let text = String(decoding: bytes(of: Array(repeating: Self.two[0], count: 99)), as: UTF8.self)
        _ = try folder.gzipped("cat.bin.gz", text)
        let bytes = try folder.bytes(of: "cat.bin.gz")
        let short = try fault(of: folder.file("cat.bin", bytes: bytes.dropLast(9)))
        var damaged = bytes
        damaged[bytes.count - 5] ^= 1
        let wrong = try fault(of: folder.file("dog.bin", bytes: damaged))
        #expect(short.hasPrefix("cannot be read after byte "))
        #expect(short.hasSuffix(": corrupt gzip data (unexpected end of file)"))
        #expect(wrong.hasPrefix("cannot be read after byte "))
        #expect(wrong.hasSuffix(": corrupt gzip data (incorrect data check)"))
    }

    /// The readable records, encoded again, and the error that ends reading.
    private func readableRecords(of path: FilePath) throws -> (bytes: [UInt8], error: DataError?) {
        var reader = try BinaryReader(ByteReader(path), word: "cat")
        var drawing = Drawing()
        var bytes: [UInt8] = []
        do throws(DataError) {
            while try reader.read(into: &drawing) {
                if !drawing.appendBinary(to: &bytes) { Issue.record("not written: \(drawing)") }
            }
            return (bytes, nil)
        } catch {
            return (bytes, error)
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func `a corrupt file has drawings, and perhaps an error behind them`(seed: UInt64) throws {
        var mutator = ByteMutator(seed: seed)
        let whole = bytes(of: Array(repeating: Self.two, count: 20).flatMap(\.self))
        for _ in 0..<10 {
            let bytes = mutator.mutated(whole)
            let path = try folder.file("cat.bin", bytes: bytes)
            let found = try readableRecords(of: path)
            #expect(found.bytes == Array(bytes.prefix(found.error == nil ? bytes.count : found.bytes.count)))
            guard let error = found.error else { continue }
            #expect(error.kind == .corrupt)
            #expect(error.location.hasPrefix("\(path): byte \(found.bytes.count): record "))
        }
    }

    // MARK: Real drawings

    @Test(.enabled(if: RealDrawings.areProvided, "QUICKDRAW_DIR names no real drawings"))
    func `of the beginning of a real file all whole records are read, and the last is told`() throws {
        let path = FilePath(RealDrawings.file("binary/dog.first8192.bin").path)
        var reader = try DrawingReader(path)
        var drawing = Drawing()
        var count = 0
        let error = #expect(throws: DataError.self) {
            while try reader.read(into: &drawing) { count += 1 }
        }
        #expect(count == 49)
        #expect(drawing.word == "dog")
        #expect(error.map { "\($0)" } == "\(path): byte 8161: record 50: cut off after 31 bytes; expected at least 97")
    }
}
