import MaskModel
import MaskRaster
import PlaneGeometry

extension StrokeModel {
    /// Removes strokes that their neighbors replace once these are fitted again, or continue: the shortest first.
    ///
    /// - Parameter slack: The weighted number of wrong pixels that a stroke less may cost.
    mutating func replaceStrokes(slack: Double) {
        let candidates = strokes.sorted { ($0.length, $0.width) < ($1.length, $1.width) }
        var limit = 60
        for candidate in candidates where limit > 0 && !isExhausted {
            // Those that changed since are left.
            let found = strokes.firstIndex { $0.points == candidate.points && $0.width == candidate.width }
            guard let index = found else { continue }
            let neighbors = strokes.indices.filter { $0 != index && strokes[$0].touches(candidate) }
            guard !neighbors.isEmpty else { continue }
            limit -= 1
            let base = mismatch()
            if !isNeeded(index), remove(index, neighbors, limit: base + slack) { continue }
            guard candidate.length < 8 * candidate.width else { continue }
            append(index, neighbors, limit: base + slack)
        }
    }

    /// Whether a stroke alone explains half of its area: then no neighbors can replace it. Of the strokes that were removed
    /// from masks, none explained more than 44 % alone.
    private mutating func isNeeded(_ index: Int) -> Bool {
        let stroke = strokes[index]
        var others = strokes
        others.remove(at: index)
        let area = stroke.bounds(margin: 1)
        let alone = meter.mismatch(of: others, in: area) - meter.mismatch(of: strokes, in: area)
        return alone > 0.5 * (stroke.length + stroke.width) * stroke.width
    }

    /// Removes a stroke if its neighbors explain its pixels, too.
    private mutating func remove(_ index: Int, _ neighbors: [Int], limit: Double) -> Bool {
        let old = strokes
        var isActive = [Bool](repeating: false, count: strokes.count)
        for neighbor in neighbors { isActive[neighbor] = true }
        strokes.remove(at: index)
        isActive.remove(at: index)
        fitter.fit(&strokes, where: { isActive[$0] }, margins: [0.6, 0.35, 0.15, 0.08, 0.04], iterations: 4)
        if mismatch() <= limit { return true }
        strokes = old
        return false
    }

    /// Replaces a stroke by the continuation of a longer one near it.
    private mutating func append(_ index: Int, _ neighbors: [Int], limit: Double) {
        let old = strokes
        let short = strokes[index]
        var best: (mismatch: Double, strokes: [FittedStroke])?
        for neighbor in neighbors where !old[neighbor].isClosed && old[neighbor].length > short.length {
            for (isLast, isShortLast) in [(false, false), (false, true), (true, false), (true, true)] {
                let long = old[neighbor]
                let (end, start) = (long.end(isLast), short.end(isShortLast))
                let distance = (end - start).length
                let isAhead = (start - end).normalized.dot(long.outwardDirection(atLast: isLast)) > 0.8
                guard
                    distance < 1.5 * max(short.radius, long.radius)
                        || isAhead && distance < 20 * long.radius
                            && meter.holeRatio(from: end, to: start, radius: 0.92 * long.radius) > 0.985
                else { continue }
                let corner = end + (start - end) * 0.5
                var points = isLast ? long.points : long.points.reversed()
                var added = isShortLast ? short.points : short.points.reversed()
                points.turn(at: corner, keeping: 1)
                added.turn(at: corner, keeping: 1)
                points += [corner] + added.reversed()
                var stroke = long
                stroke.hasButtStart = isLast ? long.hasButtStart : long.hasButtEnd
                stroke.hasButtEnd = isShortLast ? short.hasButtStart : short.hasButtEnd
                stroke.points = points.withoutNearRepeats()
                stroke.isChanged = true
                strokes = old
                strokes[neighbor] = stroke
                strokes.remove(at: index)
                let place = neighbor < index ? neighbor : neighbor - 1
                fitter.fit(&strokes, where: { $0 == place }, margins: [0.6, 0.35, 0.15, 0.08, 0.04], iterations: 4)
                let mismatch = mismatch()
                if mismatch <= min(limit, best?.mismatch ?? .infinity) { best = (mismatch, strokes) }
            }
        }
        strokes = best?.strokes ?? old
    }
}

extension FittedStroke {
    /// Whether a point of the other path is so near that both strokes overlap.
    fileprivate func touches(_ other: FittedStroke) -> Bool {
        guard bounds(margin: 0).overlaps(other.bounds(margin: 0)) else { return false }
        let reach = radius + other.radius
        let path = other.path
        if distance(to: path[0]) < reach { return true }
        for index in 1..<max(path.count, 1) {
            let step = path[index] - path[index - 1]
            let count = max(1, Int(step.length / max(other.radius, 1)))
            for place in 1...count where distance(to: path[index - 1] + step * (Double(place) / Double(count))) < reach
            {
                return true
            }
        }
        return false
    }
}
