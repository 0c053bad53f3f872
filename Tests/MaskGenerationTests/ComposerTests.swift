@testable import MaskGeneration
import PlaneGeometry
import Testing

@testable import MaskModel

struct ComposerTests {
    private func spec(
        width: Int = 512, height: Int = 512, strokes: Double = 1, brush: ClosedRange<Double> = 5...15,
        upscale: Double = 1
    ) throws -> MaskSpec {
        try MaskSpec(
            canvas: #require(PixelSize(width: width, height: height)), strokesMean: strokes, strokesStd: 0,
            minStrokeWidth: brush.lowerBound, maxStrokeWidth: brush.upperBound, maxUpscaleRate: upscale)
    }

    @Test func `a composer without categories is nil`() {
        let composer = Composer(spec: .standard, seed: 0, split: .train, strokes: ListedStrokes(categories: []))
        #expect(composer == nil)
    }

    // MARK: Reproducibility

    @Test(arguments: 0..<50)
    func `the same seed results in the same mask`(seed: Int) throws {
        let first = try makeComposer(seed: UInt64(seed)).composition(index: 3)
        let second = try makeComposer(seed: UInt64(seed)).composition(index: 3)
        #expect(first == second)
    }

    @Test func `a mask does not depend on other masks`() throws {
        let composer = try makeComposer()
        let inOrder = (0..<200).map { composer.composition(index: $0) }
        let backwards = (0..<200).reversed().map { composer.composition(index: $0) }
        let alone = try makeComposer().composition(index: 150)
        #expect(inOrder == backwards.reversed())
        #expect(alone == inOrder[150])
    }

