import MaskModel
import PlaneGeometry
import Testing

struct BrushStrokeTests {
    private let line = Polyline([Point(x: 0, y: 0), Point(x: 10, y: 0)])

    @Test func `coordinates and width are rounded to hundredths`() throws {
        let path = Polyline([Point(x: 1.234, y: -5.678), Point(x: 100.005, y: -0.001)])
        let stroke = try BrushStroke(path: path, width: 7.777)
        #expect(stroke.path == Polyline([Point(x: 1.23, y: -5.68), Point(x: 100.01, y: 0)]))
        #expect(stroke.width == 7.78)
    }

    @Test func `points that are equal after rounding become one`() throws {
        let path = Polyline([Point(x: 1, y: 1), Point(x: 1.004, y: 1), Point(x: 2, y: 2), Point(x: 1, y: 1)])
        let stroke = try BrushStroke(path: path, width: 1)
        #expect(stroke.path == Polyline([Point(x: 1, y: 1), Point(x: 2, y: 2), Point(x: 1, y: 1)]))
    }

    @Test func `two equal points become a dot`() throws {
        let stroke = try BrushStroke(path: Polyline([Point(x: 3, y: 4), Point(x: 3, y: 4)]), width: 1)
        #expect(stroke.path == Polyline([Point(x: 3, y: 4)]))
    }

    @Test func `the origin is kept`() throws {
        let origin = StrokeOrigin(word: "cat", keyID: 5_201_136_883_597_312, stroke: 3)
        let stroke = try BrushStroke(path: line, width: 1, origin: origin)
        #expect(stroke.origin == origin)
    }

    @Test func `the origin is optional`() throws {
        let stroke = try BrushStroke(path: line, width: 1)
        #expect(stroke.origin == nil)
    }

    @Test(arguments: [0.01, 0.005, 10_000_000, 10_000_000.004])
    func `a width that is within the limits after rounding is accepted`(width: Double) throws {
        let stroke = try BrushStroke(path: line, width: width)
        #expect((0.01...10_000_000).contains(stroke.width))
    }

    @Test func `a coordinate at the limit is accepted`() throws {
        let path = Polyline([Point(x: -10_000_000, y: 10_000_000)])
        let stroke = try BrushStroke(path: path, width: 1)
        #expect(stroke.path == path)
    }

    private func errorMessage(_ points: [Point], width: Double = 1) -> String? {
        #expect(throws: BrushStrokeError.self) {
            try BrushStroke(path: Polyline(points), width: width)
        }.map { "\($0)" }
    }

    @Test func `a path without points is an error`() {
        let message = errorMessage([])
        #expect(message == "no points; expected at least 1")
    }

    @Test(arguments: [
        (0.0, "a width of 0.0 px; expected 0.01 to 10000000"),
        (0.0049, "a width of 0.0049 px; expected 0.01 to 10000000"),
        (-5, "a width of -5.0 px; expected 0.01 to 10000000"), (.nan, "a width of nan px; expected 0.01 to 10000000"),
        (.infinity, "a width of inf px; expected 0.01 to 10000000"),
        (10_000_001, "a width of 10000001.0 px; expected 0.01 to 10000000"),
    ])
    func `a width out of range is an error`(width: Double, expected: String) {
        let message = errorMessage(line.points, width: width)
        #expect(message == expected)
    }

    @Test(arguments: [
        (10_000_000.5, "a coordinate of 10000000.5 px; expected -10000000 to 10000000"),
        (-10_000_001, "a coordinate of -10000001.0 px; expected -10000000 to 10000000"),
        (.nan, "a coordinate of nan px; expected -10000000 to 10000000"),
        (-.infinity, "a coordinate of -inf px; expected -10000000 to 10000000"),
    ])
    func `a coordinate out of range is an error`(value: Double, expected: String) {
        let inX = errorMessage([Point(x: 0, y: 0), Point(x: value, y: 0)])
        let inY = errorMessage([Point(x: 0, y: value), Point(x: 0, y: 0)])
        #expect(inX == expected)
        #expect(inY == expected)
    }
}
