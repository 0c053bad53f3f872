import MaskModel
import MaskRaster
import PlaneGeometry

/// Cuts the skeleton of a mask at its junctions into branches.
struct SkeletonBranchFinder {
    /// What the skeleton of a mask consists of.
    struct Result {
        var branches: [SkeletonBranch] = []
        /// The free ends of short lines inside junctions: corners where two strokes may turn.
        var tips: [Point] = []
    }

    private let graph: SkeletonGraph
    private let distances: DistanceField
    private let mask: PaddedMask
    private let width: Int

    /// Finds the branches of `mask`; nil if its skeleton has more than `pixelLimit` pixels.
    static func find(in mask: PaddedMask, _ distances: DistanceField, pixelLimit: Int) -> Result? {
        let skeleton = SkeletonThinning(mask, distances).pixels
        var count = 0
        for pixel in skeleton { count += Int(pixel) }
        guard count <= pixelLimit else { return nil }
        let graph = SkeletonGraph(skeleton, width: mask.width, distances: distances)
        return SkeletonBranchFinder(graph: graph, distances: distances, mask: mask, width: mask.width).result()
    }

    private func result() -> Result {
        var result = Result()
        for node in graph.nodes where node.kind == .dot && isInside(node.pixel) {
            result.branches.append(
                SkeletonBranch(
                    points: [point(of: node.pixel)], radii: [node.radius], isClosed: false, ends: (.free, .free),
                    width: 2 * node.radius - 0.5))
        }
        for edge in graph.edges {
            var start = 0
            while start < edge.pixels.count {
                guard isInside(edge.pixels[start]) else {
                    start += 1
                    continue
                }
                var end = start
                while end + 1 < edge.pixels.count, isInside(edge.pixels[end + 1]) { end += 1 }
                add(edge, start...end, to: &result)
                start = end + 1
            }
        }
        return result
    }

    private func isInside(_ pixel: Int) -> Bool {
        let (x, y) = (pixel % width, pixel / width)
        return x >= mask.margin && x < width - mask.margin && y >= mask.margin && y < mask.height - mask.margin
    }

    private func point(of pixel: Int) -> Point {
        Point(x: Double(pixel % width - mask.margin) + 0.5, y: Double(pixel / width - mask.margin) + 0.5)
    }

    private func end(_ node: Int?, isCut: Bool) -> SkeletonBranch.End {
        if isCut { return .border }
        guard let node else { return .none }
        return graph.nodes[node].kind == .junction ? .junction : .free
    }

    /// Adds the pixels of an edge that are within the canvas, without those inside the discs of its junctions.
    private func add(_ edge: SkeletonGraph.Edge, _ range: ClosedRange<Int>, to result: inout Result) {
        let points = edge.pixels[range].map(point)
        let radii = edge.pixels[range].map { distances.distance(at: $0) }
        let ends = (
            start: end(edge.start, isCut: range.lowerBound > 0),
            end: end(edge.end, isCut: range.upperBound < edge.pixels.count - 1)
        )
        let isClosed = edge.isClosed && range.count == edge.pixels.count
        let nodes = [(ends.start, edge.start), (ends.end, edge.end)].compactMap { end, node in
            end == .junction ? node.map { graph.nodes[$0] } : nil
        }
        let isClear = points.map { point in
            nodes.allSatisfy { (point - self.point(of: $0.pixel)).length > 0.9 * $0.radius }
        }
        let clearCount = isClear.count { $0 }
        noteTip(of: points, radii: radii, ends: ends, nodes: nodes, clearCount: clearCount, in: &result)
        guard isClosed || clearCount >= 3 else { return }
        let sorted = zip(radii, isClear).filter(\.1).map(\.0).sorted()
        guard let low = sorted.isEmpty ? nil : sorted[(sorted.count - 1) * 3 / 10] else { return }
        var (first, last) = (0, points.count - 1)
        func isBad(_ index: Int) -> Bool { !isClear[index] || radii[index] > 1.1 * low + 0.5 }
        if ends.start == .junction { while first < points.count, isBad(first) { first += 1 } }
        if ends.end == .junction { while last >= 0, isBad(last) { last -= 1 } }
        if ends.start == .free { while first < points.count - 1, radii[first] < 0.8 * low { first += 1 } }
        if ends.end == .free { while last > 0, radii[last] < 0.8 * low { last -= 1 } }
        guard isClosed || last - first >= 2 else { return }
        // Near the edge of the canvas, the skeleton bends; the branch is extrapolated from before.
        let lengths = zip(points, points.dropFirst()).reduce(into: [0.0]) { sums, pair in
            sums.append(sums[sums.count - 1] + (pair.1 - pair.0).length)
        }
        if ends.start == .border {
            let limit = lengths[first] + 0.8 * low
            while first < last - 4, lengths[first] < limit { first += 1 }
        }
        if ends.end == .border {
            let limit = lengths[last] - 0.8 * low
            while last > first + 4, lengths[last] > limit { last -= 1 }
        }
        let kept = radii[first...last].sorted()
        var branch = SkeletonBranch(
            points: Array(points[first...last]), radii: Array(radii[first...last]), isClosed: isClosed, ends: ends,
            width: 2 * kept.median - 0.5)
        branch.smoothPoints()
        result.branches.append(branch)
    }

    /// Notes the free end of a line that hardly leaves the disc of its junction: the corner of a turn.
    private func noteTip(
        of points: [Point], radii: [Double], ends: (start: SkeletonBranch.End, end: SkeletonBranch.End),
        nodes: [SkeletonGraph.Node], clearCount: Int, in result: inout Result
    ) {
        guard nodes.count == 1, let node = nodes.first, ends.start == .free || ends.end == .free else { return }
        let tip = ends.end == .free ? points.count - 1 : 0
        guard radii[tip] < 0.9 * node.radius, points.pathLength < 3.5 * node.radius,
            Double(clearCount) < max(3, 0.5 * Double(points.count))
        else { return }
        result.tips.append(points[tip])
    }
}

extension [Double] {
    /// The median of sorted values, of which there must be at least one.
    var median: Double {
        count % 2 == 1 ? self[count / 2] : (self[count / 2 - 1] + self[count / 2]) / 2
    }
}
