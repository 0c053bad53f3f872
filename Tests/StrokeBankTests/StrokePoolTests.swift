import DrawingSamples
@testable import StrokeBank
import MaskGeneration
import MaskModel
import PlaneGeometry
import Testing

import QuickDraw

struct StrokePoolTests {
    @Test func `a stroke keeps its path and where it came from`() {
        let pool = StrokePool(
            [
                SampledFileStrokes(
                    [Drawing("cat", key: 9_007_199_254_740_993, strokes: [[(1, 2), (3, 4)], [(5, 6)]])],
                    strokesPerDrawing: 2)
            ],
            drawingLimit: 10)
        let path = pool.path(ofStroke: 1, inCategory: 0)
        let origin = pool.origin(ofStroke: 1, inCategory: 0)
        #expect(path == Polyline([Point(x: 5, y: 6)]))
        #expect(origin == StrokeOrigin(word: "cat", keyID: 9_007_199_254_740_993, stroke: 1))
    }

    @Test func `every stroke has the path of its own drawing`() {
        let drawings = (0..<20).map { key in
            Drawing(["cat", "dog", "bus"][key % 3], key: UInt64(key), strokeCount: 5, mark: UInt8(key))
        }
        let pool = StrokePool([SampledFileStrokes(drawings, strokesPerDrawing: 2)], drawingLimit: 100)
        for category in 0..<pool.categoryCount {
            for stroke in 0..<pool.strokeCount(inCategory: category) {
                let origin = pool.origin(ofStroke: stroke, inCategory: category)
                let path = pool.path(ofStroke: stroke, inCategory: category)
                #expect(path == drawings[Int(origin.keyID)].path(ofStroke: origin.stroke))
                #expect(origin.word == drawings[Int(origin.keyID)].word)
            }
        }
        #expect(pool.strokeCount == 40)
    }

