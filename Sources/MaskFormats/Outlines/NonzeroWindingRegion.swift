import PlaneGeometry

/// The region of closed paths whose winding number is not 0, as paths for the even-odd rule.
///
/// Paths are in hundredths of a px. Crossings become vertices, rounded to hundredths like the points of a mask, until edges
/// meet only at their ends. An edge of the region is then one with a winding number of 0 on one side only, and by the
/// even-odd rule these edges have the same inside, in whatever order they are joined to paths.
struct NonzeroWindingRegion {
    private struct Vertex: Hashable {
        let x: Int
        let y: Int

        static func < (first: Vertex, second: Vertex) -> Bool {
            first.y != second.y ? first.y < second.y : first.x < second.x
        }
    }

    /// The ends of an edge, the upper one first; of two of equal height, the left one.
    private struct Ends: Hashable {
        let first: Vertex
        let last: Vertex
    }

    private struct Edge {
        let ends: Ends
        /// How often the paths go from the first end to the last, less how often they go back.
        let winding: Int
    }

    private var edges: [Edge] = []
    private var remainingPairs: Int

    /// The maximum magnitude of a coordinate, in hundredths: products of differences of doubled ones fit into 64 bits.
    private static let limit = 250_000_000.0
    /// The maximum number of pairs of edges that are compared: a second or two.
    static let pairLimit = 100_000_000
    /// The maximum number of rounds of cutting: rounding a crossing can make others.
    private static let roundLimit = 20

    /// Whether the even-odd rule has the same inside as the paths that were passed.
    private(set) var isSameByParity = false
    /// The paths for the even-odd rule, in px.
    private(set) var paths: [[Point]] = []

    /// - Parameters:
    ///   - paths: The points of closed paths, in px.
    ///   - pairLimit: The maximum number of pairs of edges that are compared.
    /// - Throws: `MaskFormatError` if there are more, or a coordinate is out of range.
    /// - Complexity: O(*n* log *n* + pairs of edges that overlap in height)
    init(of paths: [[Point]], pairLimit: Int = pairLimit) throws(MaskFormatError) {
        remainingPairs = pairLimit
        var windings: [Ends: Int] = [:]
        var inputCount = 0
        for path in paths {
            var vertices: [Vertex] = []
            for point in path {
                let (x, y) = ((point.x * 100).rounded(), (point.y * 100).rounded())
                guard max(x.magnitude, y.magnitude) <= Self.limit else {
                    throw MaskFormatError(
                        "a fill reaches beyond 2500000 px; expected fill-rule=\"evenodd\", or a smaller one")
                }
                vertices.append(Vertex(x: Int(x), y: Int(y)))
            }
            for (index, vertex) in vertices.enumerated() {
                let next = vertices[index + 1 < vertices.count ? index + 1 : 0]
                if next != vertex { inputCount += 1 }
                Self.add(vertex, next, 1, to: &windings)
            }
        }
        setEdges(windings)
        let isCut = try cut()
        let isBoundary = try boundary()
        isSameByParity =
            !isCut && edges.count == inputCount && isBoundary.allSatisfy { $0 }
            && edges.allSatisfy { $0.winding.magnitude == 1 }
        self.paths = trails(isBoundary)
    }

    private static func add(_ from: Vertex, _ to: Vertex, _ winding: Int, to windings: inout [Ends: Int]) {
        guard from != to else { return }
        if from < to {
            windings[Ends(first: from, last: to), default: 0] += winding
        } else {
            windings[Ends(first: to, last: from), default: 0] -= winding
        }
    }

    /// Sets the edges, from the top to the bottom. The two sides of one that is passed as often back have the same number.
    private mutating func setEdges(_ windings: [Ends: Int]) {
        edges = windings.compactMap { $0.value == 0 ? nil : Edge(ends: $0.key, winding: $0.value) }
        edges.sort {
            $0.ends.first != $1.ends.first ? $0.ends.first < $1.ends.first : $0.ends.last < $1.ends.last
        }
    }

