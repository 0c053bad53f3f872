/// How many masks there are of which hole ratio: in the buckets of the papers, and in steps of 0.1 %.
struct RatioCounts: Hashable, Sendable {
    /// The upper ends of the buckets, which belong to them: up to 0.01, (0.01, 0.1], (0.1, 0.2], … (0.5, 0.6], above.
    ///
    /// Liu et al., *Image Inpainting for Irregular Holes Using Partial Convolutions*, 2018, whose test masks are of the
    /// six in the middle.
    static let bucketEnds = [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1]
    /// How many steps there are from 0 to 1.
    static let stepCount = 1000

    /// Masks of each bucket.
    private(set) var buckets = [Int](repeating: 0, count: bucketEnds.count)
    /// Those of them whose hole reaches the edge of the image.
    private(set) var touching = [Int](repeating: 0, count: bucketEnds.count)
    /// Masks of each step of 1/1,000; what is on an edge belongs to the step above it, a ratio of 1 to the last.
    private(set) var steps = [Int](repeating: 0, count: stepCount)

    /// Counts a mask that has a hole of `holeCount` of `area` pixels.
    mutating func add(holeCount: Int, area: Int, touchesBorder: Bool) {
        let ratio = Double(holeCount) / Double(area)
        let bucket = Self.bucketEnds.firstIndex { ratio <= $0 } ?? Self.bucketEnds.count - 1
        buckets[bucket] += 1
        if touchesBorder { touching[bucket] += 1 }
        // In whole numbers, as 0.29 · 1,000 is less than 290.
        steps[min(holeCount * Self.stepCount / area, Self.stepCount - 1)] += 1
    }

    mutating func add(_ other: RatioCounts) {
        for index in buckets.indices {
            buckets[index] += other.buckets[index]
            touching[index] += other.touching[index]
        }
        for index in steps.indices { steps[index] += other.steps[index] }
    }
}
