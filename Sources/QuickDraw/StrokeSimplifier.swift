import StrokeBank

/// Sets points every px along a stroke and drops those that are near to the rest, within a budget of work for a drawing.
struct StrokeSimplifier: Sendable {
    /// How far from the line through its neighbors a point may be and still be dropped, in px.
    private static let tolerance = 2.0
    /// The longest stroke, in px. The longest known one has 35,831.
    private static let lengthLimit = 1 << 20
    /// How many points of a drawing are set, or compared with a line, at most: some seconds' work.
    ///
    /// Drawings by hand take some ten thousands. Without a limit, a line of 16 MiB could take a day.
    static let standardStepLimit = 1 << 30

    private let stepLimit: Int
    private var steps = 0
    private var xs: [Double] = []
    private var ys: [Double] = []
    private var isKept: [Bool] = []
    /// The stretches that are still to be looked at: first and last point of each. Recursion could go too deep.
    private var stretches: [(first: Int, last: Int)] = []

    /// A simplifier without memory yet.
    init(stepLimit: Int = standardStepLimit) {
        self.stepLimit = stepLimit
    }

    /// Gives the next strokes a whole budget.
    mutating func begin() {
        steps = 0
    }

    /// Adds the stroke through points of 0 to 255, one at least, to `drawing`.
    ///
    /// - Returns: false, and nothing added, if it is too long, or takes too much work.
    mutating func simplify(_ strokeXs: [Double], _ strokeYs: [Double], into drawing: inout Drawing) -> Bool {
        guard resample(strokeXs, strokeYs), thin() else { return false }
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

    /// Fills `xs` and `ys` with a point at each whole px along the stroke, and its last point.
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
                let part = (place - start) / length
                xs.append(x * (1 - part) + nextX * part)
                ys.append(y * (1 - part) + nextY * part)
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

    /// Marks in `isKept` the points that Ramer, Douglas and Peucker keep.
    private mutating func thin() -> Bool {
        let last = xs.count - 1
        isKept.removeAll(keepingCapacity: true)
        isKept.append(contentsOf: repeatElement(false, count: xs.count))
        isKept[0] = true
        isKept[last] = true
        stretches.append((0, last))
        while let (first, last) = stretches.popLast() {
            steps += last - first
            guard steps <= stepLimit else {
                stretches.removeAll()
                return false
            }
            guard let farthest = Self.farthest(xs.span, ys.span, between: first, and: last) else { continue }
            isKept[farthest] = true
            stretches.append((first, farthest))
            stretches.append((farthest, last))
        }
        return true
    }

    /// The first of the points farthest from the line through two others, which is infinite; nil if all are near to it.
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
        // Fused, as a BLAS has it: of 1,588 drawings, one tells the difference.
        let length = (dy * dy).addingProduct(dx, dx).squareRoot()
        return firstMaximum(between: first, and: last, above: tolerance * length) { index in
            (dx * (y - ys[index]) - dy * (x - xs[index])).magnitude
        } distance: { area in
            area / length
        }
    }

    /// The first index with the largest distance above the tolerance.
    ///
    /// Distances are compared, since numbers that differ may have equal ones; but only where the number from which one
    /// is computed is a new largest, since a larger number never has a smaller distance. That saves most divisions.
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
