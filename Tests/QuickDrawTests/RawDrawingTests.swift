import DrawingSamples
import StrokeBank
import Foundation
import JSONText
import ReaderFuzzing
import Testing

@testable import QuickDraw

extension RawDrawing {
    /// A drawing of strokes given as points.
    init(_ word: String = "cat", strokes: [[(Double, Double)]]) {
        self.init()
        self.word = word
        for stroke in strokes {
            for (x, y) in stroke { append(x: x, y: y) }
            endStroke()
        }
    }
}

/// Simplifying raw drawings.
struct RawDrawingTests {
    /// The strokes of a simplified raw drawing, as points.
    private func simplified(_ strokes: [[(Double, Double)]]) throws -> [[[UInt8]]] {
        let drawing = try RawDrawing(strokes: strokes).simplified()
        return (0..<drawing.strokeCount).map { stroke in
            let coordinates = Array(drawing.strokeCoordinates(stroke))
            return stride(from: 0, to: coordinates.count, by: 2).map { Array(coordinates[$0..<$0 + 2]) }
        }
    }

    @Test func `the longer side becomes 255, and the corner 0`() throws {
        let strokes = try simplified([[(100, -50), (300, -50)], [(100, 50), (200, 0)]])
        #expect(strokes == [[[0, 0], [255, 0]], [[0, 128], [128, 64]]])
    }

    @Test func `halves are rounded to even`() throws {
        let strokes = try simplified([[(0, 0), (510, 0)], [(1, 1), (1, 510)], [(3, 5), (7, 5)]])
        #expect(strokes[1] == [[0, 0], [0, 255]])
        #expect(strokes[2] == [[2, 2], [4, 2]])
    }

    @Test func `points within 2 px of a line are dropped, those beyond it stay`() throws {
        let frame = [(0.0, 0.0), (255.0, 0.0), (255.0, 255.0)]
        let near = try simplified([frame, [(0, 100), (50, 102), (100, 100)]])
        let far = try simplified([frame, [(0, 100), (50, 102.5), (100, 100)]])
        #expect(near[1] == [[0, 100], [100, 100]])
        #expect(far[1] == [[0, 100], [50, 102], [100, 100]])
    }

    @Test func `the line that a point is held against is infinite`() throws {
        // The stroke continues past its end at (100, 100) along the same line, and returns.
        let strokes = try simplified([
            [(0, 0), (255, 0), (255, 255)], [(0, 100), (200, 101), (100, 100)],
        ])
        #expect(strokes[1] == [[0, 100], [100, 100]])
    }

    @Test func `a stroke that ends where it began keeps what is far from there`() throws {
        let strokes = try simplified([[(0, 0), (255, 0), (255, 255), (0, 255), (0, 0)]])
        #expect(strokes == [[[0, 0], [255, 0], [255, 255], [0, 255], [0, 0]]])
    }

    @Test func `a point alone becomes two equal ones`() throws {
        let strokes = try simplified([[(0, 0), (255, 255)], [(51, 102)], [(7, 7), (7, 7), (7, 7)]])
        #expect(strokes[1] == [[51, 102], [51, 102]])
        #expect(strokes[2] == [[7, 7], [7, 7]])
    }

    @Test func `a drawing that is one dot lies at 0`() throws {
        let strokes = try simplified([[(300, -20)], [(300, -20), (300, -20)]])
        #expect(strokes == [[[0, 0], [0, 0]], [[0, 0], [0, 0]]])
    }

    @Test func `nothing stays nothing`() throws {
        let drawing = try RawDrawing("cat", strokes: []).simplified()
        #expect(drawing == Drawing("cat", key: 0, strokes: []))
    }

    @Test func `word, key, country, time and recognition are kept`() throws {
        var raw = RawDrawing("bus", strokes: [[(1, 2), (3, 4)]])
        raw.keyID = 9_007_199_254_740_993
        raw.country = try #require(CountryCode("DE"))
        raw.timestamp = 1_489_776_513
        raw.isRecognized = true
        let drawing = try raw.simplified()
        #expect(drawing.word == "bus")
        #expect(drawing.keyID == 9_007_199_254_740_993)
        #expect(drawing.country.description == "DE")
        #expect(drawing.timestamp == 1_489_776_513)
        #expect(drawing.isRecognized)
    }

    @Test func `points that no end of a stroke follows do not count`() throws {
        var raw = RawDrawing(strokes: [[(0, 0), (10, 10)]])
        raw.append(x: 1000, y: 1000)
        let drawing = try raw.simplified()
        #expect(drawing == Drawing(key: 0, strokes: [[(0, 0), (255, 255)]]))
    }

    @Test func `coordinates at the limit, and ones that hardly differ, give a drawing`() throws {
        let limit = RawDrawing.coordinateLimit
        let huge = try simplified([[(-limit, -limit), (limit, limit)]])
        let least = Double.leastNonzeroMagnitude
        let tiny = try simplified([[(0, 0), (least, 0)], [(0, least), (least, least)]])
        #expect(huge == [[[0, 0], [255, 255]]])
        #expect(tiny == [[[0, 0], [255, 0]], [[0, 255], [255, 255]]])
    }

    // MARK: As published

    // The results of numpy for these strokes, with the same steps.

