import DrawingSamples
import StrokeBank
import Foundation
import JSONText
@testable import QuickDraw
import ReaderFuzzing
import SystemPackage
import Testing

struct BinaryRecordTests {
    /// A drawing and its record, written by hand.
    private static let cat: Drawing = {
        var drawing = Drawing("cat", key: 0x0807_0605_0403_0201, strokes: [[(1, 2), (255, 0), (5, 6)], [(7, 8)]])
        drawing.country = CountryCode(bytes: SIMD2(UInt8(ascii: "D"), UInt8(ascii: "E")))
        drawing.isRecognized = true
        drawing.timestamp = 0x58CC_2FC1
        return drawing
    }()
    private static let catBytes: [UInt8] = [
        1, 2, 3, 4, 5, 6, 7, 8, 0x44, 0x45, 1, 0xC1, 0x2F, 0xCC, 0x58, 2, 0, 3, 0, 1, 255, 5, 2, 0, 6, 1, 0, 7, 8,
    ]

    private func decode(
        _ bytes: [UInt8], at offset: Int = 0, into drawing: inout Drawing
    ) throws -> BinaryRecord.Outcome {
        try BinaryRecord.decode(bytes.span.bytes, at: offset, into: &drawing)
    }

    private func fault(_ bytes: [UInt8]) -> String? {
        var drawing = Drawing()
        return #expect(throws: DrawingRecordError.self) { try decode(bytes, into: &drawing) }.map { "\($0)" }
    }

    @Test func `a record has key, country, recognition, time and strokes`() throws {
        var drawing = Drawing("cat", strokes: [[(9, 9)]])
        let outcome = try decode(Self.catBytes, into: &drawing)
        #expect(outcome == .whole(length: 29))
        #expect(drawing == Self.cat)
    }

    @Test func `a drawing is written as it is read`() {
        var bytes: [UInt8] = [42]
        let isWritten = Self.cat.appendBinary(to: &bytes)
        #expect(isWritten)
        #expect(bytes == [42] + Self.catBytes)
    }

    @Test func `a record may stand anywhere, with anything behind it`() throws {
        var drawing = Drawing("cat", strokes: [])
        let outcome = try decode([9, 9, 9] + Self.catBytes + [9, 9], at: 3, into: &drawing)
        #expect(outcome == .whole(length: 29))
        #expect(drawing == Self.cat)
    }

    @Test(arguments: 0..<29)
    func `what ends before the record does is cut off, and leaves the drawing as it was`(count: Int) throws {
        var drawing = Drawing("dog", strokes: [[(9, 9)]])
        let outcome = try decode(Array(Self.catBytes.prefix(count)), into: &drawing)
        // The header; with both strokes of one point; with the first stroke's three points.
        let least = count < 17 ? 17 : count < 19 ? 25 : 29
        #expect(outcome == .cutOff(atLeast: least))
        #expect(drawing == Drawing("dog", strokes: [[(9, 9)]]))
    }

    @Test func `a drawing without strokes is its header`() throws {
        var bytes: [UInt8] = []
        let isWritten = Drawing("cat", key: 5, strokes: []).appendBinary(to: &bytes)
        var drawing = Drawing("cat", strokes: [[(9, 9)]])
        let outcome = try decode(bytes, into: &drawing)
        #expect(isWritten)
        #expect(outcome == .whole(length: 17))
        #expect(drawing == Drawing("cat", key: 5, strokes: []))
    }

    @Test func `a stroke without points is a fault`() {
        var bytes = Self.catBytes
        bytes[25] = 0
        let fault = fault(bytes)
        #expect(fault == "stroke 1 has no points; expected at least 1")
    }

    @Test func `recognition that is neither 0 nor 1 is a fault, as soon as it is there`() {
        var bytes = Self.catBytes
        bytes[10] = 7
        let whole = fault(bytes)
        let beginning = fault(Array(bytes.prefix(11)))
        #expect(whole == "recognized is 7; expected 0 or 1")
        #expect(beginning == "recognized is 7; expected 0 or 1")
    }

    @Test func `what the form cannot hold is not written`() {
        let point: (UInt8, UInt8) = (1, 2)
        let impossible = [
            Drawing(strokes: [[point], []]), Drawing(strokes: [Array(repeating: point, count: 65_536)]),
            Drawing(strokes: Array(repeating: [point], count: 65_536)),
        ]
        for drawing in impossible {
            var bytes: [UInt8] = [42]
            let isWritten = drawing.appendBinary(to: &bytes)
            #expect(!isWritten)
            #expect(bytes == [42])
        }
    }

    @Test func `the most that the form can hold comes back`() throws {
        let point: (UInt8, UInt8) = (1, 2)
        for drawing in [
            Drawing(strokes: [Array(repeating: point, count: 65_535)]),
            Drawing(strokes: Array(repeating: [point], count: 65_535)),
        ] {
            var bytes: [UInt8] = []
            let isWritten = drawing.appendBinary(to: &bytes)
            var read = Drawing(strokes: [])
            let outcome = try decode(bytes, into: &read)
            #expect(isWritten)
            #expect(outcome == .whole(length: bytes.count))
            #expect(read == drawing)
        }
    }

    @Test(arguments: UInt64(0)..<50)
    func `a damaged record is a drawing, an error, or cut off`(seed: UInt64) throws {
        var mutator = ByteMutator(seed: seed)
        for _ in 0..<400 {
            let bytes = mutator.mutated(Self.catBytes)
            var drawing = Drawing()
            guard case .whole(let length) = try? decode(bytes, into: &drawing) else { continue }
            #expect(length <= bytes.count)
            // Every bit of a record has a meaning.
            var again: [UInt8] = []
            let isWritten = drawing.appendBinary(to: &again)
            #expect(isWritten)
            #expect(again == Array(bytes.prefix(length)))
        }
    }

    // MARK: Real drawings

    @Test(.enabled(if: RealDrawings.areProvided, "QUICKDRAW_DIR names no real drawings"))
    func `real simplified drawings are, encoded, the published binary ones`() throws {
        let published = try Data(contentsOf: RealDrawings.file("binary/dog.first8192.bin"))
        let file = RealDrawings.file("simplified/all-categories/dog.ndjson")
        var reader = try DrawingReader(FilePath(file.path))
        var parser = JSONParser()
        var drawing = Drawing()
        var bytes: [UInt8] = []
        for line in try Data(contentsOf: file).split(separator: 0x0A) {
            _ = try reader.read(into: &drawing)
            let record = try parser.parse(Array(line))
            drawing.country = try #require(CountryCode(record["countrycode"]?.string?.text ?? ""))
            drawing.timestamp = try #require(record["timestamp"]?.string?.withBytes(Timestamp.seconds))
            drawing.isRecognized = record["recognized"]?.boolean ?? false
            let isWritten = drawing.appendBinary(to: &bytes)
            #expect(isWritten)
        }
        #expect(bytes.count == 4073)
        #expect(bytes == Array(published.prefix(4073)))
    }

    @Test(.enabled(if: RealDrawings.areProvided, "QUICKDRAW_DIR names no real drawings"))
    func `a real raw drawing is, simplified and encoded, the published binary one`() throws {
        let published = try Data(contentsOf: RealDrawings.file("binary/bed.first1.bin"))
        let line = try Data(contentsOf: RealDrawings.file("raw/bed.first1.ndjson"))
        let raw = try RawDrawing(line: Array(line))
        var bytes: [UInt8] = []
        let isWritten = try raw.simplified().appendBinary(to: &bytes)
        #expect(isWritten)
        #expect(bytes == Array(published))
    }
}
