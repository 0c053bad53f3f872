import DrawingSamples
@testable import StrokeBank
import FileAccess
import MaskGeneration
import MaskModel
import PlaneGeometry
import SystemPackage
import TemporaryFiles
import Testing

import QuickDraw

struct MappedBankTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `it has all drawings with all that is known of them`() throws {
        let drawings = Drawing.samples(300, words: ["cat", "The Eiffel Tower", "é"], seed: 1)
        let bank = try MappedBank(folder.bank(of: [drawings]))
        let found = try bank.drawings()
        let expected = ["The Eiffel Tower", "cat", "é"].flatMap { word in drawings.filter { $0.word == word } }
        #expect(found == expected)
        #expect(bank.words == ["The Eiffel Tower", "cat", "é"])
        #expect(bank.drawingCount == 300)
        #expect(bank.strokeCount == drawings.reduce(0) { $0 + $1.strokeCount })
        #expect(bank.pointCount == drawings.reduce(0) { $0 + $1.coordinates.count / 2 })
    }

    @Test func `no drawings make a bank without any`() throws {
        let bank = try MappedBank(folder.bank(of: []))
        #expect(bank.words == [])
        #expect(bank.drawingCount == 0)
    }

    @Test func `how drawings were cut into parts does not change a byte`() throws {
        let drawings = Drawing.samples(100, words: ["cat", "dog"], seed: 2)
        let expected = try folder.bank(of: [drawings], partLength: 100).readFile()
        for length in [1, 7, 64] {
            let found = try folder.bank(of: [drawings], partLength: length).readFile()
            #expect(found == expected)
        }
    }

    @Test func `a drawing met twice in a category counts once, the first in the order of files and records`() throws {
        let first = Drawing("cat", key: 1, strokes: [[(1, 1)]])
        let second = Drawing("cat", key: 1, strokes: [[(2, 2)]])
        let other = Drawing("cat", key: 2, strokes: [[(3, 3)], [(4, 4)]])
        let dog = Drawing("dog", key: 1, strokes: [[(5, 5)]])
        let bank = try MappedBank(folder.bank(of: [[first, second, dog], [second, other, dog]]))
        let found = try bank.drawings()
        #expect(found == [first, other, dog])
        #expect(bank.strokeCount == 4)
        #expect(bank.pointCount == 4)
    }

    @Test func `repeats are found however few keys are held at once`() throws {
        let drawings = Drawing.samples(200, words: ["cat"], seed: 3)
        let expected = try folder.bank(of: [drawings]).readFile()
        for limit in [1, 10, 1000] {
            let found = try folder.bank(of: [drawings, drawings.reversed()], keyLimit: limit).readFile()
            #expect(found == expected)
        }
    }

    @Test func `more than 65,535 strokes or points are kept too`() throws {
        var strokes = Drawing("cat", key: 1, strokes: [])
        for _ in 0..<65_537 {
            strokes.append(x: 1, y: 2)
            strokes.endStroke()
        }
        var points = Drawing("cat", key: 2, strokes: [])
        for index in 0..<70_000 { points.append(x: UInt8(truncatingIfNeeded: index), y: 9) }
        points.endStroke()
        let bank = try MappedBank(folder.bank(of: [[strokes, points]]))
        let found = try bank.drawings()
        #expect(found == [strokes, points])
        let pool = try BankStrokePool(bank, drawingLimit: 9, strokesPerDrawing: 1 << 20, seed: 0)
        #expect(pool.strokeCount == 65_538)
        #expect(try pool.path(ofStroke: 65_537, inCategory: 0).points.count == 70_000)
    }

    @Test func `points that no end of a stroke followed are none`() throws {
        var drawing = Drawing("cat", strokes: [[(1, 2)]])
        drawing.append(x: 3, y: 4)
        let found = try MappedBank(folder.bank(of: [[drawing]])).drawings()
        #expect(found == [Drawing("cat", strokes: [[(1, 2)]])])
    }

    @Test func `the fingerprint tells banks apart by all that is in them`() throws {
        let drawing = Drawing("cat", strokes: [[(1, 2)]])
        var others = [drawing, drawing, drawing, drawing]
        others[0].timestamp = 1
        others[1].word = "dog"
        others[2].isRecognized = true
        others[3].keyID = 2
        let fingerprints = try ([drawing] + others).map { try MappedBank(folder.bank(of: [[$0]])).fingerprint }
        #expect(Set(fingerprints).count == 5)
        #expect(fingerprints.allSatisfy { $0.count == 16 })
    }

    @Test func `a bank is told by its first bytes, not by its name`() throws {
        let bank = try folder.bank("cat.ndjson", of: [])
        let text = try folder.file("strokes.bank", "{}")
        #expect(MappedBank.isBank(bank))
        #expect(!MappedBank.isBank(text))
        #expect(!MappedBank.isBank(folder.path))
        #expect(!MappedBank.isBank(folder.path.appending("nothing")))
    }

    @Test func `nothing but the bank stays in the folder`() throws {
        _ = try folder.bank(of: [Drawing.samples(10, words: ["cat"], seed: 4)])
        let names = try folder.path.entryNames()
        #expect(names == ["strokes.bank"])
    }

    @Test func `nothing stays in the folder of a bank that was given up`() throws {
        let path = folder.path.appending("strokes.bank")
        do {
            let draft = try BankSpool(for: path)
            var chunks = BankBuffer()
            chunks.add(Drawing("cat", strokeCount: 3))
            try draft.add(&chunks, file: 0, part: 0)
            let merge = BankWriter(draft, keyLimit: 10)
            try merge.findDuplicates(inCategory: 0)
            try merge.begin()
            let file = try OutputFile(path)
            try merge.copy(0, to: ChecksummedBankFile(file, for: merge))
        }
        let names = try folder.path.entryNames()
        #expect(names == [])
    }
}
