import MaskModel

/// Samples the strokes of a drawing for a pool; the seed and the drawing's key determine the sample.
struct StrokeSelection: Hashable, Sendable {
    /// The number of strokes to sample from each drawing; all of them if it has fewer.
    let strokesPerDrawing: Int
    let seed: UInt64

    /// Samples strokes without replacement, uniformly (Fisher–Yates), and visits them in drawing order.
    ///
    /// Empty strokes are never sampled.
    @inline(__always)
    func forEachStroke(of drawing: Drawing, _ body: (Int) -> Void) {
        if drawing.emptyStrokeCount > 0 { return forEachNonemptyStroke(of: drawing, body) }
        let count = drawing.strokeCount
        guard count > strokesPerDrawing else {
            for stroke in 0..<count { body(stroke) }
            return
        }
        // The common case needs no array.
        if strokesPerDrawing == 1 {
            body(oneStroke(of: count, keyID: drawing.keyID))
            return
        }
        for stroke in someStrokes(of: count, keyID: drawing.keyID) { body(stroke) }
    }

    private func forEachNonemptyStroke(of drawing: Drawing, _ body: (Int) -> Void) {
        let strokes = drawing.nonemptyStrokes
        for rank in 0..<min(strokes.count, strokesPerDrawing) {
            body(strokes[stroke(rank, of: strokes.count, keyID: drawing.keyID)])
        }
    }

    /// The stroke that `forEachStroke` visits after `rank` others, for a drawing with `count` strokes.
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
