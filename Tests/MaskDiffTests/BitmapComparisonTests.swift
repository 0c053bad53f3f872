import MaskModel
import MaskRaster
import MaskSamples
import Testing

@testable import MaskDiff

/// Compares two bitmaps given as text.
private func compare(_ candidate: String, _ reference: String, tolerance: Double = 0) throws -> BitmapComparison {
    try BitmapComparison(
        candidate: try #require(Bitmap(asciiArt: candidate)), reference: try #require(Bitmap(asciiArt: reference)),
        tolerance: tolerance)
}

@Suite struct BitmapComparisonTests {
    @Test func `pixels are counted by the bitmap that has a hole there`() throws {
        let comparison = try compare("####\n....", "..##\n#..#")
        #expect(comparison.bothCount == 2)
        #expect(comparison.onlyCandidateCount == 2)
        #expect(comparison.onlyReferenceCount == 2)
        #expect(comparison.differingCount == 4)
        #expect(comparison.differingRatio == 0.5)
        #expect(comparison.size == .px(4, 2))
    }

    @Test func `IoU is the intersection over the union, and Dice is twice the intersection over the sum`() throws {
        let comparison = try compare("####", "..##")
        #expect(comparison.iou == 0.5)
        #expect(comparison.dice == 4.0 / 6.0)
    }

    @Test func `each bitmap has its hole ratio`() throws {
        let comparison = try compare("####\n....", "...#\n#...")
        #expect(comparison.candidateHoleRatio == 0.5)
        #expect(comparison.referenceHoleRatio == 0.25)
        #expect(comparison.holeRatioDifference == 0.25)
    }

    @Test func `equal bitmaps are equal in every metric`() throws {
        let comparison = try compare("##.\n.##", "##.\n.##")
        #expect(comparison.bothCount == 4)
        #expect(comparison.differingCount == 0)
        #expect([comparison.iou, comparison.dice, comparison.boundaryIoU] == [1, 1, 1])
        #expect(comparison.hausdorff95 == 0)
    }

    @Test func `two empty bitmaps are equal in every metric`() throws {
        let comparison = try compare("...", "...")
        #expect(comparison.bothCount == 0)
        #expect(comparison.differingCount == 0)
        #expect([comparison.iou, comparison.dice, comparison.boundaryIoU] == [1, 1, 1])
        #expect(comparison.hausdorff95 == 0)
        #expect(comparison.holeRatioDifference == 0)
    }

    @Test(arguments: [("...", "##."), ("##.", "...")])
    func `an empty bitmap and another have nothing in common, and no distance`(first: String, second: String) throws {
        let comparison = try compare(first, second, tolerance: 100)
        #expect([comparison.iou, comparison.dice, comparison.boundaryIoU] == [0, 0, 0])
        #expect(comparison.hausdorff95 == nil)
        #expect(comparison.forgivenCount == 0)
        #expect(comparison.differingCount == 2)
    }

    @Test func `bitmaps of different sizes are not compared`() {
        let error = #expect(throws: ImageSizeMismatchError.self) { try compare("...\n...", "..\n..\n..") }
        #expect(error?.description == "the candidate is 3×2 px but the reference is 2×3 px")
    }

    @Test func `without a tolerance, no pixel is forgiven`() throws {
        let comparison = try compare("##..", ".##.")
        #expect(comparison.forgivenCount == 0)
        #expect(comparison.differingCount == 2)
    }

    @Test func `a pixel within the tolerance of the other's hole is forgiven`() throws {
        let near = try compare("##..", ".##.", tolerance: 1)
        let short = try compare("##..", ".##.", tolerance: 0.99)
        #expect(near.forgivenCount == 2)
        #expect(near.differingCount == 0)
        #expect(short.forgivenCount == 0)
    }

    @Test func `tolerance is measured from center to center, in every direction`() throws {
        let tooFar = try compare("#..\n...\n...", "...\n.#.\n...", tolerance: 1.41)
        let enough = try compare("#..\n...\n...", "...\n.#.\n...", tolerance: 1.42)
        #expect(tooFar.differingCount == 2)
        #expect(enough.differingCount == 0)
    }

    @Test func `a stroke is not forgiven because part of it is near the other hole`() throws {
        // The reference's only pixel is beside the candidate's line; the line's far end is beside nothing.
        let comparison = try compare("#####\n.....", ".....\n#....", tolerance: 1)
        #expect(comparison.forgivenCount == 2)
        #expect(comparison.differingCount == 4)
    }

    @Test func `tolerance changes no metric but the count of differing pixels`() throws {
        let strict = try compare("##..", ".##.")
        let lenient = try compare("##..", ".##.", tolerance: 5)
        #expect(lenient.iou == strict.iou)
        #expect(lenient.dice == strict.dice)
        #expect(lenient.boundaryIoU == strict.boundaryIoU)
        #expect(lenient.hausdorff95 == strict.hausdorff95)
        #expect(lenient.onlyCandidateCount == strict.onlyCandidateCount)
    }

    @Test func `the Hausdorff distance of two dots is their distance`() throws {
        let comparison = try compare("#....\n.....\n.....\n.....", ".....\n.....\n.....\n....#")
        #expect(comparison.hausdorff95 == 5)
    }

    @Test func `the Hausdorff distance is the larger of the two directions`() throws {
        // Every pixel of the candidate is in the reference; the reference's other pixels are 3 px away.
        let comparison = try compare("#.......", "#..#....")
        #expect(comparison.hausdorff95.map { ($0 - 2.85).magnitude < 1e-12 } == true)
    }

    @Test func `one far pixel of twenty-one does not count`() throws {
        let candidate = "####################...................#"
        let reference = "####################...................."
        let comparison = try compare(candidate, reference)
        #expect(comparison.hausdorff95 == 0)
    }

    @Test(arguments: [
        (PixelSize.px(1, 1), 1), (.px(30, 40), 1), (.px(60, 80), 2), (.px(100, 75), 2), (.px(105, 140), 4),
        (.standard, 14), (.px(1024, 1024), 29),
    ])
    func `the band of Boundary IoU is 2 % of the diagonal, halves to even, and at least 1 px`(
        size: PixelSize, width: Int
    ) {
        #expect(BoundaryBandWidth(size: size).pixels == width)
    }

    @Test func `Boundary IoU compares only the boundaries`() throws {
        // Blocks of 5×5 and 5×4 px: bands of 1 px have 16 and 14 px, of which 11 are common.
        let comparison = try compare(
            "#####..\n#####..\n#####..\n#####..\n#####..", "#####..\n#####..\n#####..\n#####..\n.......")
        #expect(comparison.iou == 0.8)
        #expect(comparison.boundaryIoU == 11.0 / 19.0)
    }
}
