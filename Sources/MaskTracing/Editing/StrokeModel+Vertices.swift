import PlaneGeometry

extension StrokeModel {
    /// Removes vertices near the line between their neighbors; undoes it for strokes that fit worse without them.
    ///
    /// - Parameters:
    ///   - tolerance: The largest distance to that line, in px; it grows by half from round to round.
    ///   - slack: The weighted number of wrong pixels that each vertex may cost.
    mutating func removeVertices(tolerance: Double, slack: Double, rounds: Int = 4) {
        var isFinal = [Bool](repeating: false, count: strokes.count)
        for round in 0..<rounds where !isExhausted {
            let old = strokes
            var removed = [Int](repeating: 0, count: strokes.count)
            for index in strokes.indices where !isFinal[index] {
                removed[index] = strokes[index].removeVertices(within: tolerance * (1 + 0.5 * Double(round)))
                if removed[index] == 0 { isFinal[index] = true }
            }
            guard removed.contains(where: { $0 > 0 }) else { break }
            let isActive = removed.map { $0 > 0 }
            let now = strokes
            strokes = old
            let before = faults { isActive[$0] }
            strokes = now
            fitter.fit(&strokes, where: { isActive[$0] }, margins: [0.5, 0.25, 0.12], iterations: 3)
            let after = faults { isActive[$0] }
            for index in strokes.indices where isActive[index] {
                let allowed = before.total(ofStroke: index) + slack * Double(removed[index])
                if after.total(ofStroke: index) > allowed {
                    strokes[index] = old[index]
                    isFinal[index] = true
                }
            }
        }
    }

    /// Adds a vertex to each segment beside which many pixels are wrong.
    ///
    /// - Parameter density: The weighted number of wrong pixels per px of length that calls for a vertex.
    /// - Returns: Whether a vertex was added.
    mutating func splitSegments(density: Double) -> Bool {
        let faults = faults()
        var hasSplit = false
        for index in strokes.indices {
            let stroke = strokes[index]
            guard stroke.points.count > 1 else { continue }
            var points: [Point] = []
            for segment in 0..<stroke.segmentCount {
                let (first, second) = stroke.vertices(ofSegment: segment)
                let step = stroke.points[second] - stroke.points[first]
                let fault = faults.segments[index][segment]
                points.append(stroke.points[first])
                guard step.length > 5, fault.weight > 2 + density * step.length else { continue }
                let share = min(max(fault.shares / fault.weight, 0.25), 0.75)
                points.append(stroke.points[first] + step * share)
            }
            if !stroke.isClosed { points.append(stroke.points[stroke.points.count - 1]) }
            guard points.count > stroke.points.count else { continue }
            strokes[index].points = points
            strokes[index].isChanged = true
            hasSplit = true
        }
        return hasSplit
    }
}

extension FittedStroke {
    /// Removes vertices within `tolerance` px of the line between their neighbors, no two in succession.
    ///
    /// - Returns: The number of vertices removed.
    fileprivate mutating func removeVertices(within tolerance: Double) -> Int {
        let count = points.count
        let removable = isClosed ? (count > 3 ? 0..<count : 0..<0) : (count > 2 ? 1..<count - 1 : 0..<0)
        var candidates: [(deviation: Double, index: Int)] = []
        for index in removable {
            let (before, after) = (points[(index + count - 1) % count], points[(index + 1) % count])
            var deviation = points[index].squaredDistance(toSegmentFrom: before, to: after).squareRoot()
            if min((points[index] - before).length, (after - points[index]).length) < 1.5 { deviation *= 0.5 }
            if deviation <= tolerance { candidates.append((deviation, index)) }
        }
        candidates.sort { ($0.deviation, $0.index) < ($1.deviation, $1.index) }
        var isKept = [Bool](repeating: true, count: count)
        var removed = 0
        for candidate in candidates where !isClosed || count - removed > 3 {
            guard isKept[(candidate.index + count - 1) % count], isKept[(candidate.index + 1) % count] else { continue }
            isKept[candidate.index] = false
            removed += 1
        }
        guard removed > 0 else { return 0 }
        points = points.indices.filter { isKept[$0] }.map { points[$0] }
        isChanged = true
        return removed
    }
}
