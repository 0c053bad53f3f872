import MaskModel
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
                "qd-imd white", "flat white", "buckets white", "lama white", "mat black", "webdataset white",
                "huggingface white",
            ])
    }

    @Test(
        arguments: [
            (.qdIMD, "train/00007_train.png"), (.flat, "train/00007.png"), (.lama, "train/00007_train_mask000.png"),
            (.mat, "train/00007_train.png"), (.huggingface, "train/00007_train.png"),
        ] as [(LayoutKind, String)])
    func `the name of a file contains the number of its mask`(kind: LayoutKind, name: String) {
        #expect(kind.layout().image(of: 7, .train) == name)
        #expect(kind.layout().maskName(of: FilePath(name)) == "train/00007_train")
    }

    @Test(arguments: [LayoutKind.buckets, .webdataset]) func `other layouts have no file for a mask`(kind: LayoutKind) {
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

    @Test(arguments: [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (60_000, "10K<n<100K"), (10_000_000, "n>10M")])
    func `size categories are those of the hub`(count: Int, word: String) {
        #expect(HuggingFaceLayout.sizeCategory(count) == word)
    }

    @Test func `checksums escape names as coreutils do`() {
        #expect(FileList.line("00ff", "a/b c.png") == "00ff  a/b c.png\n")
        #expect(FileList.line("00ff", #"a/b\c.png"#) == #"\00ff  a/b\\c.png"# + "\n")
    }
}
