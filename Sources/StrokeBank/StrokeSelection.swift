import MaskModel

/// Which strokes of a drawing go to a pool: some at random, which the seed and the drawing's key determine.
struct StrokeSelection: Hashable, Sendable {
    /// How many strokes to choose of each drawing; all of them if it has fewer.
    let strokesPerDrawing: Int
    let seed: UInt64

    /// Chooses strokes without repetition, all choices alike (Fisher and Yates), and gives them in drawing order.
    ///
    /// The choice is among those that no filter left out.
    @inline(__always)
    func forEachStroke(of drawing: Drawing, _ body: (Int) -> Void) {
        if drawing.leftOutCount > 0 { return forEachPresentStroke(of: drawing, body) }
        let count = drawing.strokeCount
        guard count > strokesPerDrawing else {
            for stroke in 0..<count { body(stroke) }
            return
        }
        // The one choice that takes no list.
        if strokesPerDrawing == 1 {
            body(oneStroke(of: count, keyID: drawing.keyID))
            return
        }
        for stroke in someStrokes(of: count, keyID: drawing.keyID) { body(stroke) }
    }

    private func forEachPresentStroke(of drawing: Drawing, _ body: (Int) -> Void) {
        let strokes = drawing.presentStrokes
        for rank in 0..<min(strokes.count, strokesPerDrawing) {
            body(strokes[stroke(rank, of: strokes.count, keyID: drawing.keyID)])
        }
    }

    /// The stroke that `forEachStroke` gives after `rank` others, of a drawing with `count` strokes.
    func stroke(_ rank: Int, of count: Int, keyID: UInt64) -> Int {
        guard count > strokesPerDrawing else { return rank }
        return strokesPerDrawing == 1 ? oneStroke(of: count, keyID: keyID) : someStrokes(of: count, keyID: keyID)[rank]
    }

    @inline(__always)
    private func oneStroke(of count: Int, keyID: UInt64) -> Int {
        var random = RandomStream(seed: seed, use: .strokeChoice, index: keyID)
        return random.uniform(below: count)
    }

    private func someStrokes(of count: Int, keyID: UInt64) -> [Int] {
        var random = RandomStream(seed: seed, use: .strokeChoice, index: keyID)
        var candidates = Array(0..<count)
        for place in 0..<strokesPerDrawing {
            candidates.swapAt(place, place + random.uniform(below: count - place))
        }
        return candidates.prefix(strokesPerDrawing).sorted()
    }
}
