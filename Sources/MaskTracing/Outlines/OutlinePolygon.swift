import MaskModel
import PlaneGeometry

/// A polygon with few vertices that separates the centers of hole pixels from those of others.
///
/// A boundary passes through a gate at each of its sides, between the centers of the two pixels. An edge of the polygon is
/// a straight line through successive gates. Long axis-parallel runs of sides are kept as they are.
struct OutlinePolygon {
    private(set) var vertices: [Point]
    /// Whether the vertices are the corners of the boundary, without any simplification.
    let hasAllCorners: Bool

    /// A place where a vertex may be: the middle of a side, or a corner before a side.
    private struct Place {
        let point: Point
        /// The first side that an edge from here passes.
        let side: Int
    }

    private let sides: [BoundaryLoop.Side]
    private let places: [Place]
    /// For each side, the index of the first place from it on.
    private let firstPlaces: [Int]

    /// The distance from the middle of a gate to its ends, in px.
    private static let reach = 0.49

    /// Simplifies a boundary on a canvas of `size`.
    ///
    /// - Complexity: O(*n*) for typical boundaries
    init(_ loop: BoundaryLoop, size: PixelSize) {
        sides = loop.sides
        let runs = Self.runs(loop.sides)
        hasAllCorners = runs.count == 4 || runs.allSatisfy { $0.count >= 3 }
        if hasAllCorners {
            (places, firstPlaces, vertices) = ([], [], runs.map { loop.sides[$0.start].start })
            return
        }
        var places: [Place] = []
        var firstPlaces: [Int] = []
        for index in sides.indices {
            firstPlaces.append(places.count)
            let before = sides[(index + sides.count - 1) % sides.count]
            if before.direction != sides[index].direction {
                places.append(Place(point: sides[index].start, side: index))
            }
            places.append(Place(point: sides[index].middle, side: index))
        }
        self.places = places
        self.firstPlaces = firstPlaces
        let fixed = Self.fixedSides(runs, loop.sides, size)
        vertices = []
        vertices = fixed.isEmpty ? closedPath() : path(between: fixed)
    }

    /// Runs of sides in the same direction: the first side, and their number.
    private static func runs(_ sides: [BoundaryLoop.Side]) -> [(start: Int, count: Int)] {
        let starts = sides.indices.filter {
            sides[$0].direction != sides[($0 + sides.count - 1) % sides.count].direction
        }
        return starts.indices.map { index in
            let next = starts[(index + 1) % starts.count]
            return (starts[index], (next - starts[index] + sides.count - 1) % sides.count + 1)
        }
    }

    /// The first sides of, and after, the runs that are straight edges and not steps of an inclined or a curved one.
    private static func fixedSides(
        _ runs: [(start: Int, count: Int)], _ sides: [BoundaryLoop.Side], _ size: PixelSize
    ) -> [Int] {
        var fixed = Set<Int>()
        for (index, run) in runs.enumerated() {
            let before = runs[(index + runs.count - 1) % runs.count].count
            let after = runs[(index + 1) % runs.count]
            let side = sides[run.start]
            let isAtEdge =
                side.direction % 2 == 0
                ? side.y == 0 || Int(side.y) == size.height : side.x == 0 || Int(side.x) == size.width
            guard isAtEdge || run.count >= 5 && before >= 3 && after.count >= 3 else { continue }
            fixed.insert(run.start)
            fixed.insert(after.start)
        }
        return fixed.sorted()
    }

    /// The vertices between fixed corners.
    private func path(between fixed: [Int]) -> [Point] {
        var result: [Point] = []
        for (index, start) in fixed.enumerated() {
            let end = firstPlaces[fixed[(index + 1) % fixed.count]]
            var place = firstPlaces[start]
            let total = (end - place + places.count - 1) % places.count + 1
            var done = 0
            while done < total {
                result.append(places[place].point)
                let step = min(farthest(from: place, limit: total - done), total - done)
                done += step
                place = (place + step) % places.count
            }
        }
        return result
    }

    /// The vertices of a boundary without a fixed corner, from the best of some starts.
    private func closedPath() -> [Point] {
        let first = farthest(from: 0, limit: places.count)
        var best: [Point] = []
        for start in stride(from: 0, to: max(first, 1), by: max(1, first / 12)) {
            var (place, done) = (start, 0)
            var path: [Point] = []
            while done < places.count {
                path.append(places[place].point)
                let step = min(farthest(from: place, limit: places.count - done), places.count - done)
                done += step
                place = (place + step) % places.count
            }
            if best.isEmpty || path.count < best.count { best = path }
        }
        return best
    }

    /// The largest number of places, at most `limit`, such that the straight line to that place passes all gates.
    private func farthest(from start: Int, limit: Int) -> Int {
        let origin = places[start].point
        // The directions to the ends of the gates so far that are nearest to each other.
        var wedge: (inner: Vector, outer: Vector)?
        var best = 1
        var side = places[start].side
        var steps = 0
        while steps < limit {
            // The places before the middle of this side are reached without passing its gate.
            let next = firstPlaces[(side + 1) % sides.count]
            let count = (next - start + places.count - 1) % places.count + 1 - steps
            let gate = sides[side]
            for step in steps + 1...steps + max(count, 1) where step <= limit {
                let place = places[(start + step) % places.count]
                let isPastGate = place.side != side || step == steps + count
                if isPastGate { wedge = narrowed(wedge, gate, from: origin) }
                let direction = place.point - origin
                if let wedge {
                    if wedge.inner.cross(wedge.outer) <= 1e-9 { return best }
                    guard wedge.inner.cross(direction) >= 0, direction.cross(wedge.outer) >= 0,
                        direction.dot(wedge.inner + wedge.outer) > 0
                    else { continue }
                }
                best = step
            }
            steps += max(count, 1)
            side = (side + 1) % sides.count
        }
        return best
    }

    private func narrowed(
        _ wedge: (inner: Vector, outer: Vector)?, _ gate: BoundaryLoop.Side, from origin: Point
    ) -> (inner: Vector, outer: Vector)? {
        let inner = gate.middle + gate.inward * Self.reach - origin
        let outer = gate.middle + gate.inward * -Self.reach - origin
        guard let wedge else { return inner.cross(outer) > 1e-9 ? (inner, outer) : nil }
        return (
            wedge.inner.cross(inner) > 0 ? inner : wedge.inner, outer.cross(wedge.outer) > 0 ? outer : wedge.outer
        )
    }
}
