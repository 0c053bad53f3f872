import PlaneGeometry

extension StrokeModel {
    /// Joins ends of strokes that continue each other, through crossings and around corners; undoes what made the fit
    /// worse.
    ///
    /// - Parameters:
    ///   - margins: The margins with which joined strokes are fitted, in px.
    ///   - rounds: The maximum number of attempts.
    /// - Returns: Whether any strokes were joined.
    @discardableResult
    mutating func join(margins: [Double], rounds: Int = 4) -> Bool {
        strictly { $0.joinEnds(margins: margins, rounds: $0.isExact ? 6 : rounds) }
    }

    private mutating func joinEnds(margins: [Double], rounds: Int) -> Bool {
        var forbidden = Set<[Point]>()
        var hasJoined = false
        for _ in 0..<rounds where !isExhausted {
            let ends = StrokeEnd.all(of: strokes, supports: supports())
            let bridges = bridges(between: ends, excluding: forbidden)
            let chains = StrokeChains(strokes, ends, bridges)
            guard !chains.joined.isEmpty else { break }
            let before = faults()
            let old = strokes
            strokes = chains.strokes
            fitChanged(margins: margins, iterations: 4)
            let after = faults()
            var isUndone = false
            var kept: [FittedStroke] = []
            for (index, stroke) in strokes.enumerated() {
                guard let parts = chains.joined[index] else {
                    kept.append(stroke)
                    continue
                }
                let slack = isExact ? 2 + 0.01 * stroke.length : 3 + 0.03 * stroke.length
                let allowed = parts.members.reduce(slack) { $0 + before.total(ofStroke: $1) }
                if after.total(ofStroke: index) <= allowed {
                    kept.append(stroke)
                    hasJoined = true
                    continue
                }
                // The bridge between the widths that differ most is the least likely one.
                isUndone = true
                kept += parts.members.map { old[$0] }
                func difference(_ bridge: StrokeBridge) -> Double {
                    (ends[bridge.first].radius - ends[bridge.second].radius).magnitude
                }
                if let worst = parts.bridges.max(by: { difference($0) < difference($1) }) {
                    forbidden.insert([ends[worst.first].point, ends[worst.second].point])
                    forbidden.insert([ends[worst.second].point, ends[worst.first].point])
                }
            }
            strokes = kept
            if !isUndone { break }
        }
        return hasJoined
    }
}

/// Strokes after some of their ends have been joined by the best bridges.
struct StrokeChains {
    /// The strokes that a chain is made of, and the bridges between them.
    struct Parts {
        var members: [Int] = []
        var bridges: [StrokeBridge] = []
    }

    private(set) var strokes: [FittedStroke] = []
    /// For each index in `strokes` that is a chain, its parts.
    private(set) var joined: [Int: Parts] = [:]

    /// Joins ends by the cheapest bridges first; each end is joined at most once.
    ///
    /// - Parameters:
    ///   - old: The strokes before.
    ///   - ends: Their ends, two for each open stroke.
    ///   - bridges: Bridges, the cheapest first.
    init(_ old: [FittedStroke], _ ends: [StrokeEnd], _ bridges: [StrokeBridge]) {
        var links = [Int: StrokeBridge]()
        for bridge in bridges where links[bridge.first] == nil && links[bridge.second] == nil {
            links[bridge.first] = bridge
            links[bridge.second] = bridge
        }
        var firstEnds = [Int](repeating: -1, count: old.count)
        for (index, end) in ends.enumerated() where !end.isLast { firstEnds[end.stroke] = index }
        var isDone = [Bool](repeating: false, count: old.count)
        func follow(from start: Int) {
            var parts = Parts()
            var points: [Point] = []
            var (weighted, total) = (0.0, 0.0)
            var end = start
            var isClosed = false
            var corners: [Point] = []
            while true {
                let index = ends[end].stroke
                if isDone[index] {
                    isClosed = true
                    break
                }
                isDone[index] = true
                parts.members.append(index)
                var member = ends[end].isLast ? old[index].points : old[index].points.reversed()
                if let corner = corners.last { member.turn(at: corner, keeping: 1) }
                let first = points.count
                points += member.reversed()
                let length = max(ends[end].support, 1)
                weighted += old[index].width * length
                total += length
                let exit = ends[end].isLast ? firstEnds[index] : firstEnds[index] + 1
                guard let bridge = links[exit] else { break }
                parts.bridges.append(bridge)
                corners = bridge.first == exit ? bridge.corners : bridge.corners.reversed()
                if let corner = corners.first { points.turn(at: corner, keeping: max(first, 1)) }
                points += corners
                end = bridge.first == exit ? bridge.second : bridge.first
            }
            if parts.bridges.isEmpty {
                strokes.append(old[parts.members[0]])
                return
            }
            var stroke = FittedStroke(points: points.withoutNearRepeats(), width: weighted / total)
            if isClosed, stroke.points.count > 3 {
                if (stroke.points[0] - stroke.points[stroke.points.count - 1]).length < 0.3 {
                    stroke.points.removeLast()
                }
                stroke.isClosed = stroke.points.count > 2
            }
            if !isClosed {
                stroke.hasButtStart =
                    ends[start].isLast ? old[ends[start].stroke].hasButtEnd : old[ends[start].stroke].hasButtStart
                let last = ends[end]
                stroke.hasButtEnd = last.isLast ? old[last.stroke].hasButtStart : old[last.stroke].hasButtEnd
            }
            joined[strokes.count] = parts
            strokes.append(stroke)
        }
        for index in old.indices where !isDone[index] {
            guard firstEnds[index] >= 0 else {
                isDone[index] = true
                strokes.append(old[index])
                continue
            }
            if links[firstEnds[index]] == nil {
                follow(from: firstEnds[index])
            } else if links[firstEnds[index] + 1] == nil {
                follow(from: firstEnds[index] + 1)
            }
        }
        for index in old.indices where !isDone[index] { follow(from: firstEnds[index]) }
    }
}

extension [Point] {
    /// Removes points from the end that a corner after them replaces: those on the line to it, or beyond it.
    mutating func turn(at corner: Point, keeping minimum: Int) {
        while count > Swift.max(minimum, 1) {
            let (last, before) = (self[count - 1], self[count - 2])
            let isBeyond = (corner - last).dot(last - before) <= 0
            guard isBeyond || last.squaredDistance(toSegmentFrom: before, to: corner) < 0.25 else { break }
            removeLast()
            if !isBeyond { break }
        }
    }

    /// The points without those within 0.3 px of their predecessor; the last one stays.
    func withoutNearRepeats() -> [Point] {
        var kept: [Point] = []
        for point in self {
            if let last = kept.last, (point - last).length <= 0.3 { continue }
            kept.append(point)
        }
        if let last, kept.last != last {
            if kept.count > 1 { kept[kept.count - 1] = last } else { kept.append(last) }
        }
        return kept
    }
}
