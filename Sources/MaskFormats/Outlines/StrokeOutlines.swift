import MaskModel
import PlaneGeometry

/// The form of a stroke around its path: half the width, caps, and joins.
struct StrokeShape {
    enum Cap: Hashable {
        case butt
        case round
        case square
    }

    enum Join: Hashable {
        case round
        case bevel
        case miter(limit: Double)
    }

    /// In px.
    let halfWidth: Double
    let cap: Cap
    let join: Join
    /// The direction of the x axis of the coordinates in which the path was written, which square dots have.
    let axis: Vector

    /// Whether the stroke is all points within half the width of the path, whatever that is.
    var isRound: Bool { cap == .round && join == .round }
}

/// The brush strokes and filled outlines whose union is the stroke of a path.
///
/// A round stroke is a brush stroke. Otherwise the path is cut into runs between the ends that are not round: those of the
/// path, and the corners with other joins. The part of a run that is away from its ends is a brush stroke with round ends;
/// the parts near its ends are outlines, and so are caps and joins.
struct StrokeOutlines {
    private let shape: StrokeShape
    private(set) var strokes: [BrushStroke] = []
    /// The number of points that the document may still have.
    private(set) var remainingPoints: Int

    private typealias Vertex = FlattenedPath.Vertex

    /// - Parameters:
    ///   - path: The path, in px.
    ///   - shape: The form of its stroke.
    ///   - remainingPoints: The number of points that the document may still have.
    /// - Throws: `MaskFormatError` if a coordinate or the width is out of range, or there would be too many points.
    /// - Complexity: O(points)
    init(_ path: FlattenedPath, _ shape: StrokeShape, remainingPoints: Int) throws(MaskFormatError) {
        self.shape = shape
        self.remainingPoints = remainingPoints
        guard !path.vertices.isEmpty else {
            try addDot(path.start)
            return
        }
        guard shape.cap == .round || path.isClosed, !path.vertices.contains(where: isCut) else {
            try addRuns(of: path)
            return
        }
        try addRound(path.points)
    }

    private mutating func addDot(_ center: Point) throws(MaskFormatError) {
        switch shape.cap {
        case .butt: return
        case .round: try addRound([center])
        case .square:
            let (along, side) = (shape.axis * shape.halfWidth, shape.axis.turned * shape.halfWidth)
            try addOutline([
                center + along + side, center + along + side * -1, center + along * -1 + side * -1,
                center + along * -1 + side,
            ])
        }
    }

    /// Whether a corner has a join that is visibly not round.
    private func isCut(_ vertex: Vertex) -> Bool {
        guard shape.join != .round, vertex.isCorner else { return false }
        let cosine = max((1 + vertex.incoming.dot(vertex.outgoing)) / 2, 0).squareRoot()
        return shape.halfWidth * (1 - cosine) > 0.002
    }

    private mutating func addRuns(of path: FlattenedPath) throws(MaskFormatError) {
        var vertices = path.vertices
        if path.isClosed {
            // From one corner on, back to it.
            guard let first = vertices.firstIndex(where: isCut) else { return }
            vertices = Array(vertices[first...] + vertices[..<first]) + [vertices[first]]
        }
        var start = 0
        for index in 1..<vertices.count {
            let isLast = index == vertices.count - 1
            guard isLast || isCut(vertices[index]) else { continue }
            let isFlat = shape.cap != .round || path.isClosed
            try addRun(
                Array(vertices[start...index]), isFlatAtStart: start > 0 || isFlat, isFlatAtEnd: !isLast || isFlat)
            if !isLast || path.isClosed { try addJoin(vertices[index]) }
            start = index
        }
        if !path.isClosed, shape.cap == .square, let first = vertices.first, let last = vertices.last {
            try addSquare(first.point, first.outgoing * -1)
            try addSquare(last.point, last.incoming)
        }
    }

    // MARK: Runs

    /// Adds the stroke of a part of the path whose inner joins are round.
    private mutating func addRun(
        _ run: [Vertex], isFlatAtStart: Bool, isFlatAtEnd: Bool
    ) throws(MaskFormatError) {
        // A disc around a point reaches beyond the flat end of the path only if the whole part up to that end is less than
        // half the width behind the line through the end: a point that is nearer to the path than to the disc's center has
        // its nearest point on the way to the end.
        let first = isFlatAtStart ? run.firstIndex { isBehind($0, end: run[0].point, run[0].outgoing * -1) } : 0
        let last =
            isFlatAtEnd
            ? run.lastIndex { isBehind($0, end: run[run.count - 1].point, run[run.count - 1].incoming) } : run.count - 1
        guard !isFlatAtStart || !isFlatAtEnd || !isSingleBrushStroke(run) else {
            try add(run.map(\.point), width: 2 * shape.halfWidth, cap: .butt)
            return
        }
        guard let first, let last, first <= last else {
            try addSections(run)
            if !isFlatAtStart { try addSector(run[0].point, run[0].outgoing.turned, run[0].outgoing.turned * -1) }
            if !isFlatAtEnd {
                let end = run[run.count - 1]
                try addSector(end.point, end.incoming.turned * -1, end.incoming.turned)
            }
            return
        }
        if first > 0 { try addSections(Array(run[...first])) }
        try addRound(run[first...last].map(\.point))
        if last < run.count - 1 { try addSections(Array(run[last...])) }
    }

