import MaskModel
import Testing

@testable import Deflate

/// Bits as bytes, the first bit lowest, and zeros behind the last.
private func packed(_ bits: [UInt64]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
        (0..<min(8, bits.count - start)).reduce(0) { $0 | UInt8(bits[start + $1]) << UInt8($1) }
    }
}

@Suite struct BitWriterTests {
    @Test func `the first bit is the lowest`() {
        var writer = BitWriter()
        writer.write(0b1, count: 1)
        writer.write(0b10, count: 2)
        writer.write(0b11111, count: 5)
        writer.write(0b101, count: 3)
        writer.alignToByte()
        let bytes = writer.takenBytes()
        #expect(bytes == [0b1111_1101, 0b0000_0101])
    }

    @Test func `bits that fill no byte wait for more`() {
        var writer = BitWriter()
        writer.write(0x1FF, count: 9)
        let first = writer.takenBytes()
        writer.write(0, count: 7)
        let second = writer.takenBytes()
        #expect(first == [0xFF])
        #expect(second == [0x01])
    }

    @Test func `aligning whole bytes adds nothing`() {
        var writer = BitWriter()
        writer.alignToByte()
        writer.write(0xAB, count: 8)
        writer.alignToByte()
        #expect(writer.takenBytes() == [0xAB])
    }

    @Test func `removed bits are not written`() {
        var writer = BitWriter()
        writer.write(0xFFFF_FFFF_FFFF, count: 48)
        writer.write(0b111, count: 3)
        writer.removeAll()
        writer.write(0x01, count: 8)
        #expect(writer.takenBytes() == [0x01])
    }

    @Test(arguments: 0..<30)
    func `values of any length up to 56 bits follow each other`(seed: Int) {
        var random = RandomStream(seed: 21, use: .strokeChoice, index: UInt64(seed))
        var writer = BitWriter()
        var bits: [UInt64] = []
        var bytes: [UInt8] = []
        // More than the initial room; bytes are taken now and then.
        for _ in 0..<4000 {
            let count = random.uniform(below: 57)
            let value = random.next() & ((1 << UInt64(count)) - 1)
            writer.write(value, count: count)
            bits += (0..<count).map { value >> UInt64($0) & 1 }
            if random.uniform(below: 900) == 0 { bytes += writer.takenBytes() }
        }
        writer.alignToByte()
        bytes += writer.takenBytes()
        #expect(bytes == packed(bits))
    }
}

extension BitWriter {
    fileprivate mutating func write(_ value: UInt64, count: Int) {
        var cursor = cursor(roomFor: count)
        cursor.write(value, count: UInt64(count))
        advance(to: cursor)
    }

    fileprivate mutating func takenBytes() -> [UInt8] {
        var bytes: [UInt8] = []
        takeBytes(into: &bytes)
        return bytes
    }
}
