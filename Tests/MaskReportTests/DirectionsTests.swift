import PlaneGeometry
import Testing

@testable import MaskReport

struct DirectionsTests {
    private func lengths(_ points: [Point]) -> [Int] {
        var directions = Directions()
        directions.add(Polyline(points))
        return directions.lengths
    }

    @Test(arguments: [
        (3.0, 0.0, 0), (-3, 0, 0), (0, 3, 9), (0, -3, 9), (3, -2, 3), (-3, 2, 3), (3, 2, 15), (-3, -2, 15),
    ]) func `level is 0°, upright 90°, and what rises to the right as the slash does is below 90°`(
        dx: Double, dy: Double, sector: Int
    ) {
        #expect(Directions.sector(of: Vector(dx: dx, dy: dy)) == sector)
    }

    @Test func `between two sectors it is the flatter one`() {
        #expect(Directions.sector(of: Vector(dx: 1, dy: -1)) == 4)
        #expect(Directions.sector(of: Vector(dx: 1, dy: 1)) == 14)
    }

    @Test(arguments: 0..<18) func `the middle of each sector is in it`(sector: Int) {
        // Cosine and sine of the sector's angle, by turning a vector by 10° again and again.
        var (x, y) = (100.0, 0.0)
        for _ in 0..<sector { (x, y) = (x * 0.984807753 - y * 0.173648178, x * 0.173648178 + y * 0.984807753) }
        #expect(Directions.sector(of: Vector(dx: x, dy: -y)) == sector)
        #expect(Directions.sector(of: Vector(dx: -x, dy: y)) == sector)
    }

    @Test func `segments count by their lengths`() {
        let lengths = lengths([Point(x: 1, y: 1), Point(x: 4, y: 1), Point(x: 4, y: 6)])
        #expect((lengths[0], lengths[9]) == (300, 500))
        #expect(lengths.reduce(0, +) == 800)
    }

    @Test func `a dot runs no way`() {
        #expect(lengths([Point(x: 1, y: 1)]).allSatisfy { $0 == 0 })
    }
}
