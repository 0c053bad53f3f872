import MaskModel
import MaskSamples
import Testing

@testable import MaskRaster

@Suite struct SpanBufferTests {
    @Test func `spans that overlap or are adjacent become one`() {
        var buffer = SpanBuffer()
        buffer.reset(rowCount: 2)
        for (first, last) in [(5, 7), (0, 1), (8, 9), (3, 3), (2, 2)] {
            buffer.add { $0.fill(from: first, to: last, row: 1) }
        }
        var spans: [PixelSpan] = []
        buffer.forEachSpan(inRow: 0) { spans.append($0) }
        buffer.forEachSpan(inRow: 1) { spans.append($0) }
        #expect(spans == [PixelSpan(start: 0, end: 4), PixelSpan(start: 5, end: 10)])
    }

    @Test(arguments: [1, 3, 40, 700])
    func `any number of spans in a row, in any order, become their union`(count: Int) {
        let width = 3000
        var buffer = SpanBuffer()
        buffer.reset(rowCount: 300)
        var expected = [[Bool]](repeating: [Bool](repeating: false, count: width), count: 3)
        var state: UInt64 = 7
        func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<count {
            let row = next(below: 3)
            let first = next(below: width - 4)
            let last = first + next(below: 4)
            for x in first...last { expected[row][x] = true }
            buffer.add { $0.fill(from: first, to: last, row: row) }
        }
        let mask = SpanMask(size: .px(width, 300), &buffer)
        for row in 0..<3 {
            #expect((0..<width).allSatisfy { mask[$0, row] == expected[row][$0] })
        }
        #expect((3..<300).allSatisfy { mask.spans(ofRow: $0).isEmpty })
    }
}
