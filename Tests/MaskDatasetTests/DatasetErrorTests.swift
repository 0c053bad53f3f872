import FileAccess
import MaskModel
import QuickDraw
import SystemPackage
import Testing

@testable import MaskDataset

struct DatasetErrorTests {
    @Test(arguments: [
        (DatasetError.file(FileError("out", "is a folder; wanted a file")), "out: is a folder; wanted a file"),
        (
            .source(.noDrawings(path: "in", wanted: "a folder with .ndjson or .bin files, gzipped or not")),
            "in: no drawings; wanted a folder with .ndjson or .bin files, gzipped or not"
        ),
        (.mask(path: "a.jsonl", line: 12, problem: "not a mask"), "a.jsonl:12: not a mask"),
        (.mask(path: "a.json", line: nil, problem: "not a mask"), "a.json: not a mask"),
        (.rasterizer("00000_train: out of memory"), "00000_train: out of memory"),
        (
            .noHole(id: "00009_test", attempts: 5),
            "00009_test: no hole in 5 attempts; wanted wider strokes or a larger canvas"
        ),
        (
            .outputExists("out", holding: "a dataset", wanted: "another folder"),
            "out: holds a dataset; wanted another folder"
        ),
        (
            .planDiffers("out/dataset.json", member: "seed", stored: "0", wanted: "1"),
            "out/dataset.json: was begun with seed = 0, not 1; wanted the same, or another folder"
        ),
        (.nothingToDo("in", wanted: "masks (.svg)"), "in: nothing to read; wanted masks (.svg)"),
        (.sameName("a", "x/a.png", "x/a.svg"), "two masks are named a: in x/a.png and in x/a.svg; wanted one"),
    ])
    func `an error is one line: where, what was found, what was wanted`(error: DatasetError, message: String) {
        #expect("\(error)" == message)
    }

    @Test(arguments: [
        ([], "the source has 0; wanted"), (["ant"], "the source has 1 (ant); wanted"),
        (["ant", "bee", "cat"], "the source has 3 (ant, bee, cat); wanted"),
        (["ant", "bee", "cat", "dog"], "the source has 4 (ant, bee, cat, …); wanted"),
    ])
    func `up to three words of a source are named`(words: [String], part: String) {
        let test = DatasetError.noCategories(split: .test, found: words)
        let train = DatasetError.noCategories(split: .train, found: words)
        #expect("\(test)" == "no categories left for test: \(part) at least 2, or no test masks")
        #expect("\(train)" == "no categories left for train: \(part) 1")
    }

    @Test func `a file's error is wrapped, with nothing lost`() {
        let cause = FileError("a", "cannot be opened")
        #expect(throws: DatasetError.file(cause)) {
            try DatasetError.wrapping { () throws(FileError) in throw cause }
        }
    }
}
