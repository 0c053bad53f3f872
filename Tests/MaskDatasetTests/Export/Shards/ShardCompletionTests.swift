import JSONText
import Testing

@testable import MaskDataset

struct ShardRecordTests {
    @Test func `a record's file says what the record says`() throws {
        let record = ShardCompletion(masks: 250, strokes: 1234, holeRatioSum: 567_890, fileBytes: 98_765)
        let read = try #require(ShardCompletion(bytes: record.json))
        #expect(read == record)
        let text = String(decoding: record.json, as: UTF8.self)
        #expect(text == #"{"masks":250,"strokes":1234,"hole_ratio_sum":567890,"file_bytes":98765}"# + "\n")
    }

    @Test func `a record that was cut off is none, wherever it ends`() {
        let record = ShardCompletion(masks: 250, strokes: 1234, holeRatioSum: 567_890, fileBytes: 98_765)
        // Without the line end it is still complete.
        let accepted = (0..<record.json.count - 1).filter {
            ShardCompletion(bytes: Array(record.json.prefix($0))) != nil
        }
        #expect(accepted == [])
    }

    @Test(arguments: ["masks", "strokes", "hole_ratio_sum", "file_bytes"])
    func `a record without a member is none`(member: String) {
        let text = String(decoding: ShardCompletion().json, as: UTF8.self).replacing(member, with: "another")
        #expect(ShardCompletion(bytes: Array(text.utf8)) == nil)
    }

    @Test(arguments: ["0.5", "\"0\"", "null", "[]"])
    func `a record whose counts are no whole numbers is none`(
        value: String
    ) {
        let text = String(decoding: ShardCompletion().json, as: UTF8.self).replacing(":0,", with: ":\(value),")
        #expect(ShardCompletion(bytes: Array(text.utf8)) == nil)
    }

    @Test(arguments: [[], [0], Array("[1,2,3,4]".utf8), Array(repeating: 0, count: 4096)])
    func `a record of other bytes is none`(bytes: [UInt8]) {
        #expect(ShardCompletion(bytes: bytes) == nil)
    }

    @Test func `records add up`() {
        let first = ShardCompletion(masks: 1, strokes: 2, holeRatioSum: 3, fileBytes: 4)
        let second = ShardCompletion(masks: 10, strokes: 20, holeRatioSum: 30, fileBytes: 40)
        #expect(first + second == ShardCompletion(masks: 11, strokes: 22, holeRatioSum: 33, fileBytes: 44))
    }

    @Test func `the mean is over the masks, and 0 of none`() {
        #expect(ShardCompletion(masks: 4, holeRatioSum: 5000).meanHoleRatio == 0.125)
        #expect(ShardCompletion().meanHoleRatio == 0)
    }
}

extension ShardCompletion {
    fileprivate init?(bytes: [UInt8]) {
        var parser = JSONParser()
        self.init(bytes.span.bytes, with: &parser)
    }

    fileprivate init(masks: Int, strokes: Int = 0, holeRatioSum: Int, fileBytes: Int = 0) {
        self.init()
        self.masks = masks
        self.strokes = strokes
        self.holeRatioSum = holeRatioSum
        self.fileBytes = fileBytes
    }
}
