import SystemPackage
import Testing

@testable import MaskDataset

struct BucketLayoutTests {
    @Test(arguments: [
        (0, "mask0-10"), (1, "mask0-10"), (99, "mask0-10"), (100, "mask0-10"), (101, "mask10-20"), (200, "mask10-20"),
        (201, "mask20-30"), (300, "mask20-30"), (301, "mask30-40"), (599, "mask50-60"), (600, "mask50-60"),
        (601, "mask60-70"), (900, "mask80-90"), (901, "mask90-100"), (1000, "mask90-100"),
    ])
    func `a tenth excludes its lower edge and includes its upper one`(holes: Int, name: String) {
        #expect(BucketLayout.name(holeCount: holes, area: 1000) == name)
    }

    @Test(arguments: 1...9) func `an edge is exact, without floating-point errors`(tenth: Int) {
        // 0.3 of 512×512 is not a whole number of pixels: the edge is between two.
        let below = 262_144 * tenth / 10
        #expect(BucketLayout.name(holeCount: below, area: 262_144) == "mask\(10 * tenth - 10)-\(10 * tenth)")
        #expect(BucketLayout.name(holeCount: below + 1, area: 262_144) == "mask\(10 * tenth)-\(10 * tenth + 10)")
    }

    @Test func `the largest image does not overflow`() {
        #expect(BucketLayout.name(holeCount: 32_767 * 32_767, area: 32_767 * 32_767) == "mask90-100")
    }

    @Test func `masks are named after their ids`() {
        let layout = BucketLayout()
        #expect(layout.maskName(of: "mask0-10/00000_train.png") == "train/00000_train")
        #expect(layout.maskName(of: "mask10-20/100000_test.png") == "test/100000_test")
    }
}
