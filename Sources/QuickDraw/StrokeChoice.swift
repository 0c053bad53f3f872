import MaskModel

/// Which strokes of a drawing go to a pool: some at random, which the seed and the drawing's key determine.
struct StrokeChoice: Hashable, Sendable {
    /// How many strokes to choose of each drawing; all of them if it has fewer.
    let strokesPerDrawing: Int
    let seed: UInt64

    /// Chooses strokes without repetition, all choices alike (Fisher and Yates), and gives them in drawing order.
    @inline(__always)
    func forEachStroke(of drawing: Drawing, _ body: (Int) -> Void) {
        let count = drawing.strokeCount
        guard count > strokesPerDrawing else {
            for stroke in 0..<count { body(stroke) }
            return
        }
        var random = RandomStream(seed: seed, use: .strokeChoice, index: drawing.keyID)
        // The one choice that takes no list.
        if strokesPerDrawing == 1 {
            body(random.uniform(below: count))
            return
        }
        var candidates = Array(0..<count)
        for place in 0..<strokesPerDrawing {
            candidates.swapAt(place, place + random.uniform(below: count - place))
        }
        for stroke in candidates.prefix(strokesPerDrawing).sorted() { body(stroke) }
    }
}