    // MARK: Crossings

    /// Cuts edges where they meet others but at their ends; returns whether there were such.
    private mutating func cut() throws(MaskFormatError) -> Bool {
        for round in 0..<Self.roundLimit {
            var cuts: [Int: [Vertex]] = [:]
            let edges = edges
            try forEachPair(along: \.y, from: 0..<edges.count) { first, second in
                let (e, f) = (edges[first].ends, edges[second].ends)
                guard max(e.first.x, e.last.x) >= min(f.first.x, f.last.x),
                    max(f.first.x, f.last.x) >= min(e.first.x, e.last.x)
                else { return }
                for vertex in Self.meeting(e, f) {
                    if vertex != e.first, vertex != e.last { cuts[first, default: []].append(vertex) }
                    if vertex != f.first, vertex != f.last { cuts[second, default: []].append(vertex) }
                }
            }
            if cuts.isEmpty { return round > 0 }
            var windings: [Ends: Int] = [:]
            for (index, edge) in edges.enumerated() {
                let (start, end) = (edge.ends.first, edge.ends.last)
                var previous = start
                let along = { (vertex: Vertex) in
                    (vertex.x - start.x) * (end.x - start.x) + (vertex.y - start.y) * (end.y - start.y)
                }
                for vertex in (cuts[index] ?? []).sorted(by: { along($0) < along($1) }) + [end] {
                    Self.add(previous, vertex, edge.winding, to: &windings)
                    previous = vertex
                }
            }
            setEdges(windings)
        }
        throw Self.tooComplex
    }

    /// The points at which two edges meet, rounded.
    private static func meeting(_ e: Ends, _ f: Ends) -> [Vertex] {
        let (d1, d2) = (cross(e, f.first), cross(e, f.last))
        let (d3, d4) = (cross(f, e.first), cross(f, e.last))
        if d1.signum() * d2.signum() < 0, d3.signum() * d4.signum() < 0 {
            let t = Double(d3) / (Double(d3) - Double(d4))
            let x = Double(e.first.x) + t * Double(e.last.x - e.first.x)
            let y = Double(e.first.y) + t * Double(e.last.y - e.first.y)
            return [Vertex(x: Int(x.rounded()), y: Int(y.rounded()))]
        }
        // An end on the other edge; for edges on one line, as many as two.
        var ends: [Vertex] = []
        if d1 == 0, isBetween(f.first, e) { ends.append(f.first) }
        if d2 == 0, isBetween(f.last, e) { ends.append(f.last) }
        if d3 == 0, isBetween(e.first, f) { ends.append(e.first) }
        if d4 == 0, isBetween(e.last, f) { ends.append(e.last) }
        return ends
    }

    private static func cross(_ ends: Ends, _ vertex: Vertex) -> Int {
        (ends.last.x - ends.first.x) * (vertex.y - ends.first.y)
            - (ends.last.y - ends.first.y) * (vertex.x - ends.first.x)
    }

    private static func isBetween(_ vertex: Vertex, _ ends: Ends) -> Bool {
        vertex.y >= ends.first.y && vertex.y <= ends.last.y
            && vertex.x >= min(ends.first.x, ends.last.x) && vertex.x <= max(ends.first.x, ends.last.x)
    }

    private static let tooComplex = MaskFormatError(
        "a fill by the nonzero rule crosses itself too often; expected fill-rule=\"evenodd\", or fewer points")

    /// Calls `body` with every two edges that overlap along an axis.
    private mutating func forEachPair(
        along axis: KeyPath<Vertex, Int>, from indices: some Sequence<Int>, _ body: (Int, Int) -> Void
    ) throws(MaskFormatError) {
        var active: [(index: Int, end: Int)] = []
        for index in indices {
            let ends = edges[index].ends
            let start = min(ends.first[keyPath: axis], ends.last[keyPath: axis])
            active.removeAll { $0.end < start }
            remainingPairs -= active.count
            guard remainingPairs > 0 else { throw Self.tooComplex }
            for other in active { body(other.index, index) }
            active.append((index, max(ends.first[keyPath: axis], ends.last[keyPath: axis])))
        }
    }

