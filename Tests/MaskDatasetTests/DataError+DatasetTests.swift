import FileAccess
import MaskModel
import QuickDraw
import SystemPackage
import Testing

@testable import MaskDataset

struct DatasetErrorTests {
    @Test(arguments: [
        (DataError.file(DataError("out", "is a folder; expected a file")), "out: is a folder; expected a file"),
        (
            .source(.noDrawings(path: "in", expected: "a folder with .ndjson or .bin files, gzipped or not")),
            "in: no drawings; expected a folder with .ndjson or .bin files, gzipped or not"
        ),
        (.mask(path: "a.jsonl", line: 12, problem: "not a mask"), "a.jsonl:12: not a mask"),
        (.mask(path: "a.json", line: nil, problem: "not a mask"), "a.json: not a mask"),
        (.rasterizer("00000_train: out of memory"), "00000_train: out of memory"),
        (
            .noHole(id: "00009_test", attempts: 5),
            "00009_test: no hole in 5 attempts; expected wider strokes or a larger canvas"
        ),
        (
            .outputExists("out", holding: "a dataset", expected: "another folder"),
            "out: holds a dataset; expected another folder"
        ),
        (
            .planDiffers("out/dataset.json", member: "seed", stored: "0", expected: "1"),
            "out/dataset.json: was begun with seed = 0, not 1; expected the same, or another folder"
        ),
        (.nothingToDo("in", expected: "masks (.svg)"), "in: nothing to read; expected masks (.svg)"),
        (.sameName("a", "x/a.png", "x/a.svg"), "two masks are named a: in x/a.png and in x/a.svg; expected one"),
    ])
    func `an error is one line: where, what was found, what was expected`(error: DataError, message: String) {
        #expect("\(error)" == message)
    }

    @Test(arguments: [
        ([], "the source has 0; expected"), (["ant"], "the source has 1 (ant); expected"),
        (["ant", "bee", "cat"], "the source has 3 (ant, bee, cat); expected"),
        (["ant", "bee", "cat", "dog"], "the source has 4 (ant, bee, cat, …); expected"),
    ])
    func `up to three words of a source are named`(words: [String], part: String) {
        let test = DataError.noCategories(split: .test, found: words)
        let train = DataError.noCategories(split: .train, found: words)
        #expect("\(test)" == "no categories left for test: \(part) at least 2, or no test masks")
        #expect("\(train)" == "no categories left for train: \(part) 1")
    }

    @Test func `a file's error is wrapped, with nothing lost`() {
        let cause = DataError("a", "cannot be opened")
        #expect(throws: DataError.file(cause)) {
            try DataError.wrapping { () throws(DataError) in throw cause }
        }
    }
}
