import DrawingSamples
@testable import StrokeBank
import PlaneGeometry
import Testing

import QuickDraw

struct DrawingTests {
    @Test func `strokes that are left out keep their numbers, without points`() {
        var drawing = Drawing(strokes: [[(1, 1)], [(2, 2), (3, 3)], [(4, 4)], [(5, 5), (6, 6)]])
        drawing.removePoints(ofStrokesWhere: { $0.count == 2 })
        #expect(drawing == Drawing(strokes: [[], [(2, 2), (3, 3)], [], [(5, 5), (6, 6)]]))
        #expect((drawing.strokeCount, drawing.emptyStrokeCount) == (4, 2))
        #expect(drawing.nonemptyStrokes == [1, 3])
        drawing.removePoints(ofStrokesWhere: { $0.first == 2 })
        #expect(drawing == Drawing(strokes: [[], [], [], [(5, 5), (6, 6)]]))
        drawing.removeStrokes()
        #expect(drawing.emptyStrokeCount == 0)
    }

    @Test func `a new drawing is empty`() {
        let drawing = Drawing()
        #expect(drawing.strokeCount == 0)
        #expect(drawing.word == "")
    }

    @Test func `every stroke has its own coordinates, x and y in turn`() {
        let drawing = Drawing(strokes: [[(1, 2), (3, 4)], [(5, 6)], [(7, 8), (9, 10), (11, 12)]])
        let strokes = (0..<drawing.strokeCount).map { Array(drawing.strokeCoordinates($0)) }
        #expect(strokes == [[1, 2, 3, 4], [5, 6], [7, 8, 9, 10, 11, 12]])
    }

    @Test func `a stroke's path is in the drawing's units`() {
        let drawing = Drawing(strokes: [[(0, 0)], [(1, 2), (255, 254)]])
        let path = drawing.path(ofStroke: 1)
        #expect(path == Polyline([Point(x: 1, y: 2), Point(x: 255, y: 254)]))
    }

    @Test func `without its strokes a drawing keeps its word and key`() {
        var drawing = Drawing("cat", key: 7, strokes: [[(1, 2), (3, 4)]])
        drawing.removeStrokes()
        #expect(drawing.strokeCount == 0)
        #expect(drawing.coordinates == [])
        #expect(drawing.word == "cat")
        #expect(drawing.keyID == 7)
    }

    @Test func `equal keys and points have equal hashes, whatever the word`() {
        let first = Drawing("cat", key: 7, strokes: [[(1, 2), (3, 4)]])
        let second = Drawing("dog", key: 7, strokes: [[(1, 2), (3, 4)]])
        #expect(first.contentHash == second.contentHash)
    }

    @Test func `a key, a point, an order or a break of its own gives a hash of its own`() {
        let hashes: Set<UInt64> = [
            Drawing(key: 7, strokes: [[(1, 2), (3, 4)]]).contentHash,
            Drawing(key: 8, strokes: [[(1, 2), (3, 4)]]).contentHash,
            Drawing(key: 7, strokes: [[(1, 2), (3, 5)]]).contentHash,
            Drawing(key: 7, strokes: [[(3, 4), (1, 2)]]).contentHash,
            Drawing(key: 7, strokes: [[(1, 2)], [(3, 4)]]).contentHash, Drawing(key: 7, strokes: []).contentHash,
        ]
        #expect(hashes.count == 6)
    }
}
