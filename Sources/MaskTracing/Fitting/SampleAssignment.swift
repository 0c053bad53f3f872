import PlaneGeometry

/// The samples that some strokes are fitted to, each with the segment whose outline is nearest.
///
/// Vector instructions process a block of eight samples at once, in 32-bit numbers relative to the center of their cell:
/// precise to about 0.0001 px.
struct SampleAssignment {
    typealias Lanes = SIMD8<Float>

    /// A cell with its blocks of samples and the segments that may be near.
    private struct Cell {
        /// The blocks of samples, and the index of the first of them among those of the selected cells.
        let blocks: Range<Int>
        let first: Int
        /// The indices of the segments that move, and of those that stay.
        let moving: Range<Int>
        let fixed: Range<Int>
        let center: Point
    }

    /// The nearest segment of each sample.
    private struct Nearest {
        var distances: [Lanes]
        var segments: [SIMD8<Int32>]
        var shares: [Lanes]
        /// Where the nearest points of samples are whose nearest segments have flat ends; empty if no segment has.
        var buttSides: [SIMD8<Int32>] = []

        /// No segment is near.
        init(blockCount: Int) {
            distances = [Lanes](repeating: Lanes(repeating: SampleAssignment.far), count: blockCount)
            segments = [SIMD8<Int32>](repeating: SIMD8(repeating: -1), count: blockCount)
            shares = [Lanes](repeating: Lanes(), count: blockCount)
        }
    }

    /// A segment relative to the center of a cell, each number once for each lane: copied from one, the compiler would
    /// combine several numbers in one vector, and take lanes out of it again for each sample.
    private struct LocalSegment {
        let x, y, dx, dy, inverseSquare, radius: Lanes
        let index: SIMD8<Int32>

        init(_ segment: StrokeSegment, index: Int32, center: Point) {
            x = Lanes(repeating: Float(segment.start.x - center.x))
            y = Lanes(repeating: Float(segment.start.y - center.y))
            dx = Lanes(repeating: Float(segment.step.dx))
            dy = Lanes(repeating: Float(segment.step.dy))
            inverseSquare = Lanes(repeating: Float(segment.inverseSquare))
            radius = Lanes(repeating: Float(segment.radius))
            self.index = SIMD8(repeating: index)
        }
    }

    private let cells: [Cell]
    private let candidates: [Int32]
    private let blocks: [BoundarySamples.Block]
    private let points: [Point]
    /// The nearest of the segments that stay, and of all.
    private var fixed: Nearest
    private var nearest: Nearest
    /// The number of distances that one evaluation takes.
    let workload: Int

    /// The distance if no segment is near, in px.
    private static let far: Float = 1e9

    /// Selects the cells near the active segments, the only ones that move; `update` finds the nearest ones.
    init(_ samples: BoundarySamples, _ segments: [StrokeSegment], isActive: (Int) -> Bool) {
        let side = Double(BoundarySamples.cellSide)
        // Segments may move while they are fitted, so those within 4 px count as near.
        let diagonal = side * 0.7072 + 4
        var moving: [(cell: Int32, segment: Int32)] = []
        var fixed: [(cell: Int32, segment: Int32)] = []
        var isSelected = [Bool](repeating: false, count: samples.columns * samples.rows)
        for (index, segment) in segments.enumerated() {
            let end = segment.start + segment.step
            let reach = segment.radius * (segment.hasButt ? 1.42 : 1) + 4
            let columns = Self.range(
                min(segment.start.x, end.x) - reach, max(segment.start.x, end.x) + reach, samples.columns)
            let rows = Self.range(
                min(segment.start.y, end.y) - reach, max(segment.start.y, end.y) + reach, samples.rows)
            let isActive = isActive(index)
            let limit = segment.radius * (segment.hasButt ? 1.42 : 1) + diagonal
            for row in rows {
                for column in columns {
                    let cell = row * samples.columns + column
                    guard samples.blockStarts[cell + 1] > samples.blockStarts[cell] else { continue }
                    let (distance, _) = segment.roundDistance(to: samples.center(ofCell: cell))
                    guard distance + segment.radius <= limit else { continue }
                    if isActive {
                        moving.append((Int32(cell), Int32(index)))
                        isSelected[cell] = true
                    } else {
                        fixed.append((Int32(cell), Int32(index)))
                    }
                }
            }
        }
        var candidates: [Int32] = []
        let movingRanges = Self.group(moving, isSelected, into: &candidates)
        let fixedRanges = Self.group(fixed, isSelected, into: &candidates)
        self.candidates = candidates
        var cells: [Cell] = []
        var (count, workload) = (0, 0)
        for cell in isSelected.indices where isSelected[cell] {
            let blocks = samples.blockStarts[cell]..<samples.blockStarts[cell + 1]
            cells.append(
                Cell(
                    blocks: blocks, first: count, moving: movingRanges[cell], fixed: fixedRanges[cell],
                    center: samples.center(ofCell: cell)))
            count += blocks.count
            workload += 8 * blocks.count * movingRanges[cell].count
        }
        self.cells = cells
        self.workload = workload
        (blocks, points) = (samples.blocks, samples.points)
        let none = Nearest(blockCount: count)
        (self.fixed, nearest) = (none, none)
        self.fixed = nearer(than: none, moving: false, segments)
    }