    @Test func `masks composed concurrently equal those composed sequentially`() async throws {
        let composer = try makeComposer()
        let together = await withTaskGroup { group in
            for index in 0..<200 {
                group.addTask { (index, composer.composition(index: index)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for index in 0..<200 {
            #expect(together[index] == composer.composition(index: index))
        }
    }

    @Test(arguments: 0..<50)
    func `different seeds, splits, indices, and attempts result in different masks`(seed: Int) throws {
        let seed = UInt64(seed)
        let different = try Set([
            makeComposer(seed: seed).composition(index: 0), makeComposer(seed: seed + 1).composition(index: 0),
            makeComposer(seed: seed, split: .test).composition(index: 0),
            makeComposer(seed: seed).composition(index: 1),
            makeComposer(seed: seed).composition(index: 0, attempt: 1),
            makeComposer(seed: seed).composition(index: 0, attempt: 2),
        ])
        #expect(different.count == 6)
    }

    @Test func `the canvas size does not affect the sampled strokes`() throws {
        let small = try makeComposer(spec(strokes: 4, upscale: 1.5)).composition(index: 5)
        let large = try makeComposer(spec(width: 2000, height: 1000, strokes: 4, upscale: 1.5)).composition(index: 5)
        #expect(small.sampled == large.sampled)
        #expect(small.upscale == large.upscale)
    }

    @Test func `splits have the names of their folders`() {
        let names = Split.allCases.map(\.rawValue)
        #expect(names == ["train", "test"])
    }

    // MARK: The spec

    @Test(arguments: [(0.0, 1), (0.4, 1), (1.5, 2), (4, 4), (4.49, 4), (7.5, 8)])
    func `without deviation the number of strokes is the rounded mean, at least 1`(mean: Double, count: Int) throws {
        let composer = try makeComposer(spec(strokes: mean))
        let counts = Set((0..<20).map { composer.composition(index: $0).sampled.count })
        #expect(counts == [count])
    }

    @Test func `a width range of one value is that width`() throws {
        let composer = try makeComposer(spec(strokes: 4, brush: 7.25...7.25))
        let widths = Set((0..<20).flatMap { composer.composition(index: $0).sampled.map(\.width) })
        #expect(widths == [7.25])
    }

    @Test func `a maximum upscale rate of 1 disables scaling`() throws {
        let composer = try makeComposer(spec(upscale: 1))
        let rates = Set((0..<20).map { composer.composition(index: $0).upscale })
        #expect(rates == [1])
    }

    // MARK: Strokes

    @Test(arguments: 0..<50)
    func `coordinates and widths are multiples of 0.01`(index: Int) throws {
        let mask = try makeComposer().composition(index: index).mask
        for stroke in mask.strokes {
            #expect(stroke.width.roundedToHundredths == stroke.width)
            #expect(stroke.path.points == stroke.path.points.map(\.roundedToHundredths))
        }
    }

    @Test(arguments: 0..<50)
    func `the width of a brush stroke is the sampled width times the upscale rate`(index: Int) throws {
        let composition = try makeComposer().composition(index: index)
        let expected = composition.sampled.map { ($0.width * composition.upscale).roundedToHundredths }
        #expect(!composition.mask.strokes.isEmpty)
        for stroke in composition.mask.strokes {
            let place = try #require(expected.firstIndex(of: stroke.width))
            #expect(stroke.origin == composition.sampled[place].origin)
        }
    }

    @Test(arguments: 0..<50)
    func `brush strokes are in the order of sampling`(index: Int) throws {
        let composition = try makeComposer().composition(index: index)
        let widths = composition.sampled.map { ($0.width * composition.upscale).roundedToHundredths }
        let places = composition.mask.strokes.compactMap { widths.firstIndex(of: $0.width) }
        #expect(places == places.sorted())
        #expect(places.count == composition.mask.strokes.count)
    }

    @Test(arguments: 0..<50)
    func `no point of a brush stroke is farther from the canvas than half the width`(index: Int) throws {
        let mask = try makeComposer().composition(index: index).mask
        for stroke in mask.strokes {
            // Rounding moves a point by up to 0.005 px.
            let frame = mask.canvas.bounds.grown(by: stroke.width / 2 + 0.005 + 1e-9)
            #expect(stroke.path.points.allSatisfy(frame.contains))
        }
    }

    @Test func `the box of the drawing is scaled to the canvas`() throws {
        let strokes = ListedStrokes.one(Point(x: 0, y: 0), Point(x: 64, y: 128), Point(x: 255, y: 255))
        let mask = try makeComposer(spec(width: 1024, height: 1024), strokes: strokes).composition(index: 0).mask
        let path = try #require(mask.strokes.first).path
        #expect(path == Polyline([Point(x: 0, y: 0), Point(x: 256, y: 512), Point(x: 1020, y: 1020)]))
    }

    @Test func `upscaling moves a stroke away from the center`() throws {
        let strokes = ListedStrokes.one(Point(x: 128, y: 128), Point(x: 128, y: 158))
        let composition = try makeComposer(spec(upscale: 3), strokes: strokes).composition(index: 0)
        let path = try #require(composition.mask.strokes.first).path
        let end = Point(x: 256, y: 256 + 60 * composition.upscale)
        #expect(composition.upscale > 1)
        #expect(path == Polyline([Point(x: 256, y: 256), end.roundedToHundredths]))
    }

    @Test func `a stroke cut by cropping becomes several strokes of the same origin and width`() throws {
        // On a wide canvas, the middle of this stroke is below the canvas.
        let strokes = ListedStrokes.one(
            Point(x: 50, y: 128), Point(x: 50, y: 250), Point(x: 200, y: 250), Point(x: 200, y: 128))
        let mask = try makeComposer(spec(width: 1024, height: 256), strokes: strokes).composition(index: 0).mask
        #expect(mask.strokes.count == 2)
        #expect(Set(mask.strokes.map(\.origin)).count == 1)
        #expect(Set(mask.strokes.map(\.width)).count == 1)
    }

    @Test func `a stroke removed by cropping is still a sampled stroke`() throws {
        let strokes = ListedStrokes.one(Point(x: 10, y: 5), Point(x: 250, y: 5))
        let composition = try makeComposer(spec(width: 1024, height: 256), strokes: strokes).composition(index: 0)
        #expect(composition.sampled.count == 1)
        #expect(composition.mask.strokes == [])
    }

    @Test(arguments: [(8.02, 1), (7.98, 0)])
    func `a stroke beside the canvas is kept if half its width reaches the canvas`(width: Double, count: Int) throws {
        // On this canvas, y = 95 of the drawing is 4 px above the top edge.
        let strokes = ListedStrokes.one(Point(x: 10, y: 95), Point(x: 200, y: 95))
        let spec = try spec(width: 1024, height: 256, brush: width...width)
        let mask = try makeComposer(spec, strokes: strokes).composition(index: 0).mask
        #expect(mask.strokes.map(\.path.length) == [Double](repeating: 760, count: count))
    }

    @Test func `cropping uses the scaled width`() throws {
        // The stroke is 4 px above the edge, 132 px from the center; upscaling moves it away from the canvas.
        let strokes = ListedStrokes.one(Point(x: 100, y: 95), Point(x: 140, y: 95))
        let spec = try spec(width: 1024, height: 256, brush: 30...30, upscale: 1.1)
        let composer = try makeComposer(spec, strokes: strokes)
        let compositions = (0..<200).map { composer.composition(index: $0) }
        let removed = compositions.map(\.mask.strokes.isEmpty)
        let isOutOfReach = compositions.map { 132 * $0.upscale - 128 > 15 * $0.upscale }
        #expect(removed == isOutOfReach)
        #expect(Set(removed) == [true, false])
    }

    @Test func `a dot stays a dot`() throws {
        let strokes = ListedStrokes.one(Point(x: 128, y: 128), Point(x: 128, y: 128))
        let mask = try makeComposer(spec(), strokes: strokes).composition(index: 0).mask
        #expect(mask.strokes.map(\.path) == [Polyline([Point(x: 256, y: 256)])])
    }
}

struct ComposerTransformTests {
    private static let canvases = [(512, 512), (1024, 256), (300, 400), (1, 1), (1_000_000, 3), (256, 256)]

    /// The box of the drawing on the canvas.
    private func box(on canvas: PixelSize, upscale: Double) -> Rectangle {
        let transform = AffineTransform.mapping(boxOf: 256, onto: canvas.bounds, upscale: upscale)
        let (first, last) = (transform.applied(to: Point(x: 0, y: 0)), transform.applied(to: Point(x: 256, y: 256)))
        return Rectangle(minX: first.x, minY: first.y, maxX: last.x, maxY: last.y)
    }

    @Test func `on a square canvas the box is the canvas`() {
        let box = box(on: .standard, upscale: 1)
        #expect(box == PixelSize.standard.bounds)
    }

    @Test func `on a wide canvas the box has the same width and is centered vertically`() throws {
        let box = try box(on: #require(PixelSize(width: 1024, height: 256)), upscale: 1)
        #expect(box == Rectangle(minX: 0, minY: -384, maxX: 1024, maxY: 640))
    }

    @Test func `on a tall canvas the box has the same height and is centered horizontally`() throws {
        let box = try box(on: #require(PixelSize(width: 256, height: 1024)), upscale: 1)
        #expect(box == Rectangle(minX: -384, minY: 0, maxX: 640, maxY: 1024))
    }

    @Test func `upscaling scales the box about the center of the canvas`() {
        let box = box(on: .standard, upscale: 1.5)
        #expect(box == Rectangle(minX: -128, minY: -128, maxX: 640, maxY: 640))
    }

    @Test(arguments: canvases, [1, 1.25, 1.5, 100])
    func `the box covers the canvas`(canvas: (Int, Int), upscale: Double) throws {
        let canvas = try #require(PixelSize(width: canvas.0, height: canvas.1))
        let box = box(on: canvas, upscale: upscale).grown(by: 1e-6)
        #expect(box.contains(Point(x: 0, y: 0)))
        #expect(box.contains(Point(x: Double(canvas.width), y: Double(canvas.height))))
    }

    @Test(arguments: canvases, [1, 1.25, 1.5, 100])
    func `a stroke is not stretched`(canvas: (Int, Int), upscale: Double) throws {
        let canvas = try #require(PixelSize(width: canvas.0, height: canvas.1))
        let scale = AffineTransform.mapping(boxOf: 256, onto: canvas.bounds, upscale: upscale).uniformScale
        #expect(scale == Double(max(canvas.width, canvas.height)) / 256 * upscale)
    }

    @Test(arguments: canvases, [1, 1.25, 1.5, 100])
    func `the center of the box is the center of the canvas`(canvas: (Int, Int), upscale: Double) throws {
        let canvas = try #require(PixelSize(width: canvas.0, height: canvas.1))
        let center = AffineTransform.mapping(boxOf: 256, onto: canvas.bounds, upscale: upscale)
            .applied(to: Point(x: 128, y: 128))
        #expect((center - canvas.bounds.center).length < 1e-6)
    }
}
