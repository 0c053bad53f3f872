import PlaneGeometry
import Testing

struct RectangleTests {
    private let rectangle = Rectangle(minX: 10, minY: 20, maxX: 110, maxY: 90)

    @Test func `a rectangle of a width and a height starts at the origin`() {
        let rectangle = Rectangle(width: 30, height: 20)
        #expect(rectangle == Rectangle(minX: 0, minY: 0, maxX: 30, maxY: 20))
    }

    @Test func `the center is halfway between the edges`() {
        let center = rectangle.center
        #expect(center == Point(x: 60, y: 55))
    }

    @Test func `a margin moves every edge outwards`() {
        let grown = rectangle.grown(by: 2.5)
        #expect(grown == Rectangle(minX: 7.5, minY: 17.5, maxX: 112.5, maxY: 92.5))
    }

    @Test(arguments: [(10.0, 20.0), (110, 90), (10, 55), (60, 90), (60, 55)])
    func `a rectangle contains its edges and corners`(x: Double, y: Double) {
        let isInside = rectangle.contains(Point(x: x, y: y))
        #expect(isInside)
    }

    @Test(arguments: [(9.99, 55.0), (110.01, 55), (60, 19.99), (60, 90.01), (.nan, 55), (60, .nan)])
    func `a rectangle does not contain points beyond an edge, or NaN`(x: Double, y: Double) {
        let isInside = rectangle.contains(Point(x: x, y: y))
        #expect(!isInside)
    }

    @Test(arguments: [
        (60.0, 55.0, 0.0), (10, 20, 0), (3, 55, 7), (118, 55, 8), (60, 11, 9), (60, 96, 6), (7, 16, 5), (114, 93, 5),
    ])
    func `the distance is from the nearest edge or corner, and 0 inside`(x: Double, y: Double, expected: Double) {
        let distance = rectangle.distance(to: Point(x: x, y: y))
        #expect(distance == expected)
    }
}
