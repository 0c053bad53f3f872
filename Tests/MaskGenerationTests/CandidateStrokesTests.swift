import MaskSamples
@testable import MaskGeneration
import PlaneGeometry
import Testing

@testable import MaskModel

struct CandidateStrokesTests {
    private func spec(_ change: (inout MaskSpecChanges) -> Void) throws -> MaskSpec {
        var changes = MaskSpecChanges()
        change(&changes)
        return try MaskSpec.standard.applying(changes)
    }

    @Test(arguments: 0..<50)
    func `candidates without changes are the composition`(seed: Int) throws {
        let composer = try makeComposer(seed: UInt64(seed))
        var candidates = composer.candidates(index: 5)
        let first = candidates.composition(strokeCount: 20, widthFactor: 3, from: composer.strokes)
        let drawn = candidates.composition(from: composer.strokes)
        #expect(drawn == composer.composition(index: 5))
        #expect(first.sampled.prefix(candidates.sampledCount) == drawn.sampled.prefix(20))
    }

    @Test func `candidates that are sampled again are those of a new sample`() throws {
        let composer = try makeComposer(seed: 3)
        var candidates = composer.candidates(index: 7)
        _ = candidates.composition(strokeCount: 30, from: composer.strokes)
        for index in 0..<20 {
            candidates.sample(seed: 3, split: .train, index: index, attempt: 0, from: composer.strokes)
            let composition = candidates.composition(from: composer.strokes)
            #expect(composition == composer.composition(index: index))
        }
    }

    @Test(arguments: 0..<50)
    func `a smaller number of strokes is a prefix of a larger one`(seed: Int) throws {
        let composer = try makeComposer(seed: UInt64(seed))
        var candidates = composer.candidates(index: 0)
        let many = candidates.composition(strokeCount: 12, from: composer.strokes)
        for count in 1...12 {
            let few = candidates.composition(strokeCount: count, from: composer.strokes)
            #expect(few.sampled == Array(many.sampled.prefix(count)))
        }
    }

    @Test(arguments: 0..<50)
    func `a width factor multiplies all widths and moves no stroke`(seed: Int) throws {
        let spec = try spec { $0.canvas = PixelSize(uncheckedWidth: 512, height: 512) }
        let composer = try makeComposer(spec, seed: UInt64(seed))
        var candidates = composer.candidates(index: 0)
        let drawn = candidates.composition(from: composer.strokes)
        let wide = candidates.composition(widthFactor: 2.5, from: composer.strokes)
        #expect(wide.sampled == drawn.sampled)
        let expected = Set(drawn.sampled.map { ($0.width * drawn.upscale * 2.5).roundedToHundredths })
        #expect(Set(wide.mask.strokes.map(\.width)).isSubset(of: expected))
    }

    @Test func `a width that rounds to 0 becomes the minimum width`() throws {
        let spec = try spec {
            $0.minStrokeWidth = 0.01
            $0.maxStrokeWidth = 0.01
        }
        let composer = try makeComposer(spec)
        var candidates = composer.candidates(index: 0)
        let narrow = candidates.composition(widthFactor: 0.1, from: composer.strokes)
        #expect(narrow.mask.strokes.allSatisfy { $0.width == 0.01 })
    }

    // MARK: BorderConstraint

    @Test(arguments: 0..<200)
    func `no stroke overlaps a free border`(seed: Int) throws {
        for placement in StrokePlacement.allCases {
            let spec = try spec {
                $0.border = .free(margin: 50)
                $0.placement = placement
                $0.rotates = seed % 2 == 1
                $0.strokeScale = 0.5...3
            }
            let composer = try makeComposer(spec, seed: UInt64(seed))
            var candidates = composer.candidates(index: 0)
            let mask = candidates.composition(strokeCount: 8, widthFactor: Double(1 + seed % 4), from: composer.strokes)
                .mask
            #expect(!mask.strokes.isEmpty)
            for stroke in mask.strokes {
                let reach = stroke.path.bounds.grown(by: stroke.width / 2)
                #expect(reach.minX >= 50 && reach.minY >= 50 && reach.maxX <= 462 && reach.maxY <= 462)
            }
        }
    }

    @Test func `a free border is 50 px for 512 by default, in proportion to the shorter side`() throws {
        let small = try spec {
            $0.canvas = PixelSize(uncheckedWidth: 256, height: 512)
            $0.border = .free(margin: nil)
        }
        #expect(small.freeMargin == 25)
        #expect(try spec { $0.border = .free(margin: nil) }.freeMargin == 50)
        #expect(try spec { $0.border = .free(margin: 7) }.freeMargin == 7)
        #expect(MaskSpec.standard.freeMargin == nil)
    }

