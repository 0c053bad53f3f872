import MaskModel
import PlaneGeometry
import TemporaryFiles
import Testing

@testable import QuickDraw

/// A pool out of a bank is held against the pool of the same drawings in memory.
struct BankPoolTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Both pools' strokes, as text with words, keys, numbers and points.
    private func strokes<Source: StrokeSource>(_ pool: Source) throws -> [String] {
        try (0..<pool.categoryCount).flatMap { category in
            try (0..<pool.strokeCount(inCategory: category)).map { stroke in
                let origin = try pool.origin(ofStroke: stroke, inCategory: category)
                let path = try pool.path(ofStroke: stroke, inCategory: category)
                return "\(origin.word) \(origin.keyID) \(origin.stroke) \(path.points)"
            }
        }
    }

    @Test(arguments: [1, 2, 3, 6, 7, 300], [1, 64, 65, 100, 1000])
    func `it is the pool of the same drawings`(strokesPerDrawing: Int, limit: Int) throws {
        for seed: UInt64 in 0..<3 {
            let drawings = Drawing.samples(500, words: ["cat", "dog", "bus"], seed: seed)
            let bank = try StrokeBank(folder.bank(of: [drawings], partLength: 50))
            let pool = try BankPool(bank, drawingLimit: limit, strokesPerDrawing: strokesPerDrawing, seed: seed)
            let wanted = StrokePool(
                [PoolPart(drawings, strokesPerDrawing: strokesPerDrawing, seed: seed)], drawingLimit: limit)
            #expect(try strokes(pool) == strokes(wanted))
            #expect(pool.words == wanted.words)
            #expect(pool.drawingCount == wanted.drawingCount)
            #expect(pool.strokeCount == wanted.strokeCount)
            #expect(try strokes(pool.restricted(to: ["dog"])) == strokes(wanted.restricted(to: ["dog"])))
            #expect(pool.restricted(to: ["dog"]).drawingCount == wanted.restricted(to: ["dog"]).drawingCount)
        }
    }

    @Test func `drawings that all have strokes are found without sums`() throws {
        let drawings = (0..<200).map { Drawing(key: $0, strokeCount: UInt8($0 % 5 + 1), mark: UInt8($0)) }
        let bank = try StrokeBank(folder.bank(of: [drawings]))
        let pool = try BankPool(bank, drawingLimit: 150, strokesPerDrawing: 1, seed: 5)
        let wanted = StrokePool([PoolPart(drawings, seed: 5)], drawingLimit: 150)
        #expect(try strokes(pool) == strokes(wanted))
    }

    @Test func `255 strokes of a drawing and more are counted right`() throws {
        let drawings = [254, 255, 256, 300, 0, 1].enumerated().map { index, count in
            var drawing = Drawing("cat", key: UInt64(index), strokes: [])
            for stroke in 0..<count {
                drawing.append(x: UInt8(truncatingIfNeeded: stroke), y: UInt8(index))
                drawing.endStroke()
            }
            return drawing
        }
        let bank = try StrokeBank(folder.bank(of: [drawings]))
        for count in [1, 254, 255, 256, 299, 300, 301] {
            let pool = try BankPool(bank, drawingLimit: 10, strokesPerDrawing: count, seed: 0)
            let wanted = StrokePool([PoolPart(drawings, strokesPerDrawing: count)], drawingLimit: 10)
            #expect(try strokes(pool) == strokes(wanted))
        }
    }

    @Test func `a category without strokes among its first drawings is left out`() throws {
        let drawings = [
            Drawing("cat", key: 1, strokes: []), Drawing("cat", key: 2, strokeCount: 1),
            Drawing("dog", key: 3, strokeCount: 1),
        ]
        let bank = try StrokeBank(folder.bank(of: [drawings]))
        let words = try [1, 2].map {
            try BankPool(bank, drawingLimit: $0, strokesPerDrawing: 1, seed: 0).words
        }
        #expect(words == [["dog"], ["cat", "dog"]])
    }

    @Test func `composers make the same masks of both`() throws {
        let drawings = Drawing.samples(500, words: ["cat", "dog", "bus"], seed: 9)
        let bank = try StrokeBank(folder.bank(of: [drawings]))
        let pool = try BankPool(bank, drawingLimit: 100, strokesPerDrawing: 2, seed: 1)
        let memory = StrokePool([PoolPart(drawings, strokesPerDrawing: 2, seed: 1)], drawingLimit: 100)
        let composer = try #require(Composer(spec: .standard, seed: 1, split: .train, strokes: pool))
        let wanted = try #require(Composer(spec: .standard, seed: 1, split: .train, strokes: memory))
        for index in 0..<200 {
            let composition = try composer.composition(index: index)
            #expect(composition == wanted.composition(index: index))
        }
    }
}
