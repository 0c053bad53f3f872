import PlaneGeometry

extension StrokeModel {
    /// Divides strokes that no single path of one width explains: cuts them where the width changes, or adds a parallel
    /// stroke where two overlap.
    ///
    /// - Parameter limit: The maximum number of strokes to try.
    /// - Returns: Whether a stroke was divided.
    mutating func divide(limit: Int = 14) -> Bool {
        strictly { $0.divideStrokes(limit: limit) }
    }

    private mutating func divideStrokes(limit: Int) -> Bool {
        var tried = Set<[Point]>()
        var hasDivided = false
        let knownWidths = isExact ? knownWidths() : []
        for _ in 0..<limit where !isExhausted {
            let faults = faults()
            let candidates = strokes.indices.filter {
                faults.total(ofStroke: $0) >= 6 + 0.7 * expectedFaults(of: strokes[$0])
                    && !tried.contains(strokes[$0].points)
            }
            let worst = candidates.max { (faults.total(ofStroke: $0), -$0) < (faults.total(ofStroke: $1), -$1) }
            guard let worst else { break }
            tried.insert(strokes[worst].points)
            let area = strokes[worst].bounds(margin: 4)
            let base = meter.mismatch(of: strokes, in: area)
            var best: (mismatch: Double, strokes: [FittedStroke])?
            if let cut = cut(worst, in: area), cut.mismatch < base - (isExact ? 4 : 8) { best = cut }
            for trial in parallels(worst, faults.segments[worst], widths: knownWidths) {
                var fitted = trial
                let mismatch = fit(&fitted, in: area) + 6 * Double(trial.count - strokes.count - 1)
                if mismatch < min(base - 6, best?.mismatch ?? .infinity) { best = (mismatch, fitted) }
                // Nothing else will explain much more.
                if mismatch < 0.3 * base { break }
            }
            guard let best else { continue }
            strokes = best.strokes
            hasDivided = true
        }
        return hasDivided
    }

    /// Fits the changed strokes of a trial; returns the mismatch in an area.
    private mutating func fit(
        _ trial: inout [FittedStroke], in area: Rectangle, margins: [Double] = [0.6, 0.35, 0.15]
    ) -> Double {
        let isChanged = trial.map(\.isChanged)
        // Strokes far away do not matter.
        let near = trial.indices.filter { isChanged[$0] || trial[$0].bounds(margin: 1).overlaps(area) }
        var part = near.map { trial[$0] }
        let isActive = part.map(\.isChanged)
        fitter.fit(&part, where: { isActive[$0] }, margins: margins, iterations: 4)
        for (place, index) in near.enumerated() { trial[index] = part[place] }
        return meter.mismatch(of: part, in: area)
    }

    /// The stroke cut in two at the vertex where the width changes most.
    private mutating func cut(_ index: Int, in area: Rectangle) -> (mismatch: Double, strokes: [FittedStroke])? {
        let stroke = strokes[index]
        let path = stroke.path
        guard path.count >= 3 else { return nil }
        var rest = strokes
        rest.remove(at: index)
        // The width of each segment by itself.
        var trial = rest
        for segment in 1..<path.count {
            trial.append(FittedStroke(points: [path[segment - 1], path[segment]], width: stroke.width))
        }
        for place in rest.indices { trial[place].isChanged = false }
        _ = fit(&trial, in: area, margins: [0.5, 0.25])
        let widths = trial[rest.count...].map(\.width)
        let lengths = (1..<path.count).map { max((path[$0] - path[$0 - 1]).length, 0.5) }
        var best: (variance: Double, place: Int, widths: (Double, Double))?
        for place in 1..<widths.count {
            let means = (Self.mean(widths, lengths, 0..<place), Self.mean(widths, lengths, place..<widths.count))
            var variance = 0.0
            for segment in widths.indices {
                let offset = widths[segment] - (segment < place ? means.0 : means.1)
                variance += lengths[segment] * offset * offset
            }
            if variance < best?.variance ?? .infinity { best = (variance, place, means) }
        }
        guard let best, (best.widths.0 - best.widths.1).magnitude > (isExact ? 0.15 : 1.5) else { return nil }
        trial = rest
        for place in rest.indices { trial[place].isChanged = false }
        trial.append(FittedStroke(points: Array(path[...best.place]), width: best.widths.0))
        trial.append(FittedStroke(points: Array(path[best.place...]), width: best.widths.1))
        trial[rest.count].hasButtStart = stroke.hasButtStart
        trial[rest.count + 1].hasButtEnd = stroke.hasButtEnd
        let mismatch = fit(&trial, in: area)
        return (mismatch, trial)
    }

    private static func mean(_ values: [Double], _ weights: [Double], _ range: Range<Int>) -> Double {
        var (sum, total) = (0.0, 0.0)
        for index in range {
            sum += values[index] * weights[index]
            total += weights[index]
        }
        return sum / total
    }

    /// Trials with a second stroke beside the worst run of segments, and with two strokes instead of it.
    ///
    /// - Parameters:
    ///   - index: The stroke.
    ///   - faults: The wrong samples of its segments.
    ///   - widths: The widths that such strokes probably have, in px.
    private func parallels(_ index: Int, _ faults: [Faults.Segment], widths: [Double]) -> [[FittedStroke]] {
        let stroke = strokes[index]
        let points = stroke.points
        guard !stroke.isClosed, points.count > 1 else { return [] }
        let lengths = (1..<points.count).map { (points[$0] - points[$0 - 1]).length }
        let worst = faults.indices.max { (faults[$0].weight, -$0) < (faults[$1].weight, -$1) } ?? 0
        guard faults[worst].weight >= 5, lengths[worst] > 3 else { return [] }
        func isBad(_ segment: Int) -> Bool { faults[segment].weight / max(lengths[segment], 3) > 0.12 }
        var (first, last) = (worst, worst)
        while first > 0, isBad(first - 1) { first -= 1 }
        while last + 1 < lengths.count, isBad(last + 1) { last += 1 }
        let run = Array(points[first...last + 1])
        let along = (run[run.count - 1] - run[0]).normalized
        let normal = Vector(dx: -along.dy, dy: along.dx)
        var unchanged = strokes
        for place in unchanged.indices { unchanged[place].isChanged = false }
        var trials: [[FittedStroke]] = []
        /// Adds a trial with two strokes instead of the run, `distance` px to its sides.
        func addPair(distance: Double, width: Double) {
            var trial = unchanged
            trial.remove(at: index)
            if first > 0 { trial.append(FittedStroke(points: Array(points[...first]), width: stroke.width)) }
            for side in [-distance, distance] {
                trial.append(FittedStroke(points: run.map { $0 + normal * side }, width: width))
            }
            if last + 1 < lengths.count {
                trial.append(FittedStroke(points: Array(points[(last + 1)...]), width: stroke.width))
            }
            trials.append(trial)
        }
        let narrower = stroke.width * 0.85
        for share in [0.12, 0.25] {
            let distance = share * stroke.width
            for side in [distance, -distance] {
                var trial = unchanged
                trial[index].isChanged = true
                trials.append(trial + [FittedStroke(points: run.map { $0 + normal * side }, width: narrower)])
            }
            addPair(distance: distance, width: narrower)
        }
        // Two strokes of a known width have the outer sides of a wider one.
        for width in widths where width < stroke.width - 0.5 && width > 0.5 * stroke.width {
            addPair(distance: (stroke.width - width) / 2, width: width)
        }
        return trials
    }
}