    @Test func `a stroke that does not fit inside a free border is dropped`() throws {
        let spec = try spec {
            $0.border = .free(margin: 240)
            $0.minStrokeWidth = 40
            $0.maxStrokeWidth = 40
        }
        #expect(try makeComposer(spec).composition(index: 0).mask.strokes.isEmpty)
    }

    @Test(arguments: 0..<200)
    func `the first stroke of a touching mask reaches or crosses the edge`(seed: Int) throws {
        for placement in StrokePlacement.allCases {
            let spec = try spec {
                $0.border = .touching
                $0.placement = placement
                $0.strokeScale = 0.1...0.3
            }
            let composer = try makeComposer(spec, seed: UInt64(seed))
            var candidates = composer.candidates(index: 0)
            let mask = candidates.composition(strokeCount: 1, from: composer.strokes).mask
            let edge = PixelSize.standard.bounds.grown(by: -0.51)
            let canvas = PixelSize.standard.bounds
            let points = mask.strokes.flatMap(\.path.points)
            #expect(points.contains { !edge.contains($0) })
            #expect(points.contains(where: canvas.contains))
        }
    }

    // MARK: Placement

    @Test func `placement options are independent`() throws {
        func masks(_ change: (inout MaskSpecChanges) -> Void) throws -> [Composition] {
            let composer = try makeComposer(try spec(change))
            return (0..<20).map { composer.composition(index: $0) }
        }
        let plain = try masks { _ in }
        let flipped = try masks { $0.flips = true }
        let rotated = try masks { $0.rotates = true }
        let both = try masks {
            $0.flips = true
            $0.rotates = true
        }
        #expect(flipped.map(\.sampled) == plain.map(\.sampled))
        #expect(both.map(\.upscale) == plain.map(\.upscale))
        #expect(Set([plain, flipped, rotated, both]).count == 4)
        // A reflection does not affect the sampled angle.
        for (rotated, both) in zip(rotated, both) {
            let angles = rotated.mask.strokes.compactMap { $0.origin?.transform.map { [$0.c, $0.d] } }
            let mirrored = both.mask.strokes.compactMap { $0.origin?.transform.map { [$0.c, $0.d] } }
            #expect(Set(angles) == Set(mirrored))
        }
    }

    @Test func `about half of all strokes are mirrored`() throws {
        let composer = try makeComposer(try spec { $0.flips = true })
        let transforms = (0..<500).flatMap { composer.composition(index: $0).mask.strokes }
            .compactMap { $0.origin?.transform }
        let mirrored = transforms.count { $0.a * $0.d - $0.b * $0.c < 0 }
        let ratio = Double(mirrored) / Double(transforms.count)
        #expect(transforms.count > 1000)
        #expect((0.45...0.55).contains(ratio))
    }

    @Test func `angles are uniform`() throws {
        // Strokes so small that they are not cropped at any angle.
        let composer = try makeComposer(
            try spec {
                $0.rotates = true
                $0.strokeScale = 0.1...0.1
                $0.maxUpscaleRate = 1
            })
        var counts = [0, 0, 0, 0]
        for index in 0..<1000 {
            for stroke in composer.composition(index: index).mask.strokes {
                guard let transform = stroke.origin?.transform else { continue }
                counts[(transform.a > 0 ? 1 : 0) + (transform.b > 0 ? 2 : 0)] += 1
            }
        }
        #expect(chiSquare(ofEqual: counts) > significance)
    }

    @Test(arguments: 0..<50)
    func `the recorded transform maps the drawing to the points of the stroke`(seed: Int) throws {
        let spec = try spec {
            $0.rotates = true
            $0.flips = true
            $0.placement = .uniform
            $0.strokeScale = 0.2...0.3
            $0.border = .free(margin: 10)
        }
        let composition = try makeComposer(spec, seed: UInt64(seed)).composition(index: 1)
        for stroke in composition.mask.strokes {
            let origin = try #require(stroke.origin)
            let transform = try #require(origin.transform)
            let drawn = ListedStrokes.five.categories[Int(origin.keyID) / 1000][origin.stroke]
            #expect(stroke.path == Polyline(drawn.applying(transform).points.map(\.roundedToHundredths)))
        }
    }

    @Test func `no transform is recorded without placement options`() throws {
        #expect(try makeComposer().composition(index: 0).mask.strokes.allSatisfy { $0.origin?.transform == nil })
    }
}
