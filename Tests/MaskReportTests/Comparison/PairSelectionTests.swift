import MaskDiff
import MaskModel
import MaskRaster
import PNGCodec
import Testing

@testable import MaskDataset
@testable import MaskReport

struct PairSelectionTests {
    /// A pair of masks, which is the same if no pixel differs.
    private func pair(_ name: String, candidate: String, reference: String) throws -> MaskComparison.Report.Pair {
        let candidate = try #require(Bitmap(asciiArt: candidate))
        let reference = try #require(Bitmap(asciiArt: reference))
        let comparison = try BitmapComparison(candidate: candidate, reference: reference)
        return MaskComparison.Report.Pair(
            name: name, outcome: .compared(comparison, isSame: comparison.differingCount == 0))
    }

    @Test func `all pairs are shown if they are few, the worst first, except those that failed`() throws {
        let pairs = [
            try pair("a", candidate: "#.", reference: "#."),
            MaskComparison.Report.Pair(name: "b", outcome: .failed("broken")),
            try pair("c", candidate: "##", reference: "#."),
        ]
        #expect(PairSelection(pairs, limit: 3).indices == [2, 0])
    }

    @Test func `the worst pairs by each metric are selected in turn`() throws {
        let pairs =
            try (0..<20).map { try pair("same \($0)", candidate: "#...", reference: "#...") }
            + [
                try pair("most pixels", candidate: "#####...", reference: "#######."),
                try pair("least IoU", candidate: "#...", reference: ".#.."),
            ]
        let indices = PairSelection(pairs, limit: 2).indices
        #expect(indices == [20, 21])
    }
}
