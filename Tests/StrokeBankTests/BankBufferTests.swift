@testable import StrokeBank
import Testing

import QuickDraw

struct BankBufferTests {
    @Test func `memory does not grow with the number of words`() {
        var chunks = BankBuffer()
        for word in 0..<60 {
            var drawing = Drawing()
            drawing.word = "word \(word)"
            for _ in 0..<1000 { drawing.append(x: 1, y: 2) }
            drawing.endStroke()
            for _ in 0..<500 { chunks.add(drawing) }
            #expect(chunks.byteCount > 1_000_000)
            #expect(chunks.capacity < BankBuffer.memoryLimit + (4 << 20))
            chunks.removeAll()
            #expect(chunks.byteCount == 0)
            #expect(chunks.capacity <= BankBuffer.memoryLimit)
        }
    }
}
