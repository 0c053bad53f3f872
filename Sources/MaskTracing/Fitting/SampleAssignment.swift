import PlaneGeometry

/// The samples that some strokes are fitted to, each with the segment whose outline is nearest.
struct SampleAssignment {
    /// A cell with its samples and the segments that may be near.
    private struct Cell {
        let samples: Range<Int>
        let candidates: Range<Int>
    }

    private let all: BoundarySamples
    private let cells: [Cell]
    private let candidates: [Int32]
    /// Indices of the first result of each cell are those of its samples, less what is before the cell.
    private let sampleCount: Int
    /// The samples in the order of the results.
    let points: [Point]
    let signs: [Double]
    /// The signed distance to the union of the strokes, negative inside; `far` if no segment is near.
    private(set) var distances: [Double]
    private(set) var segments: [Int32]
    private(set) var shares: [Double]
    private(set) var sides: [StrokeSegment.Side]
    /// The number of distances that one evaluation takes.
    let workload: Int

    /// The distance if no segment is near, in px.
    static let far = 1e9

    /// Selects the cells near the `active` strokes' segments.
    init(_ samples: BoundarySamples, _ segments: [StrokeSegment], isActive: (Int) -> Bool) {
        all = samples
        // Segments may move while they are fitted, so those within 4 px count as near.
        let side = Double(BoundarySamples.cellSide)
        let diagonal = side * 0.7072 + 4
        var found: [(cell: Int32, segment: Int32)] = []
        var isSelected = [Bool](repeating: false, count: samples.columns * samples.rows)
        for (index, segment) in segments.enumerated() {
            let end = segment.start + segment.step
            let reach = segment.radius + 4
            let columns = Self.range(min(segment.start.x, end.x) - reach, max(segment.start.x, end.x) + reach, samples.columns)
            let rows = Self.range(min(segment.start.y, end.y) - reach, max(segment.start.y, end.y) + reach, samples.rows)
            let isActive = isActive(index)
            let limit = segment.radius * (segment.hasButt ? 1.42 : 1) + diagonal
            for row in rows {
                for column in columns {
                    let cell = row * samples.columns + column
                    guard samples.cellStarts[cell + 1] > samples.cellStarts[cell] else { continue }
                    let center = Point(x: (Double(column) + 0.5) * side, y: (Double(row) + 0.5) * side)
                    let (distance, _) = segment.roundDistance(to: center)
                    guard distance + segment.radius <= limit else { continue }
                    found.append((Int32(cell), Int32(index)))
                    if isActive { isSelected[cell] = true }
                }
            }
        }
        var starts = [Int](repeating: 0, count: isSelected.count + 1)
        for pair in found where isSelected[Int(pair.cell)] { starts[Int(pair.cell) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var candidates = [Int32](repeating: 0, count: starts[starts.count - 1])
        var next = starts
        for pair in found where isSelected[Int(pair.cell)] {
            candidates[next[Int(pair.cell)]] = pair.segment
            next[Int(pair.cell)] += 1
        }
        self.candidates = candidates
        var cells: [Cell] = []
        var (points, signs) = ([Point](), [Double]())
        var workload = 0
        for cell in isSelected.indices where isSelected[cell] {
            let range = samples.cellStarts[cell]..<samples.cellStarts[cell + 1]
            let start = points.count
            points.append(contentsOf: samples.points[range])
            signs.append(contentsOf: samples.signs[range])
            cells.append(Cell(samples: start..<points.count, candidates: starts[cell]..<starts[cell + 1]))
            workload += range.count * (starts[cell + 1] - starts[cell])
        }
        self.cells = cells
        self.points = points
        self.signs = signs
        self.workload = workload
        sampleCount = points.count
        distances = [Double](repeating: Self.far, count: points.count)
        self.segments = [Int32](repeating: -1, count: points.count)
        shares = [Double](repeating: 0, count: points.count)
        sides = [StrokeSegment.Side](repeating: .path, count: points.count)
    }

    private static func range(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
        let limit = Double(count * BoundarySamples.cellSide)
        guard high >= 0, low < limit else { return 0..<0 }
        let first = Int(max(low, 0)) / BoundarySamples.cellSide
        let last = Int(min(high, limit - 1)) / BoundarySamples.cellSide
        return first..<max(last + 1, first)
    }

    /// Finds the nearest segment of every sample.
    ///
    /// - Complexity: O(samples · segments near them)
    mutating func update(_ geometry: [StrokeSegment]) {
        let (allPoints, allCandidates) = (points, candidates)
        let (geometry, candidates, points) = (geometry.span, allCandidates.span, allPoints.span)
        // New arrays: the old ones usually belong to a copy, too.
        var newDistances = [Double](repeating: Self.far, count: sampleCount)
        var newSegments = [Int32](repeating: -1, count: sampleCount)
        var newShares = [Double](repeating: 0, count: sampleCount)
        var newSides = [StrokeSegment.Side](repeating: .path, count: sampleCount)
        var distances = newDistances.mutableSpan
        var segments = newSegments.mutableSpan
        var shares = newShares.mutableSpan
        var sides = newSides.mutableSpan
        for cell in cells {
            for sample in cell.samples {
                let point = unsafe points[unchecked: sample]
                var (best, bestShare, bestSegment) = (Self.far, 0.0, Int32(-1))
                var bestSide = StrokeSegment.Side.path
                for place in cell.candidates {
                    let index = unsafe candidates[unchecked: place]
                    let segment = unsafe geometry[unchecked: Int(index)]
                    if segment.hasButt {
                        let (distance, share, side) = segment.buttDistance(to: point)
                        if distance < best { (best, bestShare, bestSegment, bestSide) = (distance, share, index, side) }
                    } else {
                        let (distance, share) = segment.roundDistance(to: point)
                        if distance < best { (best, bestShare, bestSegment, bestSide) = (distance, share, index, .path) }
                    }
                }
                unsafe distances[unchecked: sample] = best
                unsafe segments[unchecked: sample] = bestSegment
                unsafe shares[unchecked: sample] = bestShare
                unsafe sides[unchecked: sample] = bestSide
            }
        }
        (self.distances, self.segments, self.shares, self.sides) = (newDistances, newSegments, newShares, newSides)
    }

    /// The sum of the squared residuals: how far each sample is on the wrong side, or inside the margin of the right one.
    ///
    /// - Parameters:
    ///   - margin: In px.
    ///   - clip: The largest residual, in px: what is farther away cannot be explained by moving a segment.
    func cost(margin: Double, clip: Double) -> Double {
        var sum = 0.0
        for index in 0..<sampleCount {
            if segments[index] < 0 {
                if signs[index] > 0 { sum += clip * clip }
                continue
            }
            let residual = signs[index] * distances[index] + margin
            guard residual > 0 else { continue }
            sum += residual < clip ? residual * residual : clip * clip
        }
        return sum
    }
}
