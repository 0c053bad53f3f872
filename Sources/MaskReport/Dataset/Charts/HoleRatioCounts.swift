/// The number of masks by hole ratio: in the buckets of the papers, and in steps of 0.1 %.
struct HoleRatioCounts: Hashable, Sendable {
    /// The upper ends of the buckets, inclusive: up to 0.01, (0.01, 0.1], (0.1, 0.2], … (0.5, 0.6], above.
    ///
    /// The test masks of Liu et al., *Image Inpainting for Irregular Holes Using Partial Convolutions*, 2018, are in the
    /// six in the middle.
    static let bucketEnds = [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1]
    /// The number of steps from 0 to 1.
    static let stepCount = 1000

    /// The number of masks in each bucket.
    private(set) var buckets = [Int](repeating: 0, count: bucketEnds.count)
    /// The number of those whose hole touches the border of the image.
    private(set) var touching = [Int](repeating: 0, count: bucketEnds.count)
    /// The number of masks in each step of 1/1,000; a ratio on an edge belongs to the step above it, 1 to the last.
    private(set) var steps = [Int](repeating: 0, count: stepCount)

    /// Counts a mask whose hole has `holeCount` of `area` pixels.
    mutating func add(holeCount: Int, area: Int, touchesBorder: Bool) {
        let ratio = Double(holeCount) / Double(area)
        let bucket = Self.bucketEnds.firstIndex { ratio <= $0 } ?? Self.bucketEnds.count - 1
        buckets[bucket] += 1
        if touchesBorder { touching[bucket] += 1 }
        // In whole numbers, because 0.29 · 1,000 is less than 290 in floating point.
        steps[min(holeCount * Self.stepCount / area, Self.stepCount - 1)] += 1
    }

    mutating func add(_ other: HoleRatioCounts) {
        for index in buckets.indices {
            buckets[index] += other.buckets[index]
            touching[index] += other.touching[index]
        }
        for index in steps.indices { steps[index] += other.steps[index] }
    }
}
