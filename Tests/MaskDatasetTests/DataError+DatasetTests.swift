import FileAccess
import MaskModel
import QuickDraw
import SystemPackage
import Testing

@testable import MaskDataset

struct DatasetErrorTests {
    @Test(arguments: [
        (DataError.mask(path: "a.jsonl", line: 12, problem: "not a mask"), "a.jsonl:12: not a mask"),
        (.mask(path: "a.json", line: nil, problem: "not a mask"), "a.json: not a mask"),
        (.rasterizer("00000_train: out of memory"), "00000_train: out of memory"),
        (
            .noHole(id: "00009_test", attempts: 5),
            "00009_test: no hole in 5 attempts; expected wider strokes or a larger canvas"
        ),
        (
            .outputExists("out", holding: "a dataset", expected: "another folder"),
            "out: contains a dataset; expected another folder"
        ),
        (.nothingToDo("in", expected: "masks (.svg)"), "in: nothing to read; expected masks (.svg)"),
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
        #expect("\(train)" == "no categories left for train: \(part) at least 1")
    }

    @Test func `an error of another module gets the path, an error with a path is unchanged`() {
        let cause = DataError("a", "cannot be opened")
        #expect(throws: cause) { try FilePath("b").locating { throw cause } }
        #expect(throws: DataError("b", line: 3, "no hole")) { try FilePath("b").locating(line: 3) { throw Problem() } }
    }

    private struct Problem: Error, CustomStringConvertible {
        let description = "no hole"
    }
}