    /// Appends the segments near each selected cell, in order, and returns their ranges.
    private static func group(
        _ pairs: [(cell: Int32, segment: Int32)], _ isSelected: [Bool], into candidates: inout [Int32]
    ) -> [Range<Int>] {
        var starts = [Int](repeating: candidates.count, count: isSelected.count + 1)
        var counts = [Int](repeating: 0, count: isSelected.count)
        for pair in pairs where isSelected[Int(pair.cell)] { counts[Int(pair.cell)] += 1 }
        for index in counts.indices { starts[index + 1] = starts[index] + counts[index] }
        candidates += [Int32](repeating: 0, count: starts[counts.count] - starts[0])
        var next = starts
        for pair in pairs where isSelected[Int(pair.cell)] {
            candidates[next[Int(pair.cell)]] = pair.segment
            next[Int(pair.cell)] += 1
        }
        return counts.indices.map { starts[$0]..<starts[$0 + 1] }
    }

    private static func range(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
        let limit = Double(count * BoundarySamples.cellSide)
        guard high >= 0, low < limit else { return 0..<0 }
        let first = Int(max(low, 0)) / BoundarySamples.cellSide
        let last = Int(min(high, limit - 1)) / BoundarySamples.cellSide
        return first..<max(last + 1, first)
    }

    /// Finds the nearest segment of every sample, of those that stay and those that moved.
    ///
    /// - Complexity: O(samples · moving segments near them)
    mutating func update(_ geometry: [StrokeSegment]) {
        nearest = nearer(than: fixed, moving: true, geometry)
    }

    /// The nearest segments after those that move, or those that stay, have been compared with those found before.
    private func nearer(than base: Nearest, moving: Bool, _ geometry: [StrokeSegment]) -> Nearest {
        var result = base
        var round: [LocalSegment] = []
        var butts: [Int32] = []
        for cell in cells {
            round.removeAll(keepingCapacity: true)
            butts.removeAll(keepingCapacity: true)
            for index in candidates[moving ? cell.moving : cell.fixed] {
                let segment = geometry[Int(index)]
                if segment.hasButt {
                    butts.append(index)
                } else {
                    round.append(LocalSegment(segment, index: index, center: cell.center))
                }
            }
            if !butts.isEmpty, result.buttSides.isEmpty {
                result.buttSides = [SIMD8<Int32>](
                    repeating: SIMD8(repeating: StrokeSegment.Side.path.rawValue), count: result.distances.count)
            }
            guard !round.isEmpty || !butts.isEmpty else { continue }
            for place in cell.blocks {
                let block = place - cell.blocks.lowerBound + cell.first
                measure(round, blocks[place], block, &result)
                if !butts.isEmpty { measureButts(butts, geometry, block, blocks[place].first, &result) }
            }
        }
        return result
    }

