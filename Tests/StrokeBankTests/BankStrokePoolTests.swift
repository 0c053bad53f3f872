import DrawingSamples
@testable import StrokeBank
import FileAccess
import MaskGeneration
import MaskModel
import PlaneGeometry
import TemporaryFiles
import Testing

import QuickDraw

/// A pool in a bank is compared with the pool of the same drawings in memory.
struct BankStrokePoolTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private struct PooledStroke: Equatable {
        let origin: StrokeOrigin
        let path: Polyline
    }

    /// The strokes of a pool, with words, keys, numbers, and points.
    private func strokes<Source: StrokeSource>(_ pool: Source) throws -> [PooledStroke] {
        try (0..<pool.categoryCount).flatMap { category in
            try (0..<pool.strokeCount(inCategory: category)).map { stroke in
                PooledStroke(
                    origin: try pool.origin(ofStroke: stroke, inCategory: category),
                    path: try pool.path(ofStroke: stroke, inCategory: category))
            }
        }
    }

    @Test(arguments: [1, 2, 3, 6, 7, 300], [1, 64, 65, 100, 1000])
    func `it is the pool of the same drawings`(strokesPerDrawing: Int, limit: Int) throws {
        for seed: UInt64 in 0..<2 {
            let drawings = Drawing.samples(330, words: ["cat", "dog", "bus"], seed: seed)
            let bank = try MappedBank(folder.bank(of: [drawings], partLength: 50))
            let pool = try BankStrokePool(bank, drawingLimit: limit, strokesPerDrawing: strokesPerDrawing, seed: seed)
            let expected = StrokePool(
                [SampledFileStrokes(drawings, strokesPerDrawing: strokesPerDrawing, seed: seed)], drawingLimit: limit)
            #expect(try strokes(pool) == strokes(expected))
            #expect(pool.words == expected.words)
            #expect(pool.drawingCount == expected.drawingCount)
            #expect(pool.strokeCount == expected.strokeCount)
            #expect(try strokes(pool.restricted(to: ["dog"])) == strokes(expected.restricted(to: ["dog"])))
            #expect(pool.restricted(to: ["dog"]).drawingCount == expected.restricted(to: ["dog"]).drawingCount)
        }
    }

    @Test func `drawings that all have strokes are found without sums`() throws {
        let drawings = (0..<200).map { Drawing(key: $0, strokeCount: UInt8($0 % 5 + 1), mark: UInt8($0)) }
        let bank = try MappedBank(folder.bank(of: [drawings]))
        let pool = try BankStrokePool(bank, drawingLimit: 150, strokesPerDrawing: 1, seed: 5)
        let expected = StrokePool([SampledFileStrokes(drawings, seed: 5)], drawingLimit: 150)
        #expect(try strokes(pool) == strokes(expected))
    }

    /// It would be a drawing or a stroke of the next category.
    @Test func `a drawing or a stroke that is not one of its category stops the program`() async {
        for (index, strokesPerDrawing) in [(-1, 1), (4, 1), (-1, 2), (8, 2)] {
            await #expect(processExitsWith: .failure) {
                [index = index as Int, strokesPerDrawing = strokesPerDrawing as Int] in
                let folder = try TemporaryFolder()
                let drawings = (0..<12).map { Drawing(["bus", "cat", "dog"][$0 / 4], key: UInt64($0), strokeCount: 2) }
                let bank = try MappedBank(folder.bank(of: [drawings]))
                let pool = try BankStrokePool(bank, drawingLimit: 9, strokesPerDrawing: strokesPerDrawing, seed: 0)
                // Only the last call can stop the program.
                guard pool.strokeCount(inCategory: 1) == 4 * strokesPerDrawing else { return }
                _ = try pool.path(ofStroke: index, inCategory: 1)
            }
        }
        for index in [-1, 4] {
            await #expect(processExitsWith: .failure) { [index = index as Int] in
                let folder = try TemporaryFolder()
                let drawings = (0..<12).map { Drawing(["bus", "cat", "dog"][$0 / 4], key: UInt64($0), strokeCount: 2) }
                var drawing = Drawing()
                try MappedBank(folder.bank(of: [drawings])).read(index, inCategory: 1, into: &drawing)
            }
        }
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
        let bank = try MappedBank(folder.bank(of: [drawings]))
        for count in [1, 254, 255, 256, 299, 300, 301] {
            let pool = try BankStrokePool(bank, drawingLimit: 10, strokesPerDrawing: count, seed: 0)
            let expected = StrokePool([SampledFileStrokes(drawings, strokesPerDrawing: count)], drawingLimit: 10)
            #expect(try strokes(pool) == strokes(expected))
        }
    }

    @Test func `a category without strokes among its first drawings is left out`() throws {
        let drawings = [
            Drawing("cat", key: 1, strokes: []), Drawing("cat", key: 2, strokeCount: 1),
            Drawing("dog", key: 3, strokeCount: 1),
        ]
        let bank = try MappedBank(folder.bank(of: [drawings]))
        let words = try [1, 2].map {
            try BankStrokePool(bank, drawingLimit: $0, strokesPerDrawing: 1, seed: 0).words
        }
        #expect(words == [["dog"], ["cat", "dog"]])
    }

    /// Filters that each reject something, and all of them together.
    private static let filters: [@Sendable (inout DrawingFilter) throws -> Void] = [
        { $0.words = ["cat", "bus"] }, { $0.excludedWords = ["dog"] },
        { $0.countries = Set((65...80).map { CountryCode(bytes: SIMD2($0, 0x5A)) }) },
        { $0.isRecognizedOnly = true },
        { $0.strokeLength = try StrokeMeasureRange(minimum: 200, maximum: 3000, of: "") },
        { $0.strokeExtent = try StrokeMeasureRange(minimum: 100, maximum: 240, of: "") },
        {
            $0.excludedWords = ["bus"]
            $0.isRecognizedOnly = true
            $0.strokeLength = try StrokeMeasureRange(minimum: nil, maximum: 2500, of: "")
            $0.strokeExtent = try StrokeMeasureRange(minimum: 200, maximum: nil, of: "")
        },
    ]

    @Test(arguments: 0..<filters.count, [1, 2, 3, 300])
    func `filtered, it is the filtered pool of the drawings, and the pool of a bank of those`(
        number: Int, strokesPerDrawing: Int
    ) throws {
        var filter = DrawingFilter()
        try Self.filters[number](&filter)
        for (seed, limit) in [(0, 1), (1, 30), (2, 64), (3, 1000)] as [(UInt64, Int)] {
            let drawings = Drawing.samples(330, words: ["cat", "dog", "bus"], seed: seed)
            let bank = try MappedBank(folder.bank(of: [drawings], partLength: 50))
            let pool = try BankStrokePool(
                bank, drawingLimit: limit, strokesPerDrawing: strokesPerDrawing, seed: seed, filter: filter)
            let file = try folder.file(
                "drawings.ndjson", drawings.map { $0.line + "\n" }.joined())
            let part = try SampledFileStrokes(
                file, drawingLimit: limit, strokesPerDrawing: strokesPerDrawing, seed: seed, filter: filter)
            let expected = StrokePool([part], drawingLimit: limit)
            #expect(try strokes(pool) == strokes(expected))
            #expect((pool.drawingCount, pool.strokeCount) == (expected.drawingCount, expected.strokeCount))
            #expect(try pool.digest == expected.digest)
            #expect(
                pool.skippedContents.filterCounts.excludedWords == expected.skippedContents.filterCounts.excludedWords)
            #expect(
                pool.skippedContents.filterCounts.unrecognized == expected.skippedContents.filterCounts.unrecognized)
            #expect(
                pool.skippedContents.filterCounts.otherCountries == expected.skippedContents.filterCounts.otherCountries
            )
            #expect(
                pool.skippedContents.filterCounts.strokeLengths == expected.skippedContents.filterCounts.strokeLengths)
            #expect(
                pool.skippedContents.filterCounts.strokeExtents == expected.skippedContents.filterCounts.strokeExtents)

            var pass = DrawingFilterPass(filter)
            let sifted = drawings.filter { pass.accepts($0) }.map { drawing in
                var drawing = drawing
                pass.removeStrokes(from: &drawing)
                return drawing
            }
            let siftedBank = try MappedBank(folder.bank("sifted.bank", of: [sifted], partLength: 50))
            let siftedPool = try BankStrokePool(
                siftedBank, drawingLimit: limit, strokesPerDrawing: strokesPerDrawing, seed: seed)
            #expect(try strokes(siftedPool) == strokes(expected))
            #expect(siftedPool.drawingCount == expected.drawingCount)
            #expect(try siftedPool.digest == expected.digest)
            #expect(try siftedBank.drawings() == sifted.sorted { $0.word < $1.word })
        }
    }

    @Test func `filters add up, wherever each is applied`() throws {
        let drawings = Drawing.samples(300, words: ["cat", "dog"], seed: 4)
        var (first, second, both) = (DrawingFilter(), DrawingFilter(), DrawingFilter())
        first.strokeLength = try StrokeMeasureRange(minimum: 300, maximum: nil, of: "")
        second.strokeExtent = try StrokeMeasureRange(minimum: nil, maximum: 250, of: "")
        (both.strokeLength, both.strokeExtent) = (first.strokeLength, second.strokeExtent)
        var pass = DrawingFilterPass(first)
        let sifted = drawings.map { drawing in
            var drawing = drawing
            pass.removeStrokes(from: &drawing)
            return drawing
        }
        let bank = try MappedBank(folder.bank(of: [drawings]))
        let siftedBank = try MappedBank(folder.bank("sifted.bank", of: [sifted]))
        for count in [1, 2, 300] {
            let pool = try BankStrokePool(bank, drawingLimit: 200, strokesPerDrawing: count, seed: 0, filter: both)
            let siftedPool = try BankStrokePool(
                siftedBank, drawingLimit: 200, strokesPerDrawing: count, seed: 0, filter: second)
            #expect(try strokes(siftedPool) == strokes(pool))
        }
    }

    @Test func `255 strokes that a filter takes and more are counted right`() throws {
        var drawing = Drawing("cat", key: 8, strokes: [])
        for stroke in 0..<700 {
            drawing.append(x: UInt8(stroke % 256), y: 0)
            if stroke % 2 == 0 { drawing.append(x: UInt8(stroke % 256), y: 9) }
            drawing.endStroke()
        }
        var filter = DrawingFilter()
        filter.strokeLength = try StrokeMeasureRange(minimum: 9, maximum: nil, of: "")
        var pass = DrawingFilterPass(filter)
        var sifted = drawing
        pass.removeStrokes(from: &sifted)
        let bank = try MappedBank(folder.bank(of: [[drawing]]))
        let siftedBank = try MappedBank(folder.bank("sifted.bank", of: [[sifted]]))
        #expect(siftedBank.header.strokeCount == 350)
        for count in [1, 255, 256, 349, 350, 351] {
            let expected = try strokes(
                StrokePool([SampledFileStrokes([sifted], strokesPerDrawing: count)], drawingLimit: 1))
            #expect(expected.count == min(count, 350))
            let pool = try BankStrokePool(bank, drawingLimit: 1, strokesPerDrawing: count, seed: 0, filter: filter)
            #expect(try strokes(pool) == expected)
            let siftedPool = try BankStrokePool(siftedBank, drawingLimit: 1, strokesPerDrawing: count, seed: 0)
            #expect(try strokes(siftedPool) == expected)
        }
    }

    @Test func `a filter's words have to be the bank's`() throws {
        let bank = try MappedBank(folder.bank(of: [[Drawing("cat", strokeCount: 1)]]))
        var filter = DrawingFilter()
        filter.excludedWords = ["bat"]
        let error = #expect(throws: DataError.self) {
            try BankStrokePool(bank, drawingLimit: 1, strokesPerDrawing: 1, seed: 0, filter: filter)
        }
        #expect(
            error.map { "\($0)" }
                == "\(bank.path): no drawings of \"bat\"; did you mean cat?")
    }

    @Test func `composers make the same masks of both`() throws {
        let drawings = Drawing.samples(500, words: ["cat", "dog", "bus"], seed: 9)
        let bank = try MappedBank(folder.bank(of: [drawings]))
        let pool = try BankStrokePool(bank, drawingLimit: 100, strokesPerDrawing: 2, seed: 1)
        let memory = StrokePool([SampledFileStrokes(drawings, strokesPerDrawing: 2, seed: 1)], drawingLimit: 100)
        let composer = try #require(Composer(spec: .standard, seed: 1, split: .train, strokes: pool))
        let expected = try #require(Composer(spec: .standard, seed: 1, split: .train, strokes: memory))
        for index in 0..<200 {
            let composition = try composer.composition(index: index)
            #expect(composition == expected.composition(index: index))
        }
    }
}
