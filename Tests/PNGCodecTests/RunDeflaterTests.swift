import MaskModel
import Testing

@testable import PNGCodec

/// A deflater, and the bytes that it was given.
private struct Recording: ~Copyable {
    var deflater = RunDeflater()
    var bytes: [UInt8] = []

    mutating func run(_ value: UInt8, count: Int) {
        deflater.run(value, count: count)
        bytes += [UInt8](repeating: value, count: count)
    }

    mutating func copy(distance: Int, length: Int) {
        for _ in 0..<length { bytes.append(bytes[bytes.count - distance]) }
        deflater.copy(distance: distance, length: length, last: bytes[bytes.count - 1])
    }

    /// What zlib makes of the stream.
    mutating func inflatedBytes() -> [UInt8]? {
        let sum = Int(plainAdler(bytes))
        return inflated([0x78, 0x01] + deflater.takeBytes(isLast: true) + bigEndianBytes(sum), count: bytes.count)
    }
}

@Suite struct RunDeflaterTests {
    @Test func `nothing is a stream too`() {
        var recording = Recording()
        #expect(recording.inflatedBytes() == [])
    }

    @Test func `a run of no bytes adds none`() {
        var recording = Recording()
        recording.run(7, count: 0)
        recording.run(0, count: 0)
        recording.run(1, count: 2)
        recording.run(9, count: 0)
        #expect(recording.inflatedBytes() == [1, 1])
    }

    @Test(arguments: [0, 1, 255] as [UInt8])
    func `a run of any length is read back`(value: UInt8) {
        // Every length of a match, and every remainder behind matches of 258.
        for count in Array(1...270) + [513, 514, 515, 516, 517, 518, 519, 774, 775, 776, 777, 10_000] {
            var recording = Recording()
            recording.run(value, count: count)
            #expect(recording.inflatedBytes() == [UInt8](repeating: value, count: count), "\(count) bytes")
        }
    }

    @Test func `runs of every byte are read back`() {
        var recording = Recording()
        for value in UInt8.min...UInt8.max { recording.run(value, count: Int(value) % 7 + 1) }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test(arguments: [3, 4, 5, 8, 9, 64, 65, 257, 258, 259, 1024, 1025, 12_289, 24_576, 24_577, 32_767, 32_768])
    func `a copy from any distance is read back`(distance: Int) {
        var recording = Recording()
        for index in 0..<distance / 3 + 1 { recording.run(UInt8(truncatingIfNeeded: index * index), count: 3) }
        recording.copy(distance: distance, length: 300)
        recording.run(recording.bytes[recording.bytes.count - 1], count: 5)
        recording.copy(distance: distance, length: 3)
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test(arguments: 0..<60)
    func `runs and copies in any order are read back`(seed: Int) {
        var random = RandomStream(seed: 13, use: .strokeChoice, index: UInt64(seed))
        var recording = Recording()
        for _ in 0..<1 + random.uniform(below: 60) {
            if recording.bytes.count >= 3, random.uniform(below: 3) == 0 {
                let distance = 1 + random.uniform(below: min(recording.bytes.count, RunDeflater.maximumDistance))
                recording.copy(distance: distance, length: 3 + random.uniform(below: 700))
            } else {
                let value = [0, 255, UInt8(random.uniform(below: 256))][random.uniform(below: 3)]
                recording.run(value, count: random.uniform(below: [4, 300][random.uniform(below: 2)]))
            }
        }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `more tokens than a block has go into several blocks`() {
        var random = RandomStream(seed: 14, use: .strokeChoice, index: 0)
        var recording = Recording()
        // Each run becomes a literal and a match; a block has 32,768 tokens.
        for _ in 0..<40_000 { recording.run(UInt8(random.uniform(below: 256)), count: 1 + random.uniform(below: 5)) }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `the stream of a run is in proportion to its matches`() {
        var deflater = RunDeflater()
        deflater.run(0, count: 258_001)
        let stream = deflater.takeBytes(isLast: true)
        // A thousand matches of one bit for the length and one for the distance, and a head.
        #expect(stream.count < 300)
    }
}
