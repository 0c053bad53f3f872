import MaskModel
import SystemPackage
import TemporaryFiles
import Testing

@testable import MaskDataset

/// What files of layouts are called, and which masks they are.
struct LayoutNamesTests {
    @Test func `the layouts have the names and the colors that their consumers know`() {
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
    func `a mask's file bears its number, and can be found again`(kind: LayoutKind, name: String) {
        #expect(kind.layout().image(of: 7, .train) == name)
        #expect(kind.layout().maskName(of: FilePath(name)) == "train/00007_train")
    }

    @Test(arguments: [LayoutKind.buckets, .webdataset]) func `other layouts have no such file`(kind: LayoutKind) {
        #expect(kind.layout().image(of: 0, .test) == nil)
    }

    @Test(arguments: [(0, "train-000000.tar"), (12, "train-000012.tar"), (1_234_567, "train-1234567.tar")])
    func `tars are numbered as WebDataset's braces have it`(number: Int, name: String) {
        #expect(WebDatasetLayout.name(number, .train) == name)
        #expect(WebDatasetLayout(masksPerTar: 1).maskName(of: FilePath(name)) == "train")
    }

    @Test(arguments: [("a/b", nil), ("my masks", " "), ("a\tb", "\t"), ("x#1/a", "#")] as [(String, Character?)])
    func `a list of paths breaks at spaces and number signs`(folder: String, character: Character?) {
        #expect(FlatLayout.characterThatBreaksLists(in: FilePath(folder)) == character)
    }

    @Test(arguments: [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (60_000, "10K<n<100K"), (10_000_000, "n>10M")])
    func `the hub's words for sizes`(count: Int, word: String) {
        #expect(HuggingFaceLayout.sizeCategory(count) == word)
    }

    @Test func `checksums escape names as coreutils do`() {
        #expect(Checksums.line("00ff", "a/b c.png") == "00ff  a/b c.png\n")
        #expect(Checksums.line("00ff", #"a/b\c.png"#) == #"\00ff  a/b\\c.png"# + "\n")
    }
}