    /// It would be a stroke of the next category.
    @Test func `a stroke that is not one of its category stops the program`() async {
        for stroke in [-1, 1, 2] {
            await #expect(processExitsWith: .failure) { [stroke = stroke as Int] in
                let drawings = ["bus", "cat", "dog"].map { Drawing($0, strokeCount: 1) }
                let pool = StrokePool([SampledFileStrokes(drawings)], drawingLimit: 10)
                _ = pool.path(ofStroke: stroke, inCategory: 1)
            }
        }
    }

    // MARK: Categories

    @Test func `categories are sorted by the bytes of their words`() {
        let words = ["zebra", "The Eiffel Tower", "t-shirt", "é", "cat"]
        let drawings = words.map { Drawing($0, strokeCount: 1) }
        let pool = StrokePool([SampledFileStrokes(drawings)], drawingLimit: 10)
        #expect(pool.words == ["The Eiffel Tower", "cat", "t-shirt", "zebra", "é"])
    }

    @Test func `a category is one, however many strokes it has`() {
        let cats = (0..<50).map { Drawing("cat", key: $0, strokeCount: 3) }
        let pool = StrokePool(
            [SampledFileStrokes(cats + [Drawing("dog", strokeCount: 1)], strokesPerDrawing: 3)], drawingLimit: 100)
        #expect(pool.categoryCount == 2)
        #expect(pool.strokeCount(inCategory: 0) == 150)
        #expect(pool.strokeCount(inCategory: 1) == 1)
        #expect(pool.drawingCount == 51)
    }

    @Test func `masks take as many strokes from a small category as from a large one`() throws {
        let cats = (0..<50).map { Drawing("cat", key: $0, strokeCount: 3) }
        let pool = StrokePool(
            [SampledFileStrokes(cats + [Drawing("dog", strokeCount: 1)], strokesPerDrawing: 3)], drawingLimit: 100)
        let composer = try #require(Composer(spec: .standard, seed: 0, split: .train, strokes: pool))
        let words = (0..<1000).flatMap { composer.composition(index: $0).sampled.map(\.origin.word) }
        let dogs = words.count { $0 == "dog" }
        // Four standard deviations of a fair coin.
        #expect((Double(dogs) - Double(words.count) / 2).magnitude < 2 * Double(words.count).squareRoot())
    }

    @Test func `a category without any stroke is left out`() {
        let pool = StrokePool(
            [SampledFileStrokes([Drawing("cat", strokes: []), Drawing("dog", strokeCount: 1)])], drawingLimit: 10)
        #expect(pool.words == ["dog"])
        #expect(pool.drawingCount == 1)
    }

    @Test func `nothing gives an empty pool`() {
        let pool = StrokePool([SampledFileStrokes([]), SampledFileStrokes([])], drawingLimit: 10)
        #expect(pool.categoryCount == 0)
        #expect(pool.strokeCount == 0)
        #expect(pool.drawingCount == 0)
    }

    // MARK: Drawings

    @Test func `a category of several files takes drawings in their order, up to the limit`() {
        let first = SampledFileStrokes((1...3).map { Drawing(key: $0, strokeCount: 1) })
        let second = SampledFileStrokes((11...13).map { Drawing(key: $0, strokeCount: 1) })
        let pool = StrokePool([second, first], drawingLimit: 4)
        #expect(pool.origins == ["cat 11 0", "cat 12 0", "cat 13 0", "cat 1 0"])
        #expect(pool.drawingCount == 4)
    }

    @Test func `the limit is each category's own`() {
        let drawings = (1...10).map { Drawing($0.isMultiple(of: 2) ? "cat" : "dog", key: $0, strokeCount: 1) }
        let pool = StrokePool([SampledFileStrokes(drawings)], drawingLimit: 2)
        #expect(pool.origins == ["cat 2 0", "cat 4 0", "dog 1 0", "dog 3 0"])
    }

    @Test func `a key met twice counts once, in a file and across files`() {
        let first = SampledFileStrokes([1, 1, 2].map { Drawing(key: $0, strokeCount: 1) })
        let second = SampledFileStrokes([2, 1, 3, 4].map { Drawing(key: $0, strokeCount: 1) })
        let pool = StrokePool([first, second], drawingLimit: 3)
        #expect(pool.origins == ["cat 1 0", "cat 2 0", "cat 3 0"])
    }

    @Test func `a key met in two categories counts in both`() {
        let pool = StrokePool(
            [SampledFileStrokes([Drawing("cat", strokeCount: 1), Drawing("dog", strokeCount: 1)])], drawingLimit: 10)
        #expect(pool.origins == ["cat 1 0", "dog 1 0"])
    }

    @Test func `a drawing without strokes counts towards the limit`() {
        let pool = StrokePool(
            [SampledFileStrokes([Drawing(key: 1, strokes: []), Drawing(key: 2, strokeCount: 1)])], drawingLimit: 1)
        #expect(pool.strokeCount == 0)
    }

    @Test func `files of different categories may come in any order`() {
        let cats = SampledFileStrokes((1...5).map { Drawing("cat", key: $0, strokeCount: 4) }, strokesPerDrawing: 2)
        let dogs = SampledFileStrokes((1...5).map { Drawing("dog", key: $0, strokeCount: 4) }, strokesPerDrawing: 2)
        let pool = StrokePool([cats, dogs], drawingLimit: 10)
        #expect(pool == StrokePool([dogs, cats], drawingLimit: 10))
    }

    // MARK: Choice of strokes

    /// The strokes sampled from a drawing.
    private func chosen(_ count: Int, of drawing: Drawing, seed: UInt64 = 0) -> [Int] {
        let pool = StrokePool([SampledFileStrokes([drawing], strokesPerDrawing: count, seed: seed)], drawingLimit: 1)
        return (0..<pool.strokeCount).map { pool.origin(ofStroke: $0, inCategory: 0).stroke }
    }

    @Test(arguments: 0..<50)
    func `strokes are chosen without repetition, in drawing order`(key: Int) {
        let drawing = Drawing(key: UInt64(key), strokeCount: 12)
        for count in 1...12 {
            let strokes = chosen(count, of: drawing)
            #expect(strokes.count == count)
            #expect(strokes == Set(strokes).sorted())
            #expect(Set(0..<12).isSuperset(of: strokes))
        }
    }

    @Test func `a drawing with fewer strokes gives them all`() {
        let strokes = chosen(5, of: Drawing(strokeCount: 3))
        #expect(strokes == [0, 1, 2])
    }

    @Test(arguments: 0..<50)
    func `the choice depends on seed and key alone`(key: Int) {
        let drawing = Drawing(key: UInt64(key), strokeCount: 9)
        let others = (100..<110).map { Drawing("dog", key: $0, strokeCount: 9) }
        let alone = StrokePool([SampledFileStrokes([drawing], strokesPerDrawing: 3)], drawingLimit: 100)
        let last = StrokePool(
            [
                SampledFileStrokes(others, strokesPerDrawing: 3),
                SampledFileStrokes(others + [drawing], strokesPerDrawing: 3),
            ],
            drawingLimit: 100)
        #expect(last.restricted(to: ["cat"]).origins == alone.origins)
    }

    @Test func `another seed chooses otherwise`() {
        let choices = Set((0..<50).map { chosen(3, of: Drawing(strokeCount: 9), seed: $0) })
        #expect(choices.count > 20)
    }

    @Test func `all choices are alike`() {
        var counts: [[Int]: Int] = [:]
        for key in 0..<6000 {
            counts[chosen(2, of: Drawing(key: UInt64(key), strokeCount: 4)), default: 0] += 1
        }
        #expect(counts.count == 6)
        for (_, count) in counts {
            // 6000 throws of a die: four standard deviations, 4·√(6000 · 1/6 · 5/6).
            #expect((Double(count) - 1000).magnitude < 116)
        }
    }

    // MARK: Restriction

    @Test func `a restricted pool has only the words given`() {
        let drawings = ["cat", "dog", "bus"].enumerated().map { Drawing($1, key: UInt64($0), strokeCount: 2) }
        let pool = StrokePool([SampledFileStrokes(drawings, strokesPerDrawing: 2)], drawingLimit: 10).restricted(to: [
            "dog", "bus", "x",
        ])
        #expect(pool.words == ["bus", "dog"])
        #expect(pool.origins == ["bus 2 0", "bus 2 1", "dog 1 0", "dog 1 1"])
        #expect(pool.strokeCount == 4)
        #expect(pool.drawingCount == 2)
    }
}
