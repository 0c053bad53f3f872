import MaskModel
import Testing

@testable import PNGCodec

/// Bits as bytes, the first bit lowest, and zeros behind the last.
private func packed(_ bits: [UInt64]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
        (0..<min(8, bits.count - start)).reduce(0) { $0 | UInt8(bits[start + $1]) << UInt8($1) }
    }
}

@Suite struct BitWriterTests {
    @Test func `the first bit is the lowest`() {
        var writer = BitWriter()
        writer.reserve(bits: 16)
        writer.write(0b1, count: 1)
        writer.write(0b10, count: 2)
        writer.write(0b11111, count: 5)
        writer.write(0b101, count: 3)
        writer.alignToByte()
        let bytes = writer.takeBytes()
        #expect(bytes == [0b1111_1101, 0b0000_0101])
    }

    @Test func `bits that fill no byte wait for more`() {
        var writer = BitWriter()
        writer.reserve(bits: 16)
        writer.write(0x1FF, count: 9)
        let first = writer.takeBytes()
        writer.reserve(bits: 16)
        writer.write(0, count: 7)
        let second = writer.takeBytes()
        #expect(first == [0xFF])
        #expect(second == [0x01])
    }

    @Test func `aligning whole bytes adds nothing`() {
        var writer = BitWriter()
        writer.alignToByte()
        writer.reserve(bits: 8)
        writer.write(0xAB, count: 8)
        writer.alignToByte()
        #expect(writer.takeBytes() == [0xAB])
    }

    @Test func `what is forgotten is not written`() {
        var writer = BitWriter()
        writer.reserve(bits: 64)
        writer.write(0xFFFF_FFFF, count: 32)
        writer.write(0b111, count: 3)
        writer.removeAll()
        writer.reserve(bits: 8)
        writer.write(0x01, count: 8)
        #expect(writer.takeBytes() == [0x01])
    }

    @Test(arguments: 0..<30)
    func `values of any length up to 32 bits stand one behind the other`(seed: Int) {
        var random = RandomStream(seed: 21, use: .strokeChoice, index: UInt64(seed))
        var writer = BitWriter()
        var bits: [UInt64] = []
        var bytes: [UInt8] = []
        // More than the room it begins with, and some takings on the way.
        for _ in 0..<4000 {
            let count = random.uniform(below: 33)
            let value = random.next() & ((1 << UInt64(count)) - 1)
            writer.reserve(bits: count)
            writer.write(value, count: count)
            bits += (0..<count).map { value >> UInt64($0) & 1 }
            if random.uniform(below: 900) == 0 { bytes += writer.takeBytes() }
        }
        writer.alignToByte()
        bytes += writer.takeBytes()
        #expect(bytes == packed(bits))
    }
}
