extension StrokeModel {
    /// Corrects strokes beside which pixels are wrong, by finer fits and more vertices.
    ///
    /// An exact image is all signal: what a tolerance for noise has let go is wrong there. Traced once more, its strokes
    /// would be simplified a little more each time.
    ///
    /// - Parameter allowed: The weighted number of wrong pixels that need no correction.
    mutating func correctDetails(allowed: Double) {
        var mismatch = mismatch()
        for round in 0..<6 where mismatch > allowed && !isExhausted {
            let old = strokes
            let before = faults()
            for index in strokes.indices where before.total(ofStroke: index) >= 1 { strokes[index].isChanged = true }
            if round > 0 {
                let hasAdded = round == 1 && addMissing(minimumArea: 10)
                guard splitSegments(density: 0.06) || hasAdded else { return }
            }
            fitChanged(margins: [0.4, 0.15, 0.08, 0.04, 0.02], iterations: 4)
            if round > 0 { removeVertices(tolerance: 0.3, slack: 0.5) }
            let after = faults()
            for index in old.indices where after.total(ofStroke: index) > before.total(ofStroke: index) + 2 {
                strokes[index] = old[index]
            }
            let now = self.mismatch()
            if now + Self.worthOfStroke * Double(strokes.count - old.count) <= mismatch - 1 {
                mismatch = now
            } else {
                strokes = old
                // With more vertices, a stroke may still fit better.
                if round > 0 { return }
            }
        }
    }

    /// The weighted number of pixels that an added stroke must explain.
    private static let worthOfStroke = 6.0
}