    /// Whether a disc around a point of the path is on the path's side of the line through a flat end.
    private func isBehind(_ vertex: Vertex, end: Point, _ outward: Vector) -> Bool {
        (vertex.point - end).dot(outward) <= -shape.halfWidth
    }

    /// Whether a run with two flat ends is one brush stroke: its first and last segments are straight, and rounding their
    /// points does not turn them.
    private func isSingleBrushStroke(_ run: [Vertex]) -> Bool {
        for index in [0, run.count - 2] {
            let (start, end) = (run[index], run[index + 1])
            let step = end.point - start.point
            guard let direction = step.normalized, start.outgoing.dot(direction) > 1 - 1e-9,
                end.incoming.dot(direction) > 1 - 1e-9,
                isLongEnough(start.point, end.point, isOnly: run.count == 2)
            else { return false }
        }
        return true
    }

    /// Whether a segment at an end is so long that the discs around the other points of its run do not reach beyond that end,
    /// also after rounding.
    private func isLongEnough(_ start: Point, _ end: Point, isOnly: Bool) -> Bool {
        let isRounded = start.isRounded && end.isRounded
        return isOnly && isRounded || (end - start).length >= shape.halfWidth + (isRounded ? 0 : 0.02)
    }

    /// Adds the points beside each segment, and round joins between them.
    private mutating func addSections(_ run: [Vertex]) throws(MaskFormatError) {
        for (start, end) in zip(run, run.dropFirst()) {
            let (from, to) = (start.outgoing.turned * shape.halfWidth, end.incoming.turned * shape.halfWidth)
            try addOutline([start.point + from, end.point + to, end.point + to * -1, start.point + from * -1])
        }
        for vertex in run.dropFirst().dropLast() where vertex.isCorner {
            try addRoundJoin(vertex)
        }
    }

    // MARK: Joins and caps

    private mutating func addRoundJoin(_ vertex: Vertex) throws(MaskFormatError) {
        let side = vertex.incoming.cross(vertex.outgoing) > 0 ? -1.0 : 1
        try addSector(vertex.point, vertex.incoming.turned * side, vertex.outgoing.turned * side)
    }

    private mutating func addJoin(_ vertex: Vertex) throws(MaskFormatError) {
        guard vertex.isCorner else { return }
        let side = (vertex.incoming.cross(vertex.outgoing) > 0 ? -1.0 : 1) * shape.halfWidth
        let (from, to) = (vertex.incoming.turned * side, vertex.outgoing.turned * side)
        var outline = [vertex.point, vertex.point + from, vertex.point + to]
        // The miter is 1 / cos(φ/2) times the width long, where φ is the angle by which the path turns.
        let cosine = max((1 + vertex.incoming.dot(vertex.outgoing)) / 2, 0).squareRoot()
        if case .miter(let limit) = shape.join, cosine > 0, 1 / cosine <= limit, let middle = (from + to).normalized {
            outline.insert(vertex.point + middle * (shape.halfWidth / cosine), at: 2)
        }
        try addOutline(outline)
    }

    private mutating func addSquare(_ end: Point, _ outward: Vector) throws(MaskFormatError) {
        let (along, side) = (outward * shape.halfWidth, outward.turned * shape.halfWidth)
        try addOutline([end + side, end + along + side, end + along + side * -1, end + side * -1])
    }

    /// Adds the sector of a disc between two radii of length 1, on the side of the shorter angle; for opposite ones, on the
    /// side to which the first one turns.
    private mutating func addSector(_ center: Point, _ from: Vector, _ to: Vector) throws(MaskFormatError) {
        var directions = [from, to]
        if from.dot(to) < -1 + 1e-9 { directions.insert(from.turned, at: 1) }
        var cosine = -1.0
        // Halve the angles until the chords are close enough to the arc.
        while shape.halfWidth * (1 - cosine) > FlattenedPath.Precision.tolerance, directions.count < 2000 {
            var halved: [Vector] = []
            for (first, second) in zip(directions, directions.dropFirst()) {
                halved += [first, (first + second).normalized ?? first.turned]
            }
            directions = halved + [to]
            cosine = max((1 + directions[0].dot(directions[1])) / 2, 0).squareRoot()
        }
        try addOutline([center] + directions.map { center + $0 * shape.halfWidth })
    }

    // MARK: Brush strokes

    private mutating func addRound(_ points: [Point]) throws(MaskFormatError) {
        try add(points, width: 2 * shape.halfWidth)
    }

    private mutating func addOutline(_ points: [Point]) throws(MaskFormatError) {
        remainingPoints -= points.count
        guard remainingPoints > 0 else { throw FlattenedPath.tooManyPoints }
        try add(points, width: 0, isFilled: true)
    }

    private mutating func add(
        _ points: [Point], width: Double, isFilled: Bool = false, cap: StrokeCap = .round
    ) throws(MaskFormatError) {
        do throws(BrushStrokeError) {
            let stroke = try BrushStroke(
                path: Polyline(points), width: width, isFilled: isFilled, startCap: cap, endCap: cap)
            // Rounding can leave a line of an outline.
            if !isFilled || stroke.path.points.count > 2 { strokes.append(stroke) }
        } catch {
            throw MaskFormatError("\(error)")
        }
    }
}
