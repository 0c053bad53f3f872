import MaskModel
import MaskSamples
import PlaneGeometry
import Testing

@testable import MaskFormats

private let radii = [0.01, 0.02, 0.05, 0.1, 0.37, 1, 2.5, 7.3, 31.4, 100, 512, 2000, 12_345.6, 1e5]

/// The largest distance of the points and the chords of a path from the circle around (40, 30).
private func error(of stroke: BrushStroke, radius: Double, detail: Double = 1) -> Double {
    let center = Point(x: 40 * detail, y: 30 * detail)
    let points = stroke.path.points + stroke.path.points.prefix(1)
    var worst = 0.0
    for (start, end) in zip(points, points.dropFirst()) {
        let middle = Point(x: (start.x + end.x) / 2, y: (start.y + end.y) / 2)
        for point in [start, middle] { worst = max(worst, ((point - center).length - radius * detail).magnitude) }
    }
    return worst
}

private func read(_ body: String, detail: Int = 1) throws -> [BrushStroke] {
    try VectorMask(svg: Array(document(body).utf8), detail: detail).strokes
}

@Suite struct CurveTests {
    @Test(arguments: radii)
    func `a circle is within 0.01 px, however it is written`(radius: Double) throws {
        let r = radius
        for shape in [
            "<circle cx='40' cy='30' r='\(r)'/>", "<ellipse cx='40' cy='30' rx='\(r)' ry='\(r)'/>",
            "<path d='M\(40 - r) 30a\(r) \(r) 0 1 0 \(2 * r) 0a\(r) \(r) 0 1 0 \(-2 * r) 0z'/>",
            "<rect x='\(40 - r)' y='\(30 - r)' width='\(2 * r)' height='\(2 * r)' rx='\(r)'/>",
        ] {
            // Wider strokes than circles are not read.
            let stroke = try #require(try read("<g \(brush) stroke-width='\(min(2 * r, 1))'>\(shape)</g>").first)
            #expect(stroke.path.points.count > (r < 0.03 ? 2 : 6))
            #expect(error(of: stroke, radius: r) < 0.01, "\(shape)")
        }
    }

    @Test(arguments: radii)
    func `a filled circle is a dot, and one with a stroke is, too`(radius: Double) throws {
        let dot = try #require(try read("<circle cx='40' cy='30' r='\(radius)'/>").first)
        #expect(dot.path.points == [Point(x: 40, y: 30)] && (dot.width - 2 * radius).magnitude < 0.006)
        let stroked = try read("<circle cx='40' cy='30' r='\(radius)' stroke='black' stroke-width='3'/>")
        #expect(stroked.count == 1 && (stroked[0].width - 2 * radius - 3).magnitude < 0.006)
    }

    @Test(arguments: [2, 3, 8])
    func `a larger mask is as fine in its own px`(detail: Int) throws {
        for radius in [0.1, 7.3, 512] {
            let text = "<circle \(brush) stroke-width='0.2' cx='40' cy='30' r='\(radius)'/>"
            let stroke = try #require(try read(text, detail: detail).first)
            #expect(stroke.width == (20 * Double(detail)).rounded() / 100)
            #expect(error(of: stroke, radius: radius, detail: Double(detail)) < 0.01)
        }
        #expect(try VectorMask(svg: Array(document("").utf8), detail: detail).canvas == .px(100 * detail, 80 * detail))
    }

    @Test func `a mask for a larger image is finer where the document is, and only there`() throws {
        let fine = try MaskRecord(svg: Array(document("<circle \(brush) cx='40' cy='30' r='9'/>").utf8))
        let size = PixelSize.px(250, 200)
        #expect(fine.mask(for: size).canvas == .px(300, 240))
        #expect(fine.mask(for: fine.mask.canvas) == fine.mask)
        #expect(fine.mask(for: .px(50, 40)) == fine.mask)
        let plain = try MaskRecord(svg: Array(brushDocument("<path d='M1.25 2L30 40.01'/>").utf8))
        #expect(plain.mask(for: size) == plain.mask)
        let between = try MaskRecord(svg: Array(brushDocument("<path d='M1.255 2L30 40.01'/>").utf8))
        #expect(between.mask(for: size).canvas == .px(300, 240))
    }

    /// Points of the parabola through the ends and half way to the control point, and of its cubic form.
    @Test func `Bézier curves are within 0.01 px`() throws {
        for data in ["M0 0Q50 90 100 0", "M0 0C33.333333 60 66.666667 60 100 0", "M0 0q50 90 100 0"] {
            let stroke = try #require(try read("<path \(brush) d='\(data)'/>").last)
            for (start, end) in zip(stroke.path.points, stroke.path.points.dropFirst()) {
                for point in [start, Point(x: (start.x + end.x) / 2, y: (start.y + end.y) / 2)] {
                    let t = point.x / 100
                    #expect((point.y - 180 * t * (1 - t)).magnitude < 0.019, "vertically, where the slope is up to 1.8")
                }
            }
        }
    }

    @Test func `the points of a document are bounded`() throws {
        let circle = try #require(try parsePathData("M0 0a90 90 0 1 0 180 0").first)
        var precision = FlattenedPath.Precision(remainingPoints: 300)
        _ = try FlattenedPath(circle, halfWidth: 0, precision: &precision)
        #expect((1..<300).contains(precision.remainingPoints))
        let message = complaint {
            for _ in 0..<3 { _ = try FlattenedPath(circle, halfWidth: 0, precision: &precision) }
        }
        #expect(message == "the curves have more than 4000000 points; expected fewer or smaller ones")
    }
}
