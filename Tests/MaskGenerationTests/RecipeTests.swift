import MaskSamples
@testable import MaskGeneration
import PlaneGeometry
import Testing

@testable import MaskModel

/// The samples of 20,000 masks of the standard recipe, tested against the distributions of the recipe.
struct RecipeTests {
    private static let masks = Result {
        let composer = try makeComposer(seed: 1)
        return (0..<20_000).map { composer.composition(index: $0) }
    }

    private func masks() throws -> [Composition] { try Self.masks.get() }

    @Test func `the number of strokes is normal with mean 4 and standard deviation 2, rounded, at least 1`() throws {
        // One bin each for 1 to 10 strokes, and one for more. Numbers that round to less than 1 become 1.
        var counts = [Int](repeating: 0, count: 11)
        for mask in try masks() { counts[min(mask.sampled.count, 11) - 1] += 1 }
        let below = [0] + (1...10).map { normalCumulative(Double($0) + 0.5, mean: 4, standardDeviation: 2) } + [1]
        let probability = chiSquare(counts, probabilities: zip(below, below.dropFirst()).map { $1 - $0 })
        #expect(probability > significance)
    }

    @Test func `stroke widths are uniform from 5 to 15 px`() throws {
        let widths = try masks().flatMap { $0.sampled.map(\.width) }
        let probability = kolmogorovSmirnov(widths) { uniformCumulative($0, in: 5...15) }
        #expect(probability > significance)
    }

    @Test func `upscale rates are uniform from 1 to 1.5`() throws {
        let rates = try masks().map(\.upscale)
        let probability = kolmogorovSmirnov(rates) { uniformCumulative($0, in: 1...1.5) }
        #expect(probability > significance)
    }

    @Test func `categories are equally likely, regardless of their number of strokes`() throws {
        var counts: [String: Int] = [:]
        for stroke in try masks().flatMap(\.sampled) { counts[stroke.origin.word, default: 0] += 1 }
        let probability = chiSquare(ofEqual: Array(counts.values))
        #expect(counts.count == 5)
        #expect(probability > significance)
    }

    @Test(arguments: [(1, 5), (2, 2), (3, 40), (4, 3)])
    func `the strokes of a category are equally likely`(category: Int, strokeCount: Int) throws {
        var counts: [Int: Int] = [:]
        for stroke in try masks().flatMap(\.sampled) where stroke.origin.word == "word \(category)" {
            counts[stroke.origin.stroke, default: 0] += 1
        }
        let probability = chiSquare(ofEqual: Array(counts.values))
        #expect(counts.count == strokeCount)
        #expect(probability > significance)
    }

    @Test func `the widths of a mask are uncorrelated`() throws {
        let pairs = try masks().filter { $0.sampled.count > 1 }.map { ($0.sampled[0].width, $0.sampled[1].width) }
        let deviate = correlationDeviate(pairs)
        #expect(deviate.magnitude < 3.29)
    }

    @Test func `the upscale rate and the first width are uncorrelated`() throws {
        let deviate = correlationDeviate(try masks().map { ($0.upscale, $0.sampled[0].width) })
        #expect(deviate.magnitude < 3.29)
    }

    @Test func `the number of strokes and the upscale rate are uncorrelated`() throws {
        let deviate = correlationDeviate(try masks().map { (Double($0.sampled.count), $0.upscale) })
        #expect(deviate.magnitude < 3.29)
    }

    @Test func `successive masks are uncorrelated`() throws {
        let rates = try masks().map(\.upscale)
        let deviate = correlationDeviate(Array(zip(rates, rates.dropFirst())))
        #expect(deviate.magnitude < 3.29)
    }

    @Test func `no two masks are the same`() throws {
        let different = Set(try masks().map(\.mask))
        #expect(different.count == 20_000)
    }

    @Test(arguments: [(2.0, 1.0), (4, 0.3), (0, 3), (10, 4)])
    func `other means and standard deviations are respected`(mean: Double, deviation: Double) throws {
        let spec = try MaskSpec(strokesMean: mean, strokesStd: deviation, maxUpscaleRate: 1)
        let composer = try makeComposer(spec, strokes: .one(Point(x: 128, y: 128)))
        let counts = (0..<5000).map { composer.composition(index: $0).sampled.count }
        // Bins with fewer than five expected masks are merged with adjacent ones.
        var edges: [Double] = []
        for count in 1...40 {
            let upTo = normalCumulative(Double(count) + 0.5, mean: mean, standardDeviation: deviation)
            let last = edges.last.map { normalCumulative($0, mean: mean, standardDeviation: deviation) } ?? 0
            if (upTo - last) * 5000 >= 5, (1 - upTo) * 5000 >= 5 { edges.append(Double(count) + 0.5) }
        }
        var found = [Int](repeating: 0, count: edges.count + 1)
        for count in counts { found[edges.count { $0 < Double(count) }] += 1 }
        let below = [0] + edges.map { normalCumulative($0, mean: mean, standardDeviation: deviation) } + [1]
        let probability = chiSquare(found, probabilities: zip(below, below.dropFirst()).map { $1 - $0 })
        #expect(edges.count >= 2)
        #expect(probability > significance)
    }
}
