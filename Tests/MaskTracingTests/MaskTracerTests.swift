import MaskModel
import MaskRaster
import MaskTracing
import PlaneGeometry
import Testing

struct MaskTracerTests {
    /// The pixels of a mask at the size of its canvas.
    private func bitmap(of mask: VectorMask) throws -> Bitmap {
        var rasterizer = ExactRasterizer()
        return Bitmap(try rasterizer.raster(of: mask, at: mask.canvas))
    }

    private func bitmap(_ width: Int, _ height: Int, isHole: (Int, Int) -> Bool) throws -> Bitmap {
        var bitmap = Bitmap(size: try #require(PixelSize(width: width, height: height)))
        for y in 0..<height { for x in 0..<width where isHole(x, y) { bitmap.fill(columns: x...x, row: y) } }
        return bitmap
    }

    private func options(
        _ fidelity: TracingOptions.Fidelity, _ shapes: TracingOptions.Shapes, _ caps: TracingOptions.Caps = .auto
    ) -> TracingOptions {
        var options = TracingOptions()
        options.fidelity = fidelity
        options.shapes = shapes
        options.caps = caps
        return options
    }

    private func iou(_ first: Bitmap, _ second: Bitmap) -> Double {
        var (both, either) = (0, 0)
        for index in first.words.indices {
            both += (first.words[index] & second.words[index]).nonzeroBitCount
            either += (first.words[index] | second.words[index]).nonzeroBitCount
        }
        return either == 0 ? 1 : Double(both) / Double(either)
    }

    /// Three strokes of different widths, two of which cross.
    private func sample() throws -> VectorMask {
        let size = try #require(PixelSize(width: 200, height: 200))
        let paths: [([Point], Double)] = [
            ([Point(x: 30, y: 40), Point(x: 150, y: 60), Point(x: 170, y: 140)], 11.5),
            ([Point(x: 40, y: 150), Point(x: 140, y: 20)], 7.25), ([Point(x: 60, y: 170), Point(x: 130, y: 175)], 15),
        ]
        return VectorMask(
            canvas: size, strokes: try paths.map { try BrushStroke(path: Polyline($0.0), width: $0.1) })
    }

    @Test func `a mask without hole has no strokes`() throws {
        let bitmap = try bitmap(9, 5) { _, _ in false }
        #expect(try MaskTracer().trace(bitmap).strokes.isEmpty)
    }

    @Test func `strokes are found with their widths, also through a crossing`() throws {
        let mask = try sample()
        let traced = try MaskTracer(options(.pixels, .strokes)).trace(try bitmap(of: mask))
        let widths = traced.strokes.map(\.width).sorted()
        let expected = mask.strokes.map(\.width).sorted()
        #expect(widths.count == 3)
        for (width, truth) in zip(widths, expected) { #expect(abs(width - truth) < 0.1) }
        #expect(iou(try bitmap(of: traced), try bitmap(of: mask)) > 0.998)
    }

    @Test(arguments: TracingOptions.Fidelity.allCases)
    func `an axis-parallel box is four vertices, and exact`(fidelity: TracingOptions.Fidelity) throws {
        let box = try bitmap(64, 48) { (10..<41).contains($0) && (7..<30).contains($1) }
        let traced = try MaskTracer(options(fidelity, .mixed)).trace(box)
        let corners: Set = [
            Point(x: 10, y: 7), Point(x: 41, y: 7), Point(x: 41, y: 30), Point(x: 10, y: 30),
        ]
        #expect(traced.strokes.count == 1)
        #expect(traced.strokes[0].isFilled)
        #expect(Set(traced.strokes[0].path.points) == corners)
        #expect(traced.strokes[0].path.points.count == 4)
    }

    @Test(arguments: 0..<12)
    func `outlines have exactly the pixels of the image`(seed: Int) throws {
        var state = UInt64(seed + 1)
        func random() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        let discs = (0..<8).map { _ in (x: random() % 70, y: random() % 50, radius: 2 + random() % 16) }
        let noisy = try bitmap(70, 50) { x, y in
            let count = discs.count { (x - $0.x) * (x - $0.x) + (y - $0.y) * (y - $0.y) < $0.radius * $0.radius }
            return (count % 2 == 1) != (seed % 3 == 0 && random() % 9 == 0)
        }
        #expect(try bitmap(of: MaskTracer(options(.pixels, .polygons)).trace(noisy)) == noisy)
    }

    @Test(arguments: TracingOptions.Shapes.allCases, TracingOptions.Fidelity.allCases)
    func `no image is too odd to trace`(shapes: TracingOptions.Shapes, fidelity: TracingOptions.Fidelity) throws {
        let tracer = MaskTracer(options(fidelity, shapes))
        let images = [
            try bitmap(1, 1) { _, _ in true }, try bitmap(1, 1) { _, _ in false }, try bitmap(5, 1) { x, _ in x > 1 },
            try bitmap(1, 7) { _, y in y % 2 == 0 }, try bitmap(40, 30) { _, _ in true },
            try bitmap(40, 30) { x, y in x == 20 && y == 11 }, try bitmap(40, 30) { x, _ in x == 39 },
            try bitmap(12, 12) { x, y in (x + y) % 2 == 0 }, try bitmap(17, 16) { x, y in (x / 3 + y / 3) % 2 == 0 },
            try bitmap(60, 60) { x, y in [1, 3, 5].contains(max(abs(x - 30), abs(y - 30)) / 4) },
        ]
        for image in images {
            let traced = try tracer.trace(image)
            #expect(traced.canvas == image.size)
            if shapes != .strokes { #expect(iou(try bitmap(of: traced), image) >= 0.98) }
        }
    }

    @Test func `an image that is too large is refused`() throws {
        let bitmap = Bitmap(size: try #require(PixelSize(width: 16_385, height: 1)))
        #expect(throws: TracingError.tooLarge(bitmap.size)) { try MaskTracer().trace(bitmap) }
    }

    @Test func `noise is refused by the number of its corners`() throws {
        // Each black field of a checkerboard has four corners.
        let side = 2_050
        var board = Bitmap(size: try #require(PixelSize(width: side, height: side)))
        let words = [UInt64](repeating: 0x5555_5555_5555_5555, count: board.wordsPerRow)
        for row in 0..<side { board.setRow(row, words: row & 1 == 0 ? words : words.map(~)) }
        let error = #expect(throws: TracingError.self) { try MaskTracer().trace(board) }
        guard case .tooManyCorners(let count) = error else { throw try #require(error) }
        #expect((2 * side * (side - 1)...2 * side * side).contains(count))
    }

    @Test func `the same image has the same strokes`() throws {
        let image = try bitmap(of: try sample())
        let tracer = MaskTracer()
        #expect(try tracer.trace(image) == tracer.trace(image))
    }

    @Test func `tracing what was traced changes almost nothing`() throws {
        let tracer = MaskTracer(options(.pixels, .mixed))
        let once = try bitmap(of: tracer.trace(try bitmap(of: try sample())))
        let twice = try bitmap(of: tracer.trace(once))
        #expect(iou(once, twice) > 0.999)
    }

    /// Checks that strokes are found in the image of strokes: as many, each with the width of one.
    private func expectStrokes(_ strokes: [(path: [Point], width: Double)]) throws {
        let size = try #require(PixelSize(width: 200, height: 200))
        let mask = VectorMask(
            canvas: size, strokes: try strokes.map { try BrushStroke(path: Polyline($0.path), width: $0.width) })
        let traced = try MaskTracer(options(.clean, .strokes)).trace(try bitmap(of: mask))
        let widths = traced.strokes.map(\.width).sorted()
        #expect(widths.count == strokes.count)
        for (width, truth) in zip(widths, strokes.map(\.width).sorted()) { #expect(abs(width - truth) < 0.15) }
    }

    @Test func `strokes of almost the same width that cross are told apart by it`() throws {
        try expectStrokes([
            ([Point(x: 20, y: 31), Point(x: 101, y: 100), Point(x: 180, y: 143)], 12),
            ([Point(x: 23, y: 160), Point(x: 100, y: 99), Point(x: 185, y: 52)], 13),
            ([Point(x: 92, y: 15), Point(x: 102, y: 101), Point(x: 121, y: 187)], 14),
        ])
    }

    @Test func `strokes that leave the canvas next to each other are two`() throws {
        try expectStrokes([
            ([Point(x: 120, y: 30), Point(x: -7.5, y: 90)], 15), ([Point(x: -7.5, y: 96), Point(x: 130, y: 150)], 15),
        ])
    }

    @Test func `a stroke of which one side is outside the canvas has the width of another`() throws {
        try expectStrokes([
            ([Point(x: 30, y: -3), Point(x: 170, y: -2)], 14.2),
            ([Point(x: 40, y: 60), Point(x: 150, y: 90), Point(x: 60, y: 160)], 14.2),
        ])
    }

    @Test func `a stroke that turns back under another is one`() throws {
        let turn = [Point(x: 150, y: 99.9), Point(x: 155.8, y: 104.7)]
        try expectStrokes([
            ([Point(x: 39.5, y: 69.1)] + turn + [Point(x: 31.6, y: 132.1)], 11.3),
            ([Point(x: 147.5, y: 15), Point(x: 159.8, y: 185)], 14),
        ])
    }

    @Test func `a stroke that crosses itself is one`() throws {
        let loop = [Point(x: 105.4, y: 106.4), Point(x: 159.4, y: 33.9), Point(x: 62.5, y: 21.1)]
        try expectStrokes([
            ([Point(x: 19.7, y: 92.6)] + loop + [Point(x: 96.7, y: 103.6), Point(x: 170.2, y: 157.4)], 8.9)
        ])
    }

    @Test func `a piece that the edge of the canvas cuts off has the width of the rest`() throws {
        try expectStrokes([
            ([Point(x: 42.8, y: 37.3), Point(x: 140.3, y: 50.1), Point(x: 206.35, y: 89.9)], 12.7),
            ([Point(x: 206.35, y: 109.8), Point(x: 196.1, y: 124.6)], 12.7),
            ([Point(x: 151.6, y: 99.9), Point(x: 167.1, y: 190)], 13.9),
        ])
    }

    @Test func `a turned, mirrored, or shifted image has the same strokes, turned, mirrored, or shifted`() throws {
        let image = try bitmap(of: try sample())
        let tracer = MaskTracer(options(.clean, .strokes))
        let base = try tracer.trace(image)
        let side = 199
        // The image's pixel for each pixel of the changed image, and the changed image's point for each of the image.
        let changes: [(pixel: (Int, Int) -> (Int, Int), point: (Point) -> Point)] = [
            ({ ($1, side - $0) }, { Point(x: 200 - $0.y, y: $0.x) }),
            ({ (side - $0, side - $1) }, { Point(x: 200 - $0.x, y: 200 - $0.y) }),
            ({ (side - $0, $1) }, { Point(x: 200 - $0.x, y: $0.y) }),
        ]
        for change in changes {
            let turned = try tracer.trace(
                try bitmap(200, 200) { x, y in
                    let pixel = change.pixel(x, y)
                    return image[pixel.0, pixel.1]
                })
            #expect(turned.strokes.map(\.width) == base.strokes.map(\.width))
            for (stroke, original) in zip(turned.strokes, base.strokes) {
                #expect(stroke.path.points == original.path.points.map { change.point($0).roundedToHundredths })
            }
        }
        // On a canvas with more than 32 px around the hole, where the hole is does not matter.
        let places = [(x: 40, y: 50), (x: 33, y: 71)]
        let shifted = try places.map { place in
            try tracer.trace(try bitmap(280, 290) { x, y in image[x - place.x, y - place.y] })
        }
        let step = Vector(dx: -7, dy: 21)
        for (first, second) in zip(shifted[0].strokes, shifted[1].strokes) {
            #expect(second.path.points == first.path.points.map { ($0 + step).roundedToHundredths })
        }
    }

    @Test func `an outline has any number of inner boundaries`() throws {
        var state: UInt64 = 7
        let noise = try bitmap(120, 90) { _, _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33 % 100 < 70
        }
        #expect(try bitmap(of: MaskTracer(options(.clean, .polygons)).trace(noise)) == noise)
    }

    @Test func `a stroke with flat ends is traced, with round ends if they are asked for`() throws {
        let size = try #require(PixelSize(width: 120, height: 60))
        let stroke = try BrushStroke(
            path: Polyline([Point(x: 20, y: 30.2), Point(x: 100, y: 30.2)]), width: 16, startCap: .butt, endCap: .butt)
        let image = try bitmap(of: VectorMask(canvas: size, strokes: [stroke]))
        let traced = try MaskTracer(options(.pixels, .strokes)).trace(image)
        #expect(iou(try bitmap(of: traced), image) > 0.995)
        let round = try MaskTracer(options(.pixels, .strokes, .round)).trace(image)
        #expect(round.strokes.allSatisfy { $0.startCap == .round && $0.endCap == .round })
    }

    /// What clean tracing lets go near the boundary of a scaled drawing is wrong in an exact one.
    @Test(
        arguments: [
            [([(34, 42), (126, 115), (160, 125)], 14.75), ([(69, 172), (130, 77), (170, 142)], 20)],
            [([(65, 61), (93, 76), (129, 55)], 15.75), ([(88, 151), (139, 46), (170, 108)], 21.75)],
        ] as [[([(Double, Double)], Double)]])
    func `strokes with flat ends stay the same however often they are traced`(
        drawn: [([(Double, Double)], Double)]
    ) throws {
        let size = try #require(PixelSize(width: 200, height: 200))
        let strokes = try drawn.map { points, width in
            try BrushStroke(
                path: Polyline(points.map { Point(x: $0.0, y: $0.1) }), width: width, startCap: .butt, endCap: .butt)
        }
        var image = try bitmap(of: VectorMask(canvas: size, strokes: strokes))
        for _ in 0..<3 {
            let traced = try MaskTracer().trace(image)
            #expect(traced.strokes.count == 2)
            #expect(traced.strokes.allSatisfy { $0.startCap == .butt && $0.endCap == .butt && !$0.isFilled })
            let again = try bitmap(of: traced)
            #expect(iou(again, image) > 0.999)
            image = again
        }
    }

    @Test func `lines of whole pixels, which no stroke explains exactly, are outlines`() throws {
        // A quadrilateral with rounded corners for each line, and a disk at each vertex.
        let vertices = [(97, 54), (150, 34), (108, 177)]
        let quadrilaterals = [
            [(99, 60), (152, 40), (148, 28), (95, 48)], [(144, 32), (102, 175), (114, 179), (156, 36)],
        ]
        func isInside(_ corners: [(Int, Int)], _ x: Int, _ y: Int) -> Bool {
            let sides = corners.indices.map { index in
                let ((ax, ay), (bx, by)) = (corners[index], corners[(index + 1) % corners.count])
                return (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            }
            return sides.allSatisfy { $0 >= 0 } || sides.allSatisfy { $0 <= 0 }
        }
        let image = try bitmap(200, 200) { x, y in
            quadrilaterals.contains { isInside($0, x, y) }
                || vertices.contains { ($0.0 - x) * ($0.0 - x) + ($0.1 - y) * ($0.1 - y) <= 36 }
        }
        #expect(try bitmap(of: MaskTracer().trace(image)) == image)
    }
}
