import PlaneGeometry

/// A generator for test inputs, independent of the code under test: SplitMix64 (Steele, Lea, and Flood, *Fast
/// Splittable Pseudorandom Number Generators*, OOPSLA 2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(next() >> 11) * 0x1p-53
    }

    mutating func point(_ range: ClosedRange<Double>) -> Point {
        Point(x: number(range), y: number(range))
    }
}

/// The frame that the random paths are in and around.
let frame = Rectangle(minX: 10, minY: 20, maxX: 110, maxY: 90)

/// Returns a path of 12 points in and around `frame`, with no coordinate on an edge.
func randomPath(seed: Int) -> Polyline {
    var random = SplitMix64(state: UInt64(seed))
    return Polyline((0..<12).map { _ in random.point(-60...180) })
}

/// Returns a path of 30 points on a grid of 10 px, with many points and segments on the edges of `frame`.
func randomGridPath(seed: Int) -> Polyline {
    var random = SplitMix64(state: UInt64(seed))
    return Polyline(
        (0..<30).map { _ in
            let point = random.point(-1...13)
            return Point(x: point.x.rounded() * 10, y: point.y.rounded() * 10)
        })
}

extension Polyline {
    /// Returns `count` evenly spaced points of each segment, without its ends.
    func samples(perSegment count: Int) -> [(point: Point, spacing: Double)] {
        zip(points, points.dropFirst()).flatMap { start, end in
            (0..<count).map { number in
                let step = end - start
                return (start + step * ((Double(number) + 0.5) / Double(count)), step.length / Double(count))
            }
        }
    }

    /// Returns the distance from the path to `point`, in px.
    func distance(to point: Point) -> Double {
        guard points.count > 1 else { return (point - points[0]).length }
        return zip(points, points.dropFirst()).map { start, end in
            let step = end - start
            let offset = point - start
            guard step.squaredLength > 0 else { return offset.length }
            let place = (offset.dx * step.dx + offset.dy * step.dy) / step.squaredLength
            return (point - (start + step * min(max(place, 0), 1))).length
        }.min() ?? .infinity
    }
}
