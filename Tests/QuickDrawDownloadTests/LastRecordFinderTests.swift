import QuickDraw
import Testing

@testable import QuickDrawDownload

struct LastRecordFinderTests {
    /// The end of the sample if the bytes are scanned in chunks of `length`.
    private func end(of bytes: [UInt8], _ format: PublishedFormat, parts length: Int) -> Int {
        var finder = LastRecordFinder(format)
        for start in stride(from: 0, to: bytes.count, by: length) {
            finder.scan(Array(bytes[start..<min(start + length, bytes.count)]))
        }
        return finder.end
    }

    /// A binary record with strokes of these numbers of points; its other bytes are implausible as counts.
    private func record(_ strokes: [Int]) -> [UInt8] {
        func two(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8)] }
        return [UInt8](repeating: 0xEE, count: 15) + two(strokes.count)
            + strokes.flatMap { two($0) + [UInt8](repeating: 0xEE, count: 2 * $0) }
    }

    @Test(arguments: [1, 2, 5, 100])
    func `text is cut behind its last line end`(length: Int) {
        #expect(end(of: Array("ab\ncd\nef".utf8), .simplified, parts: length) == 6)
        #expect(end(of: Array("ab\ncd\n".utf8), .raw, parts: length) == 6)
    }

    @Test func `text without a line end has no whole line`() {
        #expect(end(of: Array("abc".utf8), .simplified, parts: 2) == 0)
        #expect(LastRecordFinder(.simplified).end == 0)
    }

    @Test func `records are cut behind the last whole one, wherever the bytes end and in whatever parts they come`() {
        let records = [record([3]), record([]), record([1, 300, 2]), record([2, 2])]
        let bytes = records.flatMap(\.self)
        for count in 0...bytes.count {
            var expected = 0
            for record in records {
                if expected + record.count > count { break }
                expected += record.count
            }
            for length in [1, 7, 64, 1000] {
                let found = end(of: Array(bytes[..<count]), .binary, parts: length)
                #expect(found == expected, "of \(count) bytes in parts of \(length)")
            }
        }
    }
}
