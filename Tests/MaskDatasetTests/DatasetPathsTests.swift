import MaskModel
import SystemPackage
import Testing

@testable import MaskDataset

struct DatasetLayoutTests {
    @Test(arguments: [
        (0, Split.train, "00000_train"), (7, .test, "00007_test"), (99_999, .train, "99999_train"),
        (100_000, .test, "100000_test"), (12_345_678, .train, "12345678_train"),
    ])
    func `a mask's name has five digits or more`(index: Int, split: Split, id: String) {
        #expect(DatasetPaths.id(index, split) == id)
    }

    @Test func `the parts stand where the contract says`() {
        let layout = DatasetPaths(root: "out")
        let paths = [
            layout.manifest, layout.preview, layout.pngFolder(.train), layout.pngFolder(.test),
            layout.vectorFile(.train), layout.vectorFile(.test), layout.svgFolder(.train), layout.svgFolder(.test),
            layout.tarFile(.train, 0), layout.tarFile(.test, 123_456),
        ]
        #expect(
            paths.map(\.string) == [
                "out/dataset.json", "out/preview.png", "out/train", "out/test", "out/vectors/train.jsonl",
                "out/vectors/test.jsonl", "out/svg/train", "out/svg/test",
                "out/tar/train-00000.tar", "out/tar/test-123456.tar",
            ])
    }

    @Test func `the manifest is the last part`() {
        #expect(DatasetPaths.parts.last == "dataset.json")
    }

    @Test func `an unfinished export is hidden, and laid out as the dataset that it becomes`() {
        let staging = DatasetPaths(root: "out").staging
        #expect(staging.root == "out/.qd-imd-partial")
        #expect(staging.pngFolder(.train) == "out/.qd-imd-partial/train")
    }
}
