import MaskModel
import SystemPackage
import Testing

@testable import MaskDataset

struct DatasetPathsTests {
    @Test(arguments: [
        (0, Split.train, "00000_train"), (7, .test, "00007_test"), (99_999, .train, "99999_train"),
        (100_000, .test, "100000_test"), (12_345_678, .train, "12345678_train"),
    ])
    func `a mask's id has at least five digits`(index: Int, split: Split, id: String) {
        #expect(DatasetPaths.id(index, split) == id)
    }

    @Test func `paths are those of the contract`() {
        let dataset = DatasetPaths(root: "out")
        let paths = [
            dataset.manifest, dataset.preview, dataset.pngFolder(.train), dataset.pngFolder(.test),
            dataset.vectorFile(.train), dataset.vectorFile(.test), dataset.svgFolder(.train), dataset.svgFolder(.test),
            dataset.tarFile(.train, 0), dataset.tarFile(.test, 123_456),
        ]
        #expect(
            paths.map(\.string) == [
                "out/dataset.json", "out/preview.png", "out/train", "out/test", "out/vectors/train.jsonl",
                "out/vectors/test.jsonl", "out/svg/train", "out/svg/test",
                "out/tar/train-00000.tar", "out/tar/test-123456.tar",
            ])
    }

    @Test func `the manifest is the last entry`() {
        #expect(DatasetPaths.entries.last == "dataset.json")
    }

    @Test func `an unfinished export is hidden, in a folder for its plan`() {
        let workspace = ExportWorkspace(of: "0123456789abcdef", in: DatasetPaths(root: "out"))
        #expect(workspace.root == "out/.qd-imd-partial/0123456789abcdef")
        #expect(workspace.record(12) == "out/.qd-imd-partial/0123456789abcdef/records/00012.txt")
        #expect(MergeFolder("out/merge-a").dataset.pngFolder(.train) == "out/merge-a/dataset/train")
    }
}
