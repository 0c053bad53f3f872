import PlaneGeometry
import Testing

@testable import MaskReport

struct DirectionHistogramTests {
    private func lengths(_ points: [Point]) -> [Int] {
        var directions = DirectionHistogram()
        directions.add(Polyline(points))
        return directions.lengths
    }

    @Test(arguments: [
        (3.0, 0.0, 0), (-3, 0, 0), (0, 3, 18), (0, -3, 18), (3, -3, 9), (-3, 3, 9), (3, 3, 27), (-3, -3, 27),
    ]) func `horizontal is 0°, vertical 90°, and segments that rise to the right as the slash does are below 90°`(
        dx: Double, dy: Double, sector: Int
    ) {
        #expect(DirectionHistogram.sector(of: Vector(dx: dx, dy: dy)) == sector)
    }

    @Test(arguments: 0..<36) func `the middle of each sector is in it`(sector: Int) {
        // Cosine and sine of the sector's angle, by repeated rotation by 5°.
        var (x, y) = (100.0, 0.0)
        for _ in 0..<sector { (x, y) = (x * 0.996194698 - y * 0.087155743, x * 0.087155743 + y * 0.996194698) }
        #expect(DirectionHistogram.sector(of: Vector(dx: x, dy: -y)) == sector)
        #expect(DirectionHistogram.sector(of: Vector(dx: -x, dy: y)) == sector)
    }

    @Test func `segments count by their lengths`() {
        let lengths = lengths([Point(x: 1, y: 1), Point(x: 4, y: 1), Point(x: 4, y: 6)])
        #expect((lengths[0], lengths[18]) == (300, 500))
        #expect(lengths.reduce(0, +) == 800)
    }

    @Test func `a dot has no direction`() {
        #expect(lengths([Point(x: 1, y: 1)]).allSatisfy { $0 == 0 })
    }
}
