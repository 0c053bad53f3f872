import MaskRaster
import PlaneGeometry

/// Moves the vertices of strokes and changes their widths until their pixels are those of a mask.
///
/// The residual of a sample is the signed distance to the outline by which it is on the wrong side, or inside a margin
/// of the right one. The margin shrinks from step to step: so outlines end up in the middle between the centers of hole
/// pixels and others. Levenberg, *A Method for the Solution of Certain Non-Linear Problems in Least Squares*, 1944;
/// Marquardt, 1963.
struct StrokeFitter {
    var samples: BoundarySamples
    /// The samples next to the boundary: enough for strokes that are almost right.
    var nearSamples: BoundarySamples
    /// The number of distances that were evaluated: a measure of work that does not depend on the machine.
    private(set) var workDone = 0

    /// The largest residual, in px.
    private static let clip = 2.5
    /// The minimum radius, in px.
    private static let minimumRadius = 0.4

    init(_ mask: Bitmap) {
        samples = BoundarySamples(mask, reaches: [2, 2, 1])
        nearSamples = BoundarySamples(mask, reaches: [1, 1])
    }

    /// The segments of all strokes, and the index of the stroke of each.
    static func segments(of strokes: [FittedStroke]) -> (segments: [StrokeSegment], owners: [Int32]) {
        var result: [StrokeSegment] = []
        var owners: [Int32] = []
        for (index, stroke) in strokes.enumerated() {
            let count = stroke.segmentCount
            for segment in 0..<count {
                let (first, second) = stroke.vertices(ofSegment: segment)
                result.append(
                    StrokeSegment(
                        from: stroke.points[first], to: stroke.points[second], radius: stroke.radius,
                        hasButtStart: stroke.hasButtStart && !stroke.isClosed && segment == 0,
                        hasButtEnd: stroke.hasButtEnd && !stroke.isClosed && segment == count - 1))
                owners.append(Int32(index))
            }
        }
        return (result, owners)
    }

    /// The samples near some strokes, assigned to the nearest segments of all.
    mutating func assignment(
        of strokes: [FittedStroke], isNear: Bool = false, isActive: (Int) -> Bool = { _ in true }
    ) -> (SampleAssignment, owners: [Int32]) {
        let (segments, owners) = Self.segments(of: strokes)
        var assignment = SampleAssignment(isNear ? nearSamples : samples, segments) { isActive(Int(owners[$0])) }
        assignment.update(segments)
        workDone += assignment.workload
        return (assignment, owners)
    }

    /// Fits strokes to the samples near them.
    ///
    /// - Parameters:
    ///   - strokes: All strokes.
    ///   - isActive: Whether the stroke of an index may change.
    ///   - margins: The margins, in px, one after the other.
    ///   - iterations: The maximum number of steps for each margin.
    ///   - keepsWidths: Whether only vertices move.
    mutating func fit(
        _ strokes: inout [FittedStroke], where isActive: (Int) -> Bool = { _ in true }, margins: [Double],
        iterations: Int, keepsWidths: Bool = false
    ) {
        var assignment = assignment(of: strokes, isNear: (margins.first ?? 0) < 0.45, isActive: isActive).0
        let active = strokes.indices.map(isActive)
        var damping = 0.01
        for margin in margins {
            var cost = assignment.cost(margin: margin, clip: Self.clip)
            for _ in 0..<iterations {
                let equations = Self.equations(of: strokes, active, assignment, margin: margin)
                var improvement: Double?
                for _ in 0..<4 {
                    let trial = Self.moved(strokes, equations, damping: damping, keepsWidths: keepsWidths)
                    var trialAssignment = assignment
                    trialAssignment.update(Self.segments(of: trial).segments)
                    workDone += assignment.workload
                    let trialCost = trialAssignment.cost(margin: margin, clip: Self.clip)
                    if trialCost < cost {
                        improvement = (cost - trialCost) / max(cost, 1e-9)
                        (strokes, assignment, cost) = (trial, trialAssignment, trialCost)
                        damping = max(damping * 0.3, 1e-5)
                        break
                    }
                    damping *= 6
                }
                guard let improvement, improvement >= 0.002 else { break }
            }
        }
        for index in strokes.indices where active[index] { strokes[index].isChanged = false }
    }

    private static func equations(
        of strokes: [FittedStroke], _ active: [Bool], _ assignment: SampleAssignment, margin: Double
    ) -> [NormalEquations?] {
        var sums = ResidualSums(strokes, isActive: active)
        assignment.forEachResidual(margin: margin, clip: clip) { sums.add($0) }
        return sums.equations(of: strokes, isActive: active)
    }

    private static func moved(
        _ strokes: [FittedStroke], _ equations: [NormalEquations?], damping: Double, keepsWidths: Bool
    ) -> [FittedStroke] {
        func limited(_ value: Double) -> Double { min(max(value, -1), 1) }
        var result = strokes
        for (index, equation) in equations.enumerated() {
            guard let step = equation?.step(damping: damping, floor: 0.001, keepsRadius: keepsWidths)
            else { continue }
            for (vertex, move) in step.vertices.enumerated() {
                result[index].points[vertex].x += limited(move.dx)
                result[index].points[vertex].y += limited(move.dy)
            }
            let radius = max(strokes[index].radius + limited(step.radius), minimumRadius)
            result[index].width = 2 * radius
        }
        return result
    }
}
