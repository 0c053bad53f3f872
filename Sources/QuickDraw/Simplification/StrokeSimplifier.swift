import StrokeBank

/// Resamples a stroke every px and simplifies it, within a limit of work per drawing.
struct StrokeSimplifier: Sendable {
    /// The maximum distance of a dropped point from the line between its neighbors, in px.
    private static let tolerance = 2.0
    /// The longest accepted stroke in px. The longest known one has 35,831.
    private static let lengthLimit = 1 << 20
    /// The maximum number of steps per drawing, points sampled or compared with a line: a few seconds.
    ///
    /// Drawings by hand take tens of thousands. Without a limit, a line of 16 MiB could take a day.
    static let standardStepLimit = 1 << 30

    private let stepLimit: Int
    private var steps = 0
    private var xs: [Double] = []
    private var ys: [Double] = []
    private var isKept: [Bool] = []
    /// The remaining ranges of points to simplify; recursion could be too deep.
    private var ranges: [(first: Int, last: Int)] = []

    /// A simplifier with a limit of steps per drawing.
    init(stepLimit: Int = standardStepLimit) {
        self.stepLimit = stepLimit
    }

    /// Starts a new drawing.
    mutating func begin() {
        steps = 0
    }

    /// Adds the simplified stroke through at least one point, with coordinates of 0 to 255, to `drawing`.
    ///
    /// - Returns: False, with nothing added, if the stroke is too long or requires too many steps.
    mutating func simplify(_ strokeXs: [Double], _ strokeYs: [Double], into drawing: inout Drawing) -> Bool {
        guard resample(strokeXs, strokeYs), markKeptPoints() else { return false }
        for index in xs.indices where isKept[index] {
            drawing.append(x: Self.pixel(xs[index]), y: Self.pixel(ys[index]))
        }
        if xs.count == 1 { drawing.append(x: Self.pixel(xs[0]), y: Self.pixel(ys[0])) }
        drawing.endStroke()
        return true
    }

    private static func pixel(_ coordinate: Double) -> UInt8 {
        UInt8(max(0, min(255, coordinate.rounded(.toNearestOrEven))))
    }

    /// Fills `xs` and `ys` with the points at every whole px along the stroke, and its last point.
    private mutating func resample(_ strokeXs: [Double], _ strokeYs: [Double]) -> Bool {
        xs.removeAll(keepingCapacity: true)
        ys.removeAll(keepingCapacity: true)
        var x = strokeXs[0]
        var y = strokeYs[0]
        var start = 0.0
        var place = 0.0
        for index in 1..<max(1, strokeXs.count) {
            let nextX = strokeXs[index]
            let nextY = strokeYs[index]
            let length = ((nextX - x) * (nextX - x) + (nextY - y) * (nextY - y)).squareRoot()
            let end = start + length
            while place < end {
                let fraction = (place - start) / length
                xs.append(x * (1 - fraction) + nextX * fraction)
                ys.append(y * (1 - fraction) + nextY * fraction)
                place += 1
            }
            guard xs.count < Self.lengthLimit else { return false }
            start = end
            x = nextX
            y = nextY
        }
        xs.append(x)
        ys.append(y)
        steps += xs.count
        return steps <= stepLimit
    }

    /// Marks the points that the Ramer–Douglas–Peucker algorithm keeps in `isKept`.
    private mutating func markKeptPoints() -> Bool {
        let last = xs.count - 1
        isKept.removeAll(keepingCapacity: true)
        isKept.append(contentsOf: repeatElement(false, count: xs.count))
        isKept[0] = true
        isKept[last] = true
        ranges.append((0, last))
        while let (first, last) = ranges.popLast() {
            steps += last - first
            guard steps <= stepLimit else {
                ranges.removeAll()
                return false
            }
            guard let farthest = Self.farthest(xs.span, ys.span, between: first, and: last) else { continue }
            isKept[farthest] = true
            ranges.append((first, farthest))
            ranges.append((farthest, last))
        }
        return true
    }

    /// The first of the points that are farthest from the infinite line through two others; nil if all are within the
    /// tolerance.
    private static func farthest(
        _ xs: borrowing Span<Double>, _ ys: borrowing Span<Double>, between first: Int, and last: Int
    ) -> Int? {
        guard last - first > 1 else { return nil }
        let x = xs[first]
        let y = ys[first]
        let dx = xs[last] - x
        let dy = ys[last] - y
        if dx == 0, dy == 0 {
            return firstMaximum(between: first, and: last, above: tolerance * tolerance) { index in
                (xs[index] - x) * (xs[index] - x) + (ys[index] - y) * (ys[index] - y)
            } distance: { square in
                square.squareRoot()
            }
        }
        // Fused multiply-add, as in a BLAS; it matters for one of 1,588 drawings.
        let length = (dy * dy).addingProduct(dx, dx).squareRoot()
        return firstMaximum(between: first, and: last, above: tolerance * length) { index in
            (dx * (y - ys[index]) - dy * (x - xs[index])).magnitude
        } distance: { area in
            area / length
        }
    }

    /// The first index with the largest distance above the tolerance.
    ///
    /// Distances are compared, as different numbers may have the same distance; but they are computed only for a new
    /// largest number, as a larger number never has a smaller distance. This avoids most divisions.
    @inline(__always)
    private static func firstMaximum(
        between first: Int, and last: Int, above limit: Double, number: (Int) -> Double, distance: (Double) -> Double
    ) -> Int? {
        var largestNumber = limit
        var largest = tolerance
        var farthest: Int?
        for index in first + 1..<last {
            let number = number(index)
            guard number > largestNumber else { continue }
            largestNumber = number
            let distance = distance(number)
            if distance > largest {
                largest = distance
                farthest = index
            }
        }
        return farthest
    }
}