    // MARK: Winding numbers

    /// Whether each edge has a winding number of 0 on exactly one side.
    private mutating func boundary() throws(MaskFormatError) -> [Bool] {
        // The winding numbers on one side of the middle of each edge: the sum over the edges on the way to infinity.
        var sums = [Int](repeating: 0, count: edges.count)
        let edges = edges
        try forEachPair(along: \.y, from: 0..<edges.count) { first, second in
            for (edge, other) in [(first, second), (second, first)] {
                sums[edge] += Self.windingToTheLeft(of: edges[edge].ends, by: edges[other])
            }
        }
        if edges.contains(where: { $0.ends.first.y == $0.ends.last.y }) {
            let byX = edges.indices.sorted {
                min(edges[$0].ends.first.x, edges[$0].ends.last.x) < min(edges[$1].ends.first.x, edges[$1].ends.last.x)
            }
            try forEachPair(along: \.x, from: byX) { first, second in
                for (edge, other) in [(first, second), (second, first)] {
                    sums[edge] += Self.windingAbove(edges[edge].ends, by: edges[other])
                }
            }
        }
        return edges.indices.map { (sums[$0] == 0) != (sums[$0] + edges[$0].winding == 0) }
    }

    /// What an edge adds to the winding number left of the middle of another, which is not horizontal.
    private static func windingToTheLeft(of ends: Ends, by other: Edge) -> Int {
        guard ends.first.y != ends.last.y else { return 0 }
        let (x, y) = (ends.first.x + ends.last.x, ends.first.y + ends.last.y)
        let (from, to) = (other.ends.first, other.ends.last)
        // A vertex counts once where a path passes through its height.
        guard 2 * from.y <= y, y < 2 * to.y else { return 0 }
        return (x - 2 * from.x) * (to.y - from.y) > (y - 2 * from.y) * (to.x - from.x) ? other.winding : 0
    }

    /// What an edge adds to the winding number above the middle of a horizontal one.
    private static func windingAbove(_ ends: Ends, by other: Edge) -> Int {
        guard ends.first.y == ends.last.y else { return 0 }
        let (x, y) = (ends.first.x + ends.last.x, 2 * ends.first.y)
        let isRightwards = other.ends.first.x < other.ends.last.x
        let (from, to) = isRightwards ? (other.ends.first, other.ends.last) : (other.ends.last, other.ends.first)
        guard 2 * from.x <= x, x < 2 * to.x else { return 0 }
        guard (y - 2 * from.y) * (to.x - from.x) > (x - 2 * from.x) * (to.y - from.y) else { return 0 }
        return isRightwards ? other.winding : -other.winding
    }

    // MARK: Paths

    /// Joins the edges of the region to closed paths: as many meet at each vertex as leave it, so none has a loose end.
    private func trails(_ isBoundary: [Bool]) -> [[Point]] {
        var adjacent: [Vertex: [Int]] = [:]
        var isUnused = isBoundary
        for index in edges.indices where isUnused[index] {
            adjacent[edges[index].ends.first, default: []].append(index)
            adjacent[edges[index].ends.last, default: []].append(index)
        }
        var paths: [[Point]] = []
        for index in edges.indices where isUnused[index] {
            var vertex = edges[index].ends.first
            var path: [Point] = []
            while let next = adjacent[vertex]?.popLast() {
                guard isUnused[next] else { continue }
                isUnused[next] = false
                path.append(Point(x: Double(vertex.x) / 100, y: Double(vertex.y) / 100))
                vertex = edges[next].ends.first == vertex ? edges[next].ends.last : edges[next].ends.first
            }
            paths.append(path)
        }
        return paths
    }
}
