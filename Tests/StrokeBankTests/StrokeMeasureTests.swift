@testable import StrokeBank
import PlaneGeometry
import QuickDraw
import Testing

struct StrokeMeasureTests {
    @Test(
        arguments: [
            ([], 0, 0), ([7, 9], 0, 0), ([7, 9, 7, 9], 0, 0), ([0, 0, 3, 4], 5, 4),
            ([255, 0, 0, 255], 360.624_458, 255),
            ([0, 0, 0, 10, 0, 0, 0, 10], 30, 10), ([5, 200, 5, 100, 25, 100], 120, 100),
        ] as [([UInt8], Double, Int)])
    func `a stroke is as long as its path and as large as its box`(points: [UInt8], length: Double, extent: Int) {
        let measure = StrokeMeasure(points[...])
        #expect(abs(measure.length - length) < 1e-6)
        #expect(measure.extent == extent)
    }

    @Test(arguments: 0..<20) func `any stroke is measured as the formulas say`(seed: UInt64) {
        for drawing in Drawing.samples(20, words: ["cat"], seed: seed) {
            for stroke in 0..<drawing.strokeCount {
                let points = drawing.path(ofStroke: stroke).points
                let measure = StrokeMeasure(drawing.strokeCoordinates(stroke))
                let steps = zip(points, points.dropFirst()).map { first, second in
                    ((second.x - first.x) * (second.x - first.x) + (second.y - first.y) * (second.y - first.y))
                        .squareRoot()
                }
                let sides = [points.map(\.x), points.map(\.y)].map { ($0.max() ?? 0) - ($0.min() ?? 0) }
                #expect(measure.length == steps.reduce(0, +))
                #expect(Double(measure.extent) == sides.max())
            }
        }
    }
}
