import PlaneGeometry

extension StrokeModel {
    /// The ways to connect ends that may belong to one stroke: similar widths, and a bridge inside the hole.
    ///
    /// - Parameters:
    ///   - ends: The ends.
    ///   - forbidden: Pairs of ends that are not connected.
    ///   - allowsUncertainWidths: Whether the widths of ends near each other may differ.
    ///   - allowsAnyTurn: Whether ends near each other whose widths are the same may turn by any angle, even back.
    mutating func bridges(
        between ends: [StrokeEnd], excluding forbidden: Set<[Point]>, allowsUncertainWidths: Bool = false,
        allowsAnyTurn: Bool = false
    ) -> [StrokeBridge] {
        var result: [StrokeBridge] = []
        for first in ends.indices {
            for second in ends.indices.dropFirst(first + 1) {
                if forbidden.contains([ends[first].point, ends[second].point]) { continue }
                let bridge = bridge(
                    ends, first, second, allowsUncertainWidths: allowsUncertainWidths, allowsAnyTurn: allowsAnyTurn)
                if let bridge { result.append(bridge) }
            }
        }
        return result.sorted { ($0.cost, $0.first, $0.second) < ($1.cost, $1.first, $1.second) }
    }

    private mutating func bridge(
        _ ends: [StrokeEnd], _ first: Int, _ second: Int, allowsUncertainWidths: Bool, allowsAnyTurn: Bool
    ) -> StrokeBridge? {
        let (one, two) = (ends[first], ends[second])
        if one.stroke == two.stroke && one.length < 4 * one.radius { return nil }
        let (larger, smaller) = (max(one.radius, two.radius), min(one.radius, two.radius))
        let gap = two.point - one.point
        let distance = gap.length
        // The width of a short stroke is uncertain.
        let (base, share) = isExact ? (0.06, 2.0) : (meter.edgeWeight < 1 ? 0.6 : 0.1, 2.0)
        let known = isExact ? (one.support, two.support) : (one.length, two.length)
        let tolerance = base + share / max(known.0, 4) + share / max(known.1, 4)
        let difference = (one.radius - two.radius).magnitude
        let isNear = allowsUncertainWidths && distance < 1.5 * larger && difference < 1.5
        let widthCost = isNear ? min(difference / tolerance, 1.5) : difference / tolerance
        // Ends far apart continue each other only if their widths are the same.
        let isFar = distance > 10 * larger + 8
        guard widthCost <= 2, !isFar || difference < 0.06 && distance <= 40 * larger else { return nil }
        var offers: [(cost: Double, corners: [Point])] = []
        var best: (cost: Double, corners: [Point])? { offers.min { $0.cost < $1.cost } }
        func offer(_ cost: Double, _ corners: [Point]) {
            if cost < 2.2 { offers.append((cost, corners)) }
        }
        let opposite = two.direction * -1
        if distance > 1e-6 {
            let along = gap * (1 / distance)
            let turn = one.direction.turn(to: along) + opposite.turn(to: along)
            if turn < (isFar ? 0.5 : 1.3) || distance < larger {
                let angle = distance >= larger ? turn : one.direction.turn(to: opposite) * 0.8
                let cost = angle + 0.6 * widthCost + 0.03 * distance / larger
                if cost < 2.2, !isInvisible(from: one.point, to: two.point, radius: smaller),
                    isHole(one.point, two.point, smaller * 0.92, 0.985)
                {
                    // Ends that have passed each other turn between them.
                    offer(cost, gap.dot(one.direction) < 0 ? [one.point + gap * 0.5] : [])
                }
            }
        }
        offerOverlap(one, two, widthCost: widthCost, offer)
        offerCorner(one, two, widthCost: widthCost, reach: (isFar ? 40 : 10) * larger, offer)
        for tip in tips where !isFar {
            let (toTip, fromTip) = (tip - one.point, tip - two.point)
            let (there, back) = (toTip.length, fromTip.length)
            guard there <= 10 * larger, back <= 10 * larger, there > 1e-6, back > 1e-6 else { continue }
            let turns = (one.direction.turn(to: toTip * (1 / there)), two.direction.turn(to: fromTip * (1 / back)))
            guard turns.0 <= 0.6, turns.1 <= 0.6 else { continue }
            let cost = 0.5 + 0.7 * (turns.0 + turns.1) + 0.6 * widthCost
            guard cost < best?.cost ?? 2.2,
                !isInvisible(from: one.point, to: two.point, corner: tip, radius: smaller),
                isHole(one.point, tip, smaller * 0.9, 0.97),
                isHole(tip, two.point, smaller * 0.9, 0.97)
            else { continue }
            offer(cost, [tip])
        }
        // Two strokes of one mask hardly ever have the same width by chance.
        if isExact, allowsAnyTurn, best == nil, distance < 4 * larger,
            difference <= 0.02 + 0.5 / max(one.support, 4) + 0.5 / max(two.support, 4),
            !isInvisible(from: one.point, to: two.point, radius: smaller),
            distance < 1.5 * larger || isHole(one.point, two.point, smaller * 0.9, 0.97)
        {
            offer(2, [one.point + gap * 0.5])
        }
        if isExact, best == nil, difference < 0.15 { offerDetour(one, two, widthCost: widthCost, offer) }
        return best.map {
            StrokeBridge(
                first: first, second: second, cost: $0.cost, corners: $0.corners,
                alternatives: offers.map(\.corners))
        }
    }

