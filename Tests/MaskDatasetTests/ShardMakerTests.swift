import MaskModel
import Testing

@testable import MaskDataset

struct ShardMakerTests {
    @Test func `a record's file says what the record says`() throws {
        let record = ShardRecord(masks: 250, strokes: 1234, holeRatioSum: 567_890, vectorBytes: 98_765)
        let read = try #require(ShardRecord(record.json))
        #expect(read == record)
        let text = String(decoding: record.json, as: UTF8.self)
        #expect(text == #"{"masks":250,"strokes":1234,"hole_ratio_sum":567890,"vector_bytes":98765}"# + "\n")
    }

    @Test func `a record that was cut off is none, wherever it ends`() {
        let record = ShardRecord(masks: 250, strokes: 1234, holeRatioSum: 567_890, vectorBytes: 98_765)
        // Without the line end it is still whole.
        let accepted = (0..<record.json.count - 1).filter { ShardRecord(Array(record.json.prefix($0))) != nil }
        #expect(accepted == [])
    }

    @Test(arguments: ["masks", "strokes", "hole_ratio_sum", "vector_bytes"])
    func `a record without a member is none`(member: String) {
        let text = String(decoding: ShardRecord().json, as: UTF8.self).replacing(member, with: "another")
        #expect(ShardRecord(Array(text.utf8)) == nil)
    }

    @Test(arguments: ["0.5", "\"0\"", "null", "[]"])
    func `a record whose counts are no whole numbers is none`(
        value: String
    ) {
        let text = String(decoding: ShardRecord().json, as: UTF8.self).replacing(":0,", with: ":\(value),")
        #expect(ShardRecord(Array(text.utf8)) == nil)
    }

    @Test(arguments: [[], [0], Array("[1,2,3,4]".utf8), Array(repeating: 0, count: 4096)])
    func `a record of other bytes is none`(bytes: [UInt8]) {
        #expect(ShardRecord(bytes) == nil)
    }

    @Test func `records add up`() {
        let first = ShardRecord(masks: 1, strokes: 2, holeRatioSum: 3, vectorBytes: 4)
        let second = ShardRecord(masks: 10, strokes: 20, holeRatioSum: 30, vectorBytes: 40)
        #expect(first + second == ShardRecord(masks: 11, strokes: 22, holeRatioSum: 33, vectorBytes: 44))
    }

    @Test func `the mean is over the masks, and 0 of none`() {
        #expect(ShardRecord(masks: 4, holeRatioSum: 5000).meanHoleRatio == 0.125)
        #expect(ShardRecord().meanHoleRatio == 0)
    }
}

extension ShardRecord {
    fileprivate init(masks: Int, strokes: Int = 0, holeRatioSum: Int, vectorBytes: Int = 0) {
        self.init()
        self.masks = masks
        self.strokes = strokes
        self.holeRatioSum = holeRatioSum
        self.vectorBytes = vectorBytes
    }
}
