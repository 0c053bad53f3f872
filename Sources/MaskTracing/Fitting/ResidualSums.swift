import PlaneGeometry

/// The sums over samples from which the normal equations of some strokes are made.
///
/// Those of all strokes are in one array: there are many samples, and a stroke with an array of its own would take longer
/// to reach than to change.
struct ResidualSums {
    /// A segment of a stroke that moves.
    private struct Segment {
        let stroke: Int32
        /// The rows of its vertices.
        let first: Int32
        let second: Int32
        let start: Point
        let step: Vector
    }

    /// For each segment of all strokes, itself; nil if its stroke stays.
    private var segments: [Segment?] = []
    private var rows: [NormalEquations.Row]
    private var radii: [NormalEquations.Radius]

    init(_ strokes: [FittedStroke], isActive: [Bool]) {
        var rowCount = 0
        for (index, stroke) in strokes.enumerated() {
            for segment in 0..<stroke.segmentCount {
                guard isActive[index] else {
                    segments.append(nil)
                    continue
                }
                let (first, second) = stroke.vertices(ofSegment: segment)
                segments.append(
                    Segment(
                        stroke: Int32(index), first: Int32(rowCount + first), second: Int32(rowCount + second),
                        start: stroke.points[first], step: stroke.points[second] - stroke.points[first]))
            }
            if isActive[index] { rowCount += stroke.points.count }
        }
        rows = [NormalEquations.Row](repeating: .init(), count: rowCount)
        radii = [NormalEquations.Radius](repeating: .init(), count: strokes.count)
    }

    /// Adds a sample.
    @inline(__always)
    mutating func add(_ sample: SampleAssignment.Entry) {
        guard let segment = segments[sample.segment] else { return }
        let (first, second) = (Int(segment.first), Int(segment.second))
        switch sample.side {
        case .path:
            let share = sample.share
            let normal = (sample.point - (segment.start + segment.step * share)).normalized
            let error = sample.sign * sample.residual
            radii[Int(segment.stroke)].square += 1
            radii[Int(segment.stroke)].gradient -= error
            guard first != second else {
                rows[first].add(normal, share: 1, error: error)
                return
            }
            rows[first].add(normal, share: 1 - share, error: error)
            rows[first].next.add(normal, (1 - share) * share)
            rows[second].add(normal, share: share, error: error)
        case .start:
            addFlat(first, segment.step.normalized * sample.sign, sample.residual)
        case .end:
            addFlat(second, segment.step.normalized * -sample.sign, sample.residual)
        }
    }

    /// Adds a sample beyond a flat end, whose derivative is `normal`.
    private mutating func addFlat(_ row: Int, _ normal: Vector, _ residual: Double) {
        rows[row].diagonal.add(normal, 1)
        rows[row].gradient = rows[row].gradient + normal * residual
    }

    /// The equations of each stroke; nil for those that stay.
    func equations(of strokes: [FittedStroke], isActive: [Bool]) -> [NormalEquations?] {
        var start = 0
        return strokes.indices.map { index in
            guard isActive[index] else { return nil }
            defer { start += strokes[index].points.count }
            return NormalEquations(
                rows: Array(rows[start..<start + strokes[index].points.count]), radius: radii[index],
                isClosed: strokes[index].isClosed)
        }
    }
}