    /// Offers the middle of two ends that overlap along the same line.
    private func offerOverlap(
        _ one: StrokeEnd, _ two: StrokeEnd, widthCost: Double, _ offer: (Double, [Point]) -> Void
    ) {
        let gap = two.point - one.point
        let overlap = -gap.dot(one.direction)
        let larger = max(one.radius, two.radius)
        let limit = one.stroke == two.stroke ? 0.25 * one.length : 0.8 * min(one.length, two.length)
        guard overlap > 0, overlap < limit else { return }
        let offset = (gap + one.direction * overlap).length
        let turn = one.direction.turn(to: two.direction * -1)
        guard offset < 0.7 * larger, turn < 1 else { return }
        offer(0.1 + 0.8 * turn + 0.6 * widthCost + 0.5 * offset / larger, [one.point + gap * 0.5])
    }

    /// Offers the corner where the lines of two ends cross.
    private mutating func offerCorner(
        _ one: StrokeEnd, _ two: StrokeEnd, widthCost: Double, reach: Double, _ offer: (Double, [Point]) -> Void
    ) {
        let cross = one.direction.cross(two.direction)
        guard cross.magnitude > 0.05 else { return }
        let gap = two.point - one.point
        let (larger, radius) = (max(one.radius, two.radius), min(one.radius, two.radius))
        let (there, back) = (gap.cross(two.direction) / cross, gap.cross(one.direction) / cross)
        guard there > -1.5 * larger, there < reach, back > -1.5 * larger, back < reach else { return }
        let corner = one.point + one.direction * there
        let turn = one.direction.turn(to: two.direction * -1)
        let cost = 0.35 + 0.35 * turn + 0.6 * widthCost + 0.02 * (there.magnitude + back.magnitude) / larger
        guard cost < 2.2, !isInvisible(from: one.point, to: two.point, corner: corner, radius: radius),
            isHole(one.point, corner, radius * 0.92, 0.985),
            isHole(corner, two.point, radius * 0.92, 0.985)
        else { return }
        offer(cost, [corner])
    }

    /// Offers the path of a wider stroke between two ends: where strokes overlap, their skeleton is one line.
    private mutating func offerDetour(
        _ one: StrokeEnd, _ two: StrokeEnd, widthCost: Double, _ offer: (Double, [Point]) -> Void
    ) {
        for index in strokes.indices where index != one.stroke && index != two.stroke {
            let stroke = strokes[index]
            guard !stroke.isClosed, stroke.points.count > 1, stroke.radius > one.radius - 0.3 else { continue }
            for isReversed in [false, true] {
                let (start, end) = (stroke.end(isReversed), stroke.end(!isReversed))
                let reach = 1.5 * stroke.radius
                guard (start - one.point).length < reach, (end - two.point).length < reach else { continue }
                let turns = (
                    one.direction.turn(to: stroke.outwardDirection(atLast: isReversed) * -1),
                    two.direction.turn(to: stroke.outwardDirection(atLast: !isReversed) * -1)
                )
                guard turns.0 < 0.8, turns.1 < 0.8 else { continue }
                let cost = 0.6 + 0.5 * (turns.0 + turns.1) + 0.6 * widthCost
                guard cost < 2.2 else { continue }
                offer(cost, isReversed ? stroke.points.reversed() : stroke.points)
            }
        }
    }

    private mutating func isHole(_ start: Point, _ end: Point, _ radius: Double, _ ratio: Double) -> Bool {
        meter.holeRatio(from: start, to: end, radius: radius) > ratio
    }
}
