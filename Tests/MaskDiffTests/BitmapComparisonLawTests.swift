import MaskModel
import MaskRaster
import MaskSamples
import Testing

@testable import MaskDiff

/// Two bitmaps with much in common: the same strokes, and some more.
private func pair(seed: Int, size: PixelSize) throws -> (Bitmap, Bitmap) {
    let common = try blobs(seed: seed, size: size)
    var first = common
    var second = common
    if seed % 3 != 0 { first.formUnion(try blobs(seed: seed + 1000, size: size)) }
    if seed % 3 != 1 { second.formUnion(try blobs(seed: seed + 2000, size: size)) }
    if seed % 4 == 0 { second.formUnion(Bitmap.random(seed: seed, size: size, percent: 2)) }
    return (first, second)
}

/// Properties of all pairs of bitmaps, tested with pairs of many seeds.
@Suite struct BitmapComparisonLawTests {
    @Test(arguments: 0..<30)
    func `counts, IoU and Dice are those of the definitions`(seed: Int) throws {
        let (first, second) = try pair(seed: seed, size: .px(66, 20))
        let comparison = try BitmapComparison(candidate: first, reference: second)
        let counts = first.counts(with: second)
        #expect(comparison.bothCount == counts.both)
        #expect(comparison.onlyCandidateCount == counts.mine - counts.both)
        #expect(comparison.onlyReferenceCount == counts.others - counts.both)
        #expect(comparison.iou == Double(counts.both) / Double(counts.mine + counts.others - counts.both))
        #expect(comparison.dice == 2 * Double(counts.both) / Double(counts.mine + counts.others))
    }

    /// Cheng et al. 2021: the mask without what *d* erosions leave of it, on an image with a border of background.
    @Test(
        arguments: 0..<12, [(PixelSize.px(20, 14), 1), (.px(60, 80), 2), (.px(120, 90), 3), (.px(195, 40), 4)])
    func `Boundary IoU is that of the definition`(seed: Int, image: (size: PixelSize, band: Int)) throws {
        let (first, second) = try pair(seed: seed, size: image.size)
        let comparison = try BitmapComparison(candidate: first, reference: second)
        let counts = first.bandByDefinition(width: image.band)
            .counts(with: second.bandByDefinition(width: image.band))
        #expect(comparison.boundaryIoU == Double(counts.both) / Double(counts.mine + counts.others - counts.both))
    }

    @Test(arguments: 0..<20)
    func `the Hausdorff distance is that of the definition`(seed: Int) throws {
        let (first, second) = try pair(seed: seed, size: .px(60, 30))
        let comparison = try BitmapComparison(candidate: first, reference: second)
        let expected = max(first.percentile95(toBoundaryOf: second), second.percentile95(toBoundaryOf: first))
        let distance = try #require(comparison.hausdorff95)
        #expect((distance - expected).magnitude < 1e-9)
    }

    @Test(arguments: 0..<20, [0.5, 1, 1.5, 3.7])
    func `a pixel is forgiven if and only if the other's hole is within the tolerance`(
        seed: Int, tolerance: Double
    ) throws {
        let (first, second) = try pair(seed: seed, size: .px(50, 20))
        let comparison = try BitmapComparison(candidate: first, reference: second, tolerance: tolerance)
        #expect(
            comparison.forgivenCount == forgiven(first, second, tolerance) + forgiven(second, first, tolerance))
    }

    @Test(arguments: 0..<20)
    func `swapping the bitmaps swaps their counts and changes nothing else`(seed: Int) throws {
        let (first, second) = try pair(seed: seed, size: .px(66, 20))
        let there = try BitmapComparison(candidate: first, reference: second, tolerance: 1)
        let back = try BitmapComparison(candidate: second, reference: first, tolerance: 1)
        #expect(there.onlyCandidateCount == back.onlyReferenceCount)
        #expect(there.onlyReferenceCount == back.onlyCandidateCount)
        #expect(there.forgivenCount == back.forgivenCount)
        #expect(there.boundaryIoU == back.boundaryIoU)
        #expect(there.hausdorff95 == back.hausdorff95)
    }

    /// The number of pixels that are hole only in the first bitmap, within the tolerance of the hole of the second.
    private func forgiven(_ first: Bitmap, _ second: Bitmap, _ tolerance: Double) -> Int {
        let reach = Int(tolerance.rounded(.up))
        var count = 0
        for y in 0..<first.size.height {
            for x in 0..<first.size.width where first[x, y] && !second[x, y] {
                let isNear = (-reach...reach).contains { dy in
                    (-reach...reach).contains { dx in
                        second[x + dx, y + dy] && Double(dx * dx + dy * dy).squareRoot() <= tolerance
                    }
                }
                if isNear { count += 1 }
            }
        }
        return count
    }
}
