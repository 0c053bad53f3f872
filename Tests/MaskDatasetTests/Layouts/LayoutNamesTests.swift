import MaskModel
import MaskRaster
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// The names of files in layouts, and of the masks in them.
struct LayoutNamesTests {
    @Test func `layouts have the names and the colors that their consumers expect`() {
        let known = LayoutKind.allCases.map { "\($0.rawValue) \($0.layout().holeColor.rawValue)" }
        #expect(
            known == [
                "qd-imd white", "flat white", "buckets white", "lama white", "pairs white", "aot-gan white",
                "mat black",
                "webdataset white", "huggingface white", "brushbench white",
            ])
    }

    @Test(
        arguments: [
            (.qdIMD, "train/00007_train.png"), (.flat, "train/00007.png"), (.lama, "train/00007_train_mask000.png"),
            (.pairs, "train/00007_train.png"), (.aotGAN, "pconv/00007_train.png"), (.mat, "train/00007_train.png"),
            (.huggingface, "train/00007_train.png"),
        ] as [(LayoutKind, String)])
    func `the name of a file contains the number of its mask`(kind: LayoutKind, name: String) {
        #expect(kind.layout().image(of: 7, .train) == name)
        #expect(kind.layout().maskName(of: FilePath(name)) == "train/00007_train")
    }

    @Test(arguments: [LayoutKind.buckets, .webdataset, .brushbench]) func `other layouts have no file for a mask`(
        kind: LayoutKind
    ) {
        #expect(kind.layout().image(of: 0, .test) == nil)
    }

    @Test(arguments: [(0, "train-000000.tar"), (12, "train-000012.tar"), (1_234_567, "train-1234567.tar")])
    func `tars are numbered for WebDataset's brace notation`(number: Int, name: String) {
        #expect(WebDatasetLayout.name(number, .train) == name)
        #expect(WebDatasetLayout(masksPerTar: 1).maskName(of: FilePath(name)) == "train")
    }

    @Test(arguments: [("a/b", nil), ("my masks", " "), ("a\tb", "\t"), ("x#1/a", "#")] as [(String, Character?)])
    func `a list of paths breaks at spaces and number signs`(folder: String, character: Character?) {
        #expect(FlatLayout.characterThatBreaksLists(in: FilePath(folder)) == character)
    }

    @Test(arguments: [
        (9_999, "train/09998_train.png", "train/*.png"), (10_000, "train/05000/09998_train.png", "train/*/*.png"),
    ])
    func `folders of more than 10,000 entries are divided for the hub`(count: Int, name: String, glob: String) {
        let layout = HuggingFaceLayout(counts: [.train: count])
        #expect(layout.image(of: 9_998, .train) == name)
        #expect(layout.images(of: .train) == glob)
        #expect(layout.maskName(of: FilePath(name)) == "train/09998_train")
    }

    @Test func `a suffix is between the name of an image and the extension`() {
        var settings = LayoutSettings()
        settings.suffix = "_mask"
        settings.fileExtension = .jpg
        let layout = LayoutKind.pairs.layout(settings)
        #expect(layout.image(of: 7, .test) == "test/00007_test_mask.jpg")
        #expect(layout.maskName(of: "test/00007_test_mask.jpg") == "test/00007_test")
        #expect(layout.isMask("test/a_mask.jpg") && !layout.isMask("test/a.jpg"))
    }

    @Test func `BrushBench counts pixels row by row from 1, and runs go on in the next row`() throws {
        let raster = try #require(
            Bitmap(
                asciiArt: """
                    .##.#
                    ##...
                    ....#
                    """))
        #expect(BrushBenchLayout.runs(of: raster) == [2, 2, 5, 3, 15, 1])
    }

    @Test(arguments: [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (60_000, "10K<n<100K"), (10_000_000, "n>10M")])
    func `size categories are those of the hub`(count: Int, word: String) {
        #expect(HuggingFaceLayout.sizeCategory(count) == word)
    }

    @Test func `checksums escape names as coreutils do`() {
        #expect(FileList.line("00ff", "a/b c.png") == "00ff  a/b c.png\n")
        #expect(FileList.line("00ff", #"a/b\c.png"#) == #"\00ff  a/b\\c.png"# + "\n")
    }
}
