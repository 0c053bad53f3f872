import PlaneGeometry

extension StrokeModel {
    /// Joins ends that continue each other one pair after the other, each with every bridge that would do, and fitted as
    /// finely as in the end: finds what a coarse fit of many joined strokes misses, and ends near each other whose widths
    /// seem to differ.
    ///
    /// - Parameters:
    ///   - slack: The weighted number of wrong pixels that a stroke less may cost.
    ///   - limit: The maximum number of pairs to try.
    mutating func joinOneByOne(slack: Double, limit: Int = 80) {
        var tried = Set<[Point]>()
        for _ in 0..<limit where !isExhausted {
            let ends = StrokeEnd.all(of: strokes, supports: supports())
            let bridges = bridges(between: ends, excluding: tried, allowsUncertainWidths: true)
            guard let bridge = bridges.first else { break }
            let (one, two) = (ends[bridge.first].point, ends[bridge.second].point)
            tried.insert([one, two])
            tried.insert([two, one])
            let middle = one + (two - one) * 0.5
            let isShort = (two - one).length < ends[bridge.first].radius
            let old = strokes
            var best: (mismatch: Double, strokes: [FittedStroke])?
            let allowed = mismatch() + slack
            for corners in [bridge.corners, [middle]] + bridge.alternatives + (isShort ? [[]] : []) {
                let chains = StrokeChains(old, ends, [StrokeBridge(bridge, corners: corners)])
                guard let place = chains.joined.keys.first else { continue }
                strokes = chains.strokes
                fitter.fit(&strokes, where: { $0 == place }, margins: [0.4, 0.15, 0.08, 0.04], iterations: 5)
                let mismatch = mismatch()
                if mismatch <= min(allowed, best?.mismatch ?? .infinity) { best = (mismatch, strokes) }
            }
            strokes = best?.strokes ?? old
        }
    }
}
