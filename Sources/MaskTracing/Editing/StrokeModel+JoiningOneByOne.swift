import PlaneGeometry

extension StrokeModel {
    /// Joins ends that continue each other one pair after the other, each with every bridge that would do, and fitted as
    /// finely as in the end: finds what a coarse fit of many joined strokes misses, and ends near each other whose widths
    /// seem to differ.
    ///
    /// - Parameters:
    ///   - slack: The weighted number of wrong pixels that a stroke less may cost.
    ///   - allowsAnyTurn: Whether ends near each other whose widths are the same may turn by any angle, even back.
    ///   - limit: The maximum number of pairs to try.
    mutating func joinOneByOne(slack: Double, allowsAnyTurn: Bool, limit: Int = 80) {
        var tried = Set<[Point]>()
        var (rest, hasJoined) = (limit, true)
        while hasJoined {
            hasJoined = false
            let ends = StrokeEnd.all(of: strokes, supports: supports())
            let bridges = bridges(
                between: ends, excluding: tried, allowsUncertainWidths: true, allowsAnyTurn: allowsAnyTurn)
            let allowed = mismatch() + slack
            for bridge in bridges where !hasJoined && rest > 0 && !isExhausted {
                let (one, two) = (ends[bridge.first].point, ends[bridge.second].point)
                guard !tried.contains([one, two]) else { continue }
                tried.formUnion([[one, two], [two, one]])
                rest -= 1
                hasJoined = join(by: bridge, between: ends, allowed: allowed)
            }
        }
    }

    /// Joins the ends of a bridge by the corners with which the strokes fit best; false if more pixels than allowed are
    /// wrong with any.
    private mutating func join(by bridge: StrokeBridge, between ends: [StrokeEnd], allowed: Double) -> Bool {
        let (one, two) = (ends[bridge.first], ends[bridge.second])
        let gap = two.point - one.point
        let variants = [[one.point + gap * 0.5]] + bridge.alternatives + (gap.length < one.radius ? [[]] : [])
        let old = strokes
        var best: (mismatch: Double, strokes: [FittedStroke])?
        for (index, corners) in variants.enumerated() where !variants[(index + 1)...].contains(corners) {
            var variant = bridge
            variant.corners = corners
            let chains = StrokeChains(old, ends, [variant])
            guard let place = chains.joined.keys.first else { continue }
            tryStrokes(chains.strokes, fitting: place, allowed: allowed, best: &best)
        }
        strokes = best?.strokes ?? old
        return best != nil
    }

    /// Fits one stroke of a candidate as finely as in the end, and makes the candidate the best one if it is.
    ///
    /// - Parameters:
    ///   - candidate: All strokes; they become the strokes of the model, which the caller sets to the best ones in the end.
    ///   - place: The index of the stroke that is fitted.
    ///   - allowed: The weighted number of pixels that may be wrong.
    ///   - best: The best candidate so far, if any.
    mutating func tryStrokes(
        _ candidate: [FittedStroke], fitting place: Int, allowed: Double,
        best: inout (mismatch: Double, strokes: [FittedStroke])?
    ) {
        strokes = candidate
        fitter.fit(&strokes, where: { $0 == place }, margins: [0.4, 0.15, 0.08, 0.04], iterations: 5)
        let mismatch = mismatch()
        if mismatch <= min(allowed, best?.mismatch ?? .infinity) { best = (mismatch, strokes) }
    }
}
