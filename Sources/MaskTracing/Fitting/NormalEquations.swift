import PlaneGeometry

/// The normal equations of one stroke: its vertices and its radius.
///
/// A sample depends on the two vertices of its segment and on the radius. So the matrix is block tridiagonal, bordered
/// by the radius (and, if the path is closed, by the last vertex), and is solved in O(vertices).
struct NormalEquations {
    /// A symmetric matrix of 2×2: sums of products of normals.
    struct Block {
        var xx = 0.0
        var xy = 0.0
        var yy = 0.0

        @inline(__always)
        mutating func add(_ normal: Vector, _ factor: Double) {
            xx += factor * normal.dx * normal.dx
            xy += factor * normal.dx * normal.dy
            yy += factor * normal.dy * normal.dy
        }

        @inline(__always)
        static func * (block: Block, vector: Vector) -> Vector {
            Vector(dx: block.xx * vector.dx + block.xy * vector.dy, dy: block.xy * vector.dx + block.yy * vector.dy)
        }
    }

    /// The equations of a vertex: sums over the samples beside its segments.
    struct Row {
        /// The block on the diagonal, and that between the vertex and the next.
        var diagonal = Block()
        var next = Block()
        /// The column of the radius, and the gradient.
        var border = Vector(dx: 0, dy: 0)
        var gradient = Vector(dx: 0, dy: 0)

        /// Adds a sample that moves by `share` of the vertex's move.
        @inline(__always)
        mutating func add(_ normal: Vector, share: Double, error: Double) {
            diagonal.add(normal, share * share)
            border = border + normal * share
            gradient = gradient - normal * (share * error)
        }
    }

    /// The equation of the radius.
    struct Radius {
        var square = 0.0
        var gradient = 0.0
    }

    let rows: [Row]
    let radius: Radius
    let isClosed: Bool

    /// The changes of the vertices and of the radius by one step of Levenberg and Marquardt.
    ///
    /// - Parameters:
    ///   - damping: Added to the diagonal, in proportion to it.
    ///   - floor: Added to the diagonal, so that it is not singular.
    ///   - keepsRadius: Whether the radius stays.
    func step(damping: Double, floor: Double, keepsRadius: Bool = false) -> (vertices: [Vector], radius: Double) {
        let zero = Vector(dx: 0, dy: 0)
        let count = rows.count
        // A closed path of two vertices or fewer does not occur; the last vertex of others is a border.
        let chain = isClosed && count > 2 ? count - 1 : count
        // The columns: the negative gradient, the radius, and x and y of the last vertex.
        var columns = (0..<chain).map { (-1 * rows[$0].gradient, rows[$0].border, zero, zero) }
        var inverses = [Block](repeating: Block(), count: chain)
        if chain < count {
            let (first, last) = (rows[count - 1].next, rows[chain - 1].next)
            columns[0].2 = columns[0].2 + Vector(dx: first.xx, dy: first.xy)
            columns[0].3 = columns[0].3 + Vector(dx: first.xy, dy: first.yy)
            columns[chain - 1].2 = columns[chain - 1].2 + Vector(dx: last.xx, dy: last.xy)
            columns[chain - 1].3 = columns[chain - 1].3 + Vector(dx: last.xy, dy: last.yy)
        }
        let right = columns
        func damped(_ index: Int) -> Block {
            var block = rows[index].diagonal
            block.xx += damping * block.xx + floor
            block.yy += damping * block.yy + floor
            return block
        }
        for index in 0..<chain {
            var block = damped(index)
            if index > 0 {
                let (link, inverse) = (rows[index - 1].next, inverses[index - 1])
                // link · inverse · link, column by column.
                let x = link * (inverse * Vector(dx: link.xx, dy: link.xy))
                let y = link * (inverse * Vector(dx: link.xy, dy: link.yy))
                block.xx -= x.dx
                block.xy -= 0.5 * (x.dy + y.dx)
                block.yy -= y.dy
                let before = columns[index - 1]
                columns[index].0 = columns[index].0 - link * (inverse * before.0)
                columns[index].1 = columns[index].1 - link * (inverse * before.1)
                columns[index].2 = columns[index].2 - link * (inverse * before.2)
                columns[index].3 = columns[index].3 - link * (inverse * before.3)
            }
            let determinant = max(block.xx * block.yy - block.xy * block.xy, floor * floor * 0.01)
            inverses[index] = Block(
                xx: block.yy / determinant, xy: -block.xy / determinant, yy: block.xx / determinant)
        }
        for index in stride(from: chain - 1, through: 0, by: -1) {
            if index + 1 < chain {
                let (link, after) = (rows[index].next, columns[index + 1])
                columns[index].0 = columns[index].0 - link * after.0
                columns[index].1 = columns[index].1 - link * after.1
                columns[index].2 = columns[index].2 - link * after.2
                columns[index].3 = columns[index].3 - link * after.3
            }
            columns[index] = (
                inverses[index] * columns[index].0, inverses[index] * columns[index].1,
                inverses[index] * columns[index].2, inverses[index] * columns[index].3
            )
        }
        // The Schur complement of the borders: the radius, and x and y of the last vertex.
        var matrix = [[radius.square * (1 + damping) + floor, 0, 0, -radius.gradient], [0, 1, 0, 0], [0, 0, 1, 0]]
        if chain < count {
            let block = damped(chain)
            matrix[0][1] = rows[chain].border.dx
            matrix[0][2] = rows[chain].border.dy
            matrix[1] = [rows[chain].border.dx, block.xx, block.xy, -rows[chain].gradient.dx]
            matrix[2] = [rows[chain].border.dy, block.xy, block.yy, -rows[chain].gradient.dy]
        }
        for index in 0..<chain {
            let (solved, original) = (columns[index], right[index])
            for (row, left) in [original.1, original.2, original.3].enumerated() {
                matrix[row][0] -= left.dot(solved.1)
                matrix[row][1] -= left.dot(solved.2)
                matrix[row][2] -= left.dot(solved.3)
                matrix[row][3] -= left.dot(solved.0)
            }
        }
        if keepsRadius {
            matrix[0] = [1, 0, 0, 0]
            matrix[1][0] = 0
            matrix[2][0] = 0
        }
        let solution = Self.solve(&matrix)
        var vertices = columns.map {
            $0.0 - $0.1 * solution[0] - $0.2 * solution[1] - $0.3 * solution[2]
        }
        if chain < count { vertices.append(Vector(dx: solution[1], dy: solution[2])) }
        return (vertices, solution[0])
    }

    /// Solves three equations, given as rows with their right sides, by elimination without pivots.
    private static func solve(_ matrix: inout [[Double]]) -> [Double] {
        for pivot in 0..<3 {
            for row in stride(from: pivot + 1, to: 3, by: 1) where matrix[pivot][pivot] != 0 {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in pivot..<4 { matrix[row][column] -= factor * matrix[pivot][column] }
            }
        }
        var solution = [0.0, 0.0, 0.0]
        for row in stride(from: 2, through: 0, by: -1) {
            var value = matrix[row][3]
            for column in stride(from: row + 1, to: 3, by: 1) { value -= matrix[row][column] * solution[column] }
            solution[row] = matrix[row][row] != 0 ? value / matrix[row][row] : 0
        }
        return solution
    }
}

extension Double {
    /// A vector times a number.
    fileprivate static func * (factor: Double, vector: Vector) -> Vector { vector * factor }
}