    /// Updates the nearest segments of a block by those with round ends.
    @inline(__always)
    private func measure(
        _ segments: [LocalSegment], _ samples: BoundarySamples.Block, _ block: Int, _ result: inout Nearest
    ) {
        let old = result.distances[block]
        var (best, bestShare, bestSegment) = (old, result.shares[block], result.segments[block])
        for segment in segments {
            let (ux, uy) = (samples.x - segment.x, samples.y - segment.y)
            var share = (ux * segment.dx + uy * segment.dy) * segment.inverseSquare
            share.replace(with: 0, where: share .< 0)
            share.replace(with: 1, where: share .> 1)
            let (ex, ey) = (ux - share * segment.dx, uy - share * segment.dy)
            let square = ex * ex + ey * ey
            // Most segments are nearest to none of the samples, which their squares tell without roots, but for rounding.
            let reach = best + segment.radius
            guard any((square .< reach * reach * 1.00001) .& (reach .> 0)) else { continue }
            let distance = square.squareRoot() - segment.radius
            let isNearer = distance .< best
            best.replace(with: distance, where: isNearer)
            bestShare.replace(with: share, where: isNearer)
            bestSegment.replace(with: segment.index, where: isNearer)
        }
        result.distances[block] = best
        result.shares[block] = bestShare
        result.segments[block] = bestSegment
        guard !result.buttSides.isEmpty else { return }
        result.buttSides[block].replace(with: StrokeSegment.Side.path.rawValue, where: best .< old)
    }

    /// Updates the nearest segments of a block by those with flat ends.
    private func measureButts(
        _ segments: [Int32], _ geometry: [StrokeSegment], _ block: Int, _ firstSample: Int, _ result: inout Nearest
    ) {
        for index in segments {
            for lane in 0..<8 {
                let point = points[min(firstSample + lane, points.count - 1)]
                let found = geometry[Int(index)].buttDistance(to: point)
                guard Float(found.distance) < result.distances[block][lane] else { continue }
                result.distances[block][lane] = Float(found.distance)
                result.shares[block][lane] = Float(found.share)
                result.segments[block][lane] = index
                result.buttSides[block][lane] = found.side.rawValue
            }
        }
    }

    /// The sum of the squared residuals: how far each sample is on the wrong side, or inside the margin of the right one.
    ///
    /// - Parameters:
    ///   - margin: In px.
    ///   - clip: The largest residual, in px: what is farther away cannot be explained by moving a segment.
    func cost(margin: Double, clip: Double) -> Double {
        let (margin, clip) = (Float(margin), Float(clip))
        var sum = 0.0
        for cell in cells {
            var partial = Lanes()
            for place in cell.blocks {
                let distance = nearest.distances[place - cell.blocks.lowerBound + cell.first]
                var residual = blocks[place].signs * distance + margin * blocks[place].marginFactors
                residual.replace(with: 0, where: residual .< 0)
                residual.replace(with: clip, where: residual .> clip)
                partial += residual * residual
            }
            sum += Double(partial.sum())
        }
        return sum
    }

    /// A sample with its nearest segment.
    struct Entry {
        let point: Point
        /// 1 for a hole pixel, −1 for another.
        let sign: Double
        let segment: Int
        /// The share of the segment before the nearest point.
        let share: Double
        let side: StrokeSegment.Side
        /// How far the sample is on the wrong side, or inside the margin of the right one.
        let residual: Double
    }

    /// Calls `body` for each sample with a residual between 0 and `clip`.
    @inline(__always)
    func forEachResidual(margin: Double, clip: Double, _ body: (Entry) -> Void) {
        let (lowMargin, high) = (Float(margin), Float(clip))
        for cell in cells {
            for place in cell.blocks {
                let block = place - cell.blocks.lowerBound + cell.first
                let signs = blocks[place].signs
                let residual = signs * nearest.distances[block] + lowMargin * blocks[place].marginFactors
                let isActive = (residual .> 0) .& (residual .< high)
                guard isActive != SIMDMask(repeating: false) else { continue }
                for lane in 0..<8 where isActive[lane] && nearest.segments[block][lane] >= 0 {
                    body(
                        Entry(
                            point: points[blocks[place].first + lane], sign: Double(signs[lane]),
                            segment: Int(nearest.segments[block][lane]),
                            share: Double(nearest.shares[block][lane]), side: side(block, lane),
                            residual: Double(residual[lane])))
                }
            }
        }
    }

    private func side(_ block: Int, _ lane: Int) -> StrokeSegment.Side {
        nearest.buttSides.isEmpty
            ? .path : StrokeSegment.Side(rawValue: nearest.buttSides[block][lane]) ?? .path
    }
}