    @Test func `a spiral of real numbers, partly negative`() throws {
        let xs = [
            320.0, 321.6056, 319.8859, 314.4296, 305.4389, 293.7614, 280.8158, 268.4205, 258.5422, 253.0017, 253.1772,
            259.7518, 272.5454, 290.4611, 311.5638, 333.2856, 352.7385, 367.0954, 373.9895, 371.8775, 360.3122, 340.082,
            313.1902, 282.6659, 252.2254, 225.8197, 207.1233, 199.0321, 203.2357, 219.9263, 247.6909, 283.6081,
            323.5486, 362.6482, 395.9006, 418.7964, 427.9276, 421.4779, 399.5284, 364.133,
        ]
        let ys = [
            -40.0, -33.9993, -27.1156, -20.483, -15.3638, -12.9404, -14.1037, -19.2726, -28.2754, -40.3153, -54.0313,
            -67.6516, -79.2209, -86.8751, -89.1226, -85.0941, -74.7197, -58.8057, -38.9912, -17.5848, 2.7041, 19.1075,
            29.1718, 31.1116, 24.0949, 8.4161, -14.4721, -42.0806, -71.1507, -98.0389, -119.1726, -131.5216, -133.0219,
            -122.8948, -101.8137, -71.8897, -36.4696, 0.236, 33.6527, 59.412,
        ]
        let strokes = try simplified([Array(zip(xs, ys))])
        #expect(
            strokes == [
                [
                    [135, 104], [135, 117], [128, 126], [106, 134], [91, 132], [77, 126], [66, 116], [60, 104],
                    [60, 89], [67, 73], [82, 60], [102, 52], [125, 49], [150, 54], [171, 65], [187, 83], [195, 104],
                    [193, 128], [180, 151], [157, 169], [128, 181], [94, 183], [60, 175], [30, 158], [9, 132],
                    [0, 102], [5, 69], [23, 39], [54, 16], [95, 2], [139, 0], [182, 11], [219, 35], [245, 68],
                    [255, 108], [248, 148], [224, 185], [184, 214],
                ]
            ])
    }

    @Test func `of points equally far from a chord, the last bit chooses`() throws {
        // x₀ + u·(x₁ − x₀) instead of x₀·(1 − u) + x₁·u would result in (141, 50), x·(255 / size) (133, 54).
        let first = try simplified([[(553, 294), (591, 238), (659, 208), (640, 236), (621, 264), (587, 279)]])
        #expect(first == [[[0, 207], [92, 72], [136, 53], [255, 0], [164, 134], [82, 171]]])
        // hypot along the stroke would result in (13, 71).
        let second = try simplified([[(574, 227), (480, 253), (422, 135), (469, 122), (516, 109), (545, 168)]])
        #expect(second == [[[255, 198], [97, 241], [18, 80], [1, 43], [158, 0], [206, 99]]])
        // A chord's length without fused multiply-add would result in (254, 22) and (249, 18).
        let third = try simplified([[(387, 230), (461, 208), (446, 198), (345, 202)]])
        #expect(third == [[[92, 70], [254, 21], [221, 0], [0, 9]]])
    }

    // MARK: Absurd drawings

    @Test func `a stroke of a million points on the spot is a dot`() throws {
        let points = Array(repeating: (5.0, 5.0), count: 1_000_000)
        let strokes = try simplified([[(0, 0), (10, 10)], points])
        #expect(strokes[1] == [[128, 128], [128, 128]])
    }

    @Test func `a stroke that goes to and fro a million times is an error, soon`() {
        let points = (0..<1_000_000).map { ($0.isMultiple(of: 2) ? 0.0 : 255.0, Double($0 % 7)) }
        let drawing = RawDrawing(strokes: [[(0, 0), (1, 1)], points])
        #expect(throws: DrawingRecordError.overlongStroke(stroke: 1)) { try drawing.simplified() }
    }

    @Test func `strokes that together take too much work are an error`() throws {
        let zigzag = (0..<40).map { ($0.isMultiple(of: 2) ? 0.0 : 255.0, Double($0)) }
        let drawing = RawDrawing(strokes: Array(repeating: zigzag, count: 10))
        var simplifier = DrawingSimplifier(stepLimit: 1_000_000)
        var simplified = Drawing()
        #expect(throws: DrawingRecordError.overlongStroke(stroke: 4)) {
            try simplifier.simplify(drawing, into: &simplified)
        }
        #expect(simplified.strokeCount == 4)
        // The limit of steps applies to each drawing.
        try simplifier.simplify(RawDrawing(strokes: [zigzag]), into: &simplified)
        #expect(simplified.strokeCount == 1)
    }

    @Test func `a stroke without points is an error`() {
        let drawing = RawDrawing(strokes: [[(0, 0)], []])
        #expect(throws: DrawingRecordError.emptyStroke(stroke: 1)) { try drawing.simplified() }
    }

    @Test func `the fault says what is expected`() {
        let message = "\(DrawingRecordError.overlongStroke(stroke: 3))"
        #expect(message == "stroke 3 is too long to be simplified; expected one drawn by hand")
    }

    @Test func `one simplifier gives the same as a new one for each drawing`() throws {
        var simplifier = DrawingSimplifier()
        var drawing = Drawing()
        for seed in 0..<50 as Range<UInt64> {
            var random = ByteMutator(seed: seed)
            let raw = RawDrawing(
                strokes: (0..<3).map { _ in
                    (0..<Int.random(in: 1...30, using: &random)).map { _ in
                        (Double.random(in: -9...900, using: &random), Double.random(in: -9...900, using: &random))
                    }
                })
            try simplifier.simplify(raw, into: &drawing)
            let alone = try raw.simplified()
            #expect(drawing == alone)
        }
    }
}
