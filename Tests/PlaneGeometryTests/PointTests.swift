import PlaneGeometry
import Testing

struct PointTests {
    @Test func `the difference of two points is the vector from the second to the first`() {
        let step = Point(x: 7, y: 1) - Point(x: 4, y: 5)
        #expect(step == Vector(dx: 3, dy: -4))
    }

    @Test func `a point plus a vector is the moved point`() {
        let end = Point(x: 4, y: 5) + Vector(dx: 3, dy: -4)
        #expect(end == Point(x: 7, y: 1))
    }

    @Test func `a point with finite coordinates is finite`() {
        let isFinite = Point(x: -1e308, y: 0).isFinite
        #expect(isFinite)
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan])
    func `a point with a non-finite coordinate is not finite`(value: Double) {
        let isFinite = [Point(x: value, y: 0).isFinite, Point(x: 0, y: value).isFinite]
        #expect(isFinite == [false, false])
    }
}
