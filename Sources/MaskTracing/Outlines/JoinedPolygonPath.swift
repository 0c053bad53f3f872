import PlaneGeometry

/// One closed path through several polygons.
///
/// Each polygon after the first is visited from a vertex near it, along a line on which the path goes back and forth: by
/// the even-odd rule, such lines have no effect.
struct JoinedPolygonPath {
    private let vertices: [Point]
    /// The index of the first vertex of each polygon, and the number of vertices.
    private let starts: [Int]
    /// For each vertex, the last polygon that is visited from it, and for each polygon, the one visited after it from the
    /// same vertex; −1 for none.
    private var visits: [Int32]
    private var nextVisits: [Int32]

    /// Finds the vertices that polygons are visited from, each in the order of the array after its predecessors.
    ///
    /// - Complexity: O(vertices) for polygons that are near each other
    init(_ polygons: [[Point]]) {
        let vertices = polygons.flatMap(\.self)
        self.vertices = vertices
        starts = polygons.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        visits = [Int32](repeating: -1, count: vertices.count)
        nextVisits = [Int32](repeating: -1, count: polygons.count)
        guard polygons.count > 1 else { return }
        var grid = VertexGrid(Polyline(vertices).bounds)
        for polygon in polygons.indices where !polygons[polygon].isEmpty {
            if polygon > 0, let near = grid.vertex(near: vertices[starts[polygon]], vertices) {
                nextVisits[polygon] = visits[near]
                visits[near] = Int32(polygon)
            }
            for vertex in starts[polygon]..<starts[polygon + 1] { grid.add(vertex, at: vertices[vertex]) }
        }
    }

    /// The vertices of the path, which returns to its start.
    ///
    /// - Complexity: O(vertices)
    var points: [Point] {
        guard let first = vertices.first else { return [] }
        var path = [first]
        // The polygons on the way, the vertex of each that is visited, and the next polygon to visit from there.
        var stack = [(polygon: 0, vertex: 0, visit: visits[0])]
        while let (polygon, vertex, visit) = stack.last {
            let top = stack.count - 1
            if visit >= 0 {
                stack[top].visit = nextVisits[Int(visit)]
                let start = starts[Int(visit)]
                path += Self.corners(from: vertices[vertex], to: vertices[start]) + [vertices[start]]
                stack.append((Int(visit), start, visits[start]))
            } else if vertex + 1 < starts[polygon + 1] {
                path.append(vertices[vertex + 1])
                stack[top].vertex = vertex + 1
                stack[top].visit = visits[vertex + 1]
            } else {
                stack.removeLast()
                guard let (_, anchor, _) = stack.last else { break }
                let start = vertices[starts[polygon]]
                path += [start] + Self.corners(from: vertices[anchor], to: start).reversed() + [vertices[anchor]]
            }
        }
        return path
    }

    /// The corners of the way from a vertex to another polygon; none if it is straight.
    ///
    /// A pixel would be inside if its center were exactly on the way: then, it goes along a column between the centers.
    private static func corners(from start: Point, to end: Point) -> [Point] {
        guard start.y != end.y else { return [] }
        let slope = (end.x - start.x) / (end.y - start.y)
        let (top, bottom) = (min(start.y, end.y), max(start.y, end.y))
        var y = top.rounded(.down) + 0.5
        while y <= bottom {
            let column = start.x + (y - start.y) * slope - 0.5
            if y >= top, (column - column.rounded()).magnitude < 1e-6 {
                let x = end.x.rounded(.down)
                return [Point(x: x, y: start.y), Point(x: x, y: end.y)]
            }
            y += 1
        }
        return []
    }
}

/// Finds a vertex near a point: one for each square of a rectangle.
private struct VertexGrid {
    private static let side = 8.0
    private let bounds: Rectangle
    private let columns: Int
    private let rows: Int
    /// The index of the last vertex in each square; −1 for none.
    private var cells: [Int32]

    init(_ bounds: Rectangle) {
        self.bounds = bounds
        columns = Int((bounds.maxX - bounds.minX) / Self.side) + 1
        rows = Int((bounds.maxY - bounds.minY) / Self.side) + 1
        cells = [Int32](repeating: -1, count: columns * rows)
    }

    mutating func add(_ vertex: Int, at point: Point) {
        let (column, row) = cell(of: point)
        cells[row * columns + column] = Int32(vertex)
    }

    private func cell(of point: Point) -> (column: Int, row: Int) {
        (Int((point.x - bounds.minX) / Self.side), Int((point.y - bounds.minY) / Self.side))
    }

    /// The nearest of the vertices in the first ring of squares around a point that has any.
    func vertex(near point: Point, _ vertices: [Point]) -> Int? {
        let (column, row) = cell(of: point)
        for ring in 0..<max(columns, rows) {
            var best: (square: Double, vertex: Int)?
            for other in max(row - ring, 0)...min(row + ring, rows - 1) {
                // The first and the last row of a ring have all columns, the others two.
                let step = ring == 0 || abs(other - row) == ring ? 1 : 2 * ring
                for place in stride(from: column - ring, through: column + ring, by: step) {
                    guard (0..<columns).contains(place), cells[other * columns + place] >= 0 else { continue }
                    let vertex = Int(cells[other * columns + place])
                    let square = (vertices[vertex] - point).squaredLength
                    if square < best?.square ?? .infinity { best = (square, vertex) }
                }
            }
            if let best { return best.vertex }
        }
        return nil
    }
}
