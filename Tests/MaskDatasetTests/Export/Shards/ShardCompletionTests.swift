import FileAccess
import MaskSamples
import SystemPackage
import Testing

@testable import MaskDataset

struct ShardCompletionTests {
    private static let record: ShardCompletion = {
        var record = ShardCompletion(plan: "0123456789abcdef", shard: 7, run: "node-12-00ff")
        record.totals = MaskTotals(masks: 2, strokes: 9, holeRatioSum: 3456)
        record.files = [
            ShardCompletion.File(
                path: "train/00000_train.png", size: 3, digest: SHA256.value(of: Array("abc".utf8).span.bytes)),
            ShardCompletion.File(path: "svg/train/a b.svg", size: 0, digest: SHA256.value(of: [UInt8]().span.bytes)),
        ]
        return record
    }()

    @Test func `a record's file says what the record says`() throws {
        let record = Self.record
        let text = String(decoding: record.bytes, as: UTF8.self)
        let body = """
            {"format":"qd-imd-shard/1","plan":"0123456789abcdef","shard":7,"run":"node-12-00ff","masks":2,"strokes":9,\
            "hole_ratio_sum":3456,"files":2}
            ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 train/00000_train.png
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 svg/train/a b.svg

            """
        #expect(text == body + SHA256.digest(of: Array(body.utf8)) + "\n")
        #expect(try ShardCompletion(record.bytes, at: "r") == record)
    }

    @Test func `a record that was cut off is refused, wherever it ends`() {
        let bytes = Self.record.bytes
        let accepted = (0..<bytes.count).filter { count in
            complaint { _ = try ShardCompletion(Array(bytes.prefix(count)), at: "r") } == nil
        }
        #expect(accepted == [])
    }

    @Test func `a record with any other byte is refused`() {
        let bytes = Self.record.bytes
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            let message = complaint { _ = try ShardCompletion(changed, at: "r") }
            #expect(message == "r: is incomplete or was changed; expected a completion record as it was written")
        }
    }

    @Test func `a record with a line less or twice is refused`() {
        let lines = Self.record.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for index in lines.indices.dropLast() {
            var (fewer, more) = (lines, lines)
            fewer.remove(at: index)
            more.insert(lines[index], at: index)
            for changed in [fewer, more] {
                #expect(complaint { _ = try ShardCompletion(Array(changed.joined(separator: [0x0A])), at: "r") } != nil)
            }
        }
    }

    @Test(arguments: ["../run", "", ".", "..", "a/b"]) func `a run that is a path is refused`(run: String) {
        let record = ShardCompletion(plan: "p", shard: 0, run: run)
        #expect(complaint { _ = try ShardCompletion(record.bytes, at: "r") } != nil)
    }

    @Test(arguments: ["/etc/passwd", "a/../../b", "a//b", ""]) func `a file outside the run is refused`(path: String) {
        var record = ShardCompletion(plan: "p", shard: 0, run: "r")
        record.files = [ShardCompletion.File(path: path, size: 0, digest: SHA256.value(of: [UInt8]().span.bytes))]
        #expect(complaint { _ = try ShardCompletion(record.bytes, at: "r") } != nil)
    }

    @Test func `totals add up, and the mean is over the masks, and 0 of none`() {
        var totals = MaskTotals(masks: 1, strokes: 2, holeRatioSum: 3)
        totals += MaskTotals(masks: 10, strokes: 20, holeRatioSum: 30)
        #expect(totals == MaskTotals(masks: 11, strokes: 22, holeRatioSum: 33))
        #expect(MaskTotals(masks: 4, strokes: 0, holeRatioSum: 5000).meanHoleRatio == 0.125)
        #expect(MaskTotals().meanHoleRatio == 0)
    }
}
