import PlaneGeometry
import Testing

struct PolylineTests {
    @Test func `the length is the sum of the segment lengths`() {
        let path = Polyline([Point(x: 0, y: 0), Point(x: 3, y: 4), Point(x: 3, y: 10), Point(x: 3, y: 4)])
        #expect(path.length == 17)
    }

    @Test(arguments: [Polyline([]), Polyline([Point(x: 5, y: 5)])])
    func `fewer than two points have length 0`(path: Polyline) {
        #expect(path.length == 0)
    }

    @Test func `a transform moves every point`() {
        let path = Polyline([Point(x: 0, y: 0), Point(x: 3, y: 4)]).applying(.translation(dx: 10, dy: 20))
        #expect(path == Polyline([Point(x: 10, y: 20), Point(x: 13, y: 24)]))
    }

    @Test func `only points that equal their predecessor are dropped`() {
        let (first, second) = (Point(x: 1, y: 1), Point(x: 2, y: 2))
        let path = Polyline([first, first, second, second, second, first]).withoutRepeatedPoints()
        #expect(path == Polyline([first, second, first]))
    }

    @Test func `a path of equal points becomes a dot`() {
        let point = Point(x: 1, y: 1)
        let path = Polyline([point, point]).withoutRepeatedPoints()
        #expect(path == Polyline([point]))
    }

    @Test func `an empty path stays empty`() {
        let path = Polyline([]).withoutRepeatedPoints()
        #expect(path == Polyline([]))
    }

    @Test func `the bounds are the smallest rectangle around the points`() {
        let path = Polyline([Point(x: 3, y: -1), Point(x: -2, y: 5), Point(x: 0, y: 7)])
        #expect(path.bounds == Rectangle(minX: -2, minY: -1, maxX: 3, maxY: 7))
        #expect(Polyline([Point(x: 1, y: 2)]).bounds == Rectangle(minX: 1, minY: 2, maxX: 1, maxY: 2))
    }
}
