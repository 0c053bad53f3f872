import PlaneGeometry

extension StrokeModel {
    /// Joins closed strokes with open ones of the same width that they touch: a stroke that crosses itself.
    ///
    /// Where a stroke crosses itself, the wrong pairs of ends may have been joined: then the loop between is a stroke of
    /// its own. Different strokes hardly ever have the same width by chance.
    ///
    /// - Parameter slack: The weighted number of wrong pixels that a stroke less may cost.
    mutating func joinLoops(slack: Double) {
        var index = strokes.count - 1
        while index >= 0, !isExhausted {
            if strokes[index].isClosed, strokes[index].points.count > 2, joinLoop(index, slack: slack) {
                index = strokes.count
            }
            index -= 1
        }
    }

    /// Joins a closed stroke with the open one with which it fits best; false if more pixels than allowed are wrong.
    private mutating func joinLoop(_ index: Int, slack: Double) -> Bool {
        let old = strokes
        let loop = old[index]
        let supports = supports()
        let allowed = mismatch() + slack
        var best: (mismatch: Double, strokes: [FittedStroke])?
        for other in old.indices where !old[other].isClosed && old[other].points.count > 1 && !isExhausted {
            // The width of a short stroke is uncertain.
            let tolerance = 0.04 + 1 / max(supports[index].both, 4) + 1 / max(supports[other].both, 4)
            guard (old[other].width - loop.width).magnitude <= tolerance,
                let (segment, vertex) = old[other].crossing(with: loop)
            else { continue }
            let inner = loop.points[vertex...] + loop.points[...vertex]
            for inner in [Array(inner), inner.reversed()] {
                let points = old[other].points
                var stroke = old[other]
                stroke.points = (Array(points[...segment]) + inner + points[(segment + 1)...]).withoutNearRepeats()
                var candidate = old
                candidate[other] = stroke
                candidate.remove(at: index)
                tryStrokes(candidate, fitting: other < index ? other : other - 1, allowed: allowed, best: &best)
            }
        }
        strokes = best?.strokes ?? old
        return best != nil
    }
}

extension FittedStroke {
    /// The segment of an open path and the vertex of a closed one that are nearest to each other; nil if none are near.
    fileprivate func crossing(with loop: FittedStroke) -> (segment: Int, vertex: Int)? {
        var best: (square: Double, segment: Int, vertex: Int)?
        for segment in 0..<segmentCount {
            for (vertex, point) in loop.points.enumerated() {
                let square = point.squaredDistance(toSegmentFrom: points[segment], to: points[segment + 1])
                if square < best?.square ?? .infinity { best = (square, segment, vertex) }
            }
        }
        guard let best, best.square < radius * radius else { return nil }
        return (best.segment, best.vertex)
    }
}
