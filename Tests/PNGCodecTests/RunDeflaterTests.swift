import MaskModel
import Testing

@testable import PNGCodec

/// A deflater, and the bytes that it was given.
private struct Recording: ~Copyable {
    var deflater = RunDeflater()
    var bytes: [UInt8] = []
    let farDistance: Int

    init(_ form: RunToken.Form = .run, farDistance: Int = RunDeflater.maximumDistance) {
        self.farDistance = farDistance
        deflater.begin(form, farDistance: form == .run ? farDistance : 1)
    }

    mutating func byte(_ value: UInt8, zeros: Int) {
        var runs = deflater.runs(roomFor: 1)
        runs.append(value, count: 1 + zeros)
        deflater.advance(to: runs)
        bytes += [value] + [UInt8](repeating: 0, count: zeros)
    }

    mutating func run(_ value: UInt8, count: Int) {
        deflater.run(value, count: count)
        bytes += [UInt8](repeating: value, count: count)
    }

    mutating func copy(length: Int) {
        for _ in 0..<length { bytes.append(bytes[bytes.count - farDistance]) }
        deflater.copy(length: length)
    }

    /// What zlib makes of the stream.
    mutating func inflatedBytes() -> [UInt8]? {
        var stream: [UInt8] = [0x78, 0x01]
        deflater.takeBytes(isLast: true, into: &stream)
        return inflated(stream + bigEndianBytes(Int(plainAdler(bytes))), count: bytes.count)
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

    @Test(arguments: [0, 1, 255] as [UInt8])
    func `a byte with any number of zeros behind is read back`(value: UInt8) {
        for zeros in Array(0...270) + [513, 514, 515, 516, 517, 518, 519, 774, 775, 776, 777, 10_000, 8_388_606] {
            var recording = Recording(.zeros)
            recording.byte(value, zeros: zeros)
            #expect(recording.inflatedBytes() == [value] + [UInt8](repeating: 0, count: zeros), "\(zeros) zeros")
        }
    }

    @Test(arguments: 0..<60)
    func `bytes with zeros behind in any order are read back`(seed: Int) {
        var random = RandomStream(seed: 17, use: .strokeChoice, index: UInt64(seed))
        var recording = Recording(.zeros)
        // From a few tokens to two blocks of them; rare bytes have the longest codes.
        for _ in 0..<1 + random.uniform(below: [40, 2_000, 60_000][seed % 3]) {
            let value = random.uniform(below: [2, 5, 256][random.uniform(below: 3)])
            recording.byte(UInt8(value), zeros: random.uniform(below: [1, 5, 70, 600][random.uniform(below: 4)]))
        }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `runs of every byte are read back`() {
        var recording = Recording()
        for value in UInt8.min...UInt8.max { recording.run(value, count: Int(value) % 7 + 1) }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test(arguments: [3, 4, 5, 8, 9, 64, 65, 257, 258, 259, 1024, 1025, 12_289, 24_576, 24_577, 32_767, 32_768])
    func `a copy from any distance is read back`(distance: Int) {
        var recording = Recording(farDistance: distance)
        for index in 0..<distance / 3 + 1 { recording.run(UInt8(truncatingIfNeeded: index * index), count: 3) }
        recording.copy(length: 300)
        recording.run(recording.bytes[recording.bytes.count - 1], count: 5)
        recording.copy(length: 3)
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test(arguments: 0..<60)
    func `runs and copies in any order are read back`(seed: Int) {
        var random = RandomStream(seed: 13, use: .strokeChoice, index: UInt64(seed))
        var recording = Recording(farDistance: 3 + random.uniform(below: 600))
        for _ in 0..<1 + random.uniform(below: 60) {
            if recording.bytes.count >= recording.farDistance, random.uniform(below: 3) == 0 {
                recording.copy(length: 3 + random.uniform(below: 700))
            } else {
                let value = [0, 255, UInt8(random.uniform(below: 256))][random.uniform(below: 3)]
                recording.run(value, count: random.uniform(below: [4, 300][random.uniform(below: 2)]))
            }
        }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    /// A token has 23 bits for the count.
    @Test(arguments: [8_388_607, 8_388_608, 8_388_609, 8_388_610, 20_000_000])
    func `a run or a copy longer than a token takes several`(length: Int) {
        var recording = Recording(farDistance: 5)
        recording.run(3, count: length)
        recording.run(4, count: 2)
        recording.copy(length: length)
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `a deflater that made other streams makes the same as a new one`() {
        var used = RunDeflater()
        used.begin(farDistance: 7)
        for value in UInt8.min...UInt8.max { used.run(value, count: 3) }
        used.copy(length: 40)
        var old: [UInt8] = []
        used.takeBytes(isLast: true, into: &old)
        used.begin(farDistance: 4)
        var new = RunDeflater()
        new.begin(farDistance: 4)
        var (first, second): ([UInt8], [UInt8]) = ([], [])
        used.run(9, count: 4)
        used.copy(length: 5)
        used.takeBytes(isLast: true, into: &first)
        new.run(9, count: 4)
        new.copy(length: 5)
        new.takeBytes(isLast: true, into: &second)
        #expect(first == second)
    }

    @Test func `more tokens than a block has go into several blocks`() {
        var random = RandomStream(seed: 14, use: .strokeChoice, index: 0)
        var recording = Recording()
        // A block has 32,768 runs.
        for _ in 0..<40_000 { recording.run(UInt8(random.uniform(below: 256)), count: 1 + random.uniform(below: 5)) }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `the stream of a run is in proportion to its matches`() {
        var deflater = RunDeflater()
        deflater.run(0, count: 258_001)
        var stream: [UInt8] = []
        deflater.takeBytes(isLast: true, into: &stream)
        // A thousand matches of one bit for the length and one for the distance, and a head.
        #expect(stream.count < 300)
    }
}
