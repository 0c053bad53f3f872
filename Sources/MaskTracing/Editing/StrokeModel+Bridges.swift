import PlaneGeometry

extension StrokeModel {
    /// The ways to connect ends that may belong to one stroke: similar widths, and a bridge inside the hole.
    mutating func bridges(between ends: [StrokeEnd], excluding forbidden: Set<[Point]>) -> [StrokeBridge] {
        var result: [StrokeBridge] = []
        for first in ends.indices {
            for second in ends.indices.dropFirst(first + 1) {
                guard let bridge = bridge(ends, first, second) else { continue }
                if forbidden.contains([ends[first].point, ends[second].point]) { continue }
                result.append(bridge)
            }
        }
        return result.sorted { ($0.cost, $0.first, $0.second) < ($1.cost, $1.first, $1.second) }
    }

    private mutating func bridge(_ ends: [StrokeEnd], _ first: Int, _ second: Int) -> StrokeBridge? {
        let (one, two) = (ends[first], ends[second])
        if one.stroke == two.stroke && one.length < 4 * one.radius { return nil }
        let (larger, smaller) = (max(one.radius, two.radius), min(one.radius, two.radius))
        let gap = two.point - one.point
        let distance = gap.length
        // The width of a short stroke is uncertain.
        let tolerance = widthTolerance + 2 / max(one.length, 4) + 2 / max(two.length, 4)
        let difference = (one.radius - two.radius).magnitude
        let widthCost = difference / tolerance
        // Ends far apart continue each other only if their widths are the same.
        let isFar = distance > 10 * larger + 8
        guard widthCost <= 2, !isFar || difference < 0.06 && distance <= 40 * larger else { return nil }
        var best: (cost: Double, corner: Point?)?
        func offer(_ cost: Double, _ corner: Point?) {
            if cost < best?.cost ?? 2.2 { best = (cost, corner) }
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
                    offer(cost, nil)
                }
            }
        }
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
            offer(cost, tip)
        }
        return best.map { StrokeBridge(first: first, second: second, cost: $0.cost, corner: $0.corner) }
    }

    /// Offers the corner where the lines of two ends cross.
    private mutating func offerCorner(
        _ one: StrokeEnd, _ two: StrokeEnd, widthCost: Double, reach: Double, _ offer: (Double, Point?) -> Void
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
        offer(cost, corner)
    }

    private mutating func isHole(_ start: Point, _ end: Point, _ radius: Double, _ ratio: Double) -> Bool {
        meter.holeRatio(from: start, to: end, radius: radius) > ratio
    }
}
