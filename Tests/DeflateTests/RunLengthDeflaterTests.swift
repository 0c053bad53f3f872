import MaskModel
import Testing
import ZlibReference

@testable import Deflate

/// A deflater, and the bytes that it was given.
private struct Recording: ~Copyable {
    var deflater = RunLengthDeflater()
    var bytes: [UInt8] = []
    let copyDistance: Int

    init(_ form: RunToken.Form = .literalAndRepeats, copyDistance: Int = RunLengthDeflater.maximumDistance) {
        self.copyDistance = copyDistance
        deflater.begin(form, copyDistance: form == .literalAndZeros ? 1 : copyDistance)
    }

    mutating func byte(_ value: UInt8, zeros: Int) {
        append(RunToken(head: Int(value), tail: zeros))
        bytes += [value] + [UInt8](repeating: 0, count: zeros)
    }

    mutating func blackAndWhite(_ black: Int, _ white: Int) {
        append(RunToken(head: black, tail: white))
        bytes += [UInt8](repeating: 0, count: black) + [UInt8](repeating: 255, count: white)
    }

    mutating func run(_ value: UInt8, count: Int) {
        deflater.appendRun(value, count: count)
        bytes += [UInt8](repeating: value, count: count)
    }

    mutating func copy(length: Int) {
        let (start, end) = (bytes.count - copyDistance, bytes.count + length)
        // What was copied is copied again, up to twice as many bytes each time.
        while bytes.count < end { bytes += Array(bytes[start..<min(bytes.count, start + end - bytes.count)]) }
        append(RunToken(copyOf: length))
    }

    private mutating func append(_ token: RunToken) {
        deflater.append(token)
    }

    /// What zlib makes of the stream.
    mutating func inflatedBytes() -> [UInt8]? {
        var stream: [UInt8] = [0x78, 0x01]
        deflater.takeBytes(isLast: true, into: &stream)
        return inflated(stream + bigEndianBytes(Int(zlibAdler(of: bytes))), count: bytes.count)
    }
}

@Suite struct RunLengthDeflaterTests {
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
            var recording = Recording(.literalAndZeros)
            recording.byte(value, zeros: zeros)
            #expect(recording.inflatedBytes() == [value] + [UInt8](repeating: 0, count: zeros), "\(zeros) zeros")
        }
    }

    @Test(arguments: 0..<60)
    func `bytes with zeros behind in any order are read back`(seed: Int) {
        var random = RandomStream(seed: 17, use: .strokeChoice, index: UInt64(seed))
        var recording = Recording(.literalAndZeros)
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
        var recording = Recording(copyDistance: distance)
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
        var recording = Recording(copyDistance: 3 + random.uniform(below: 600))
        for _ in 0..<1 + random.uniform(below: 60) {
            if recording.bytes.count >= recording.copyDistance, random.uniform(below: 3) == 0 {
                recording.copy(length: 3 + random.uniform(below: 700))
            } else {
                let value = [0, 255, UInt8(random.uniform(below: 256))][random.uniform(below: 3)]
                recording.run(value, count: random.uniform(below: [4, 300][random.uniform(below: 2)]))
            }
        }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `a run, a copy, or a head and a tail can be of many bytes`() {
        let length = 20_000_000
        var recording = Recording(copyDistance: 5)
        recording.run(3, count: length)
        recording.run(4, count: 2)
        recording.copy(length: length)
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
        var masks = Recording(.blackAndWhite)
        masks.blackAndWhite(length, length)
        let expectedOfMasks = masks.bytes
        #expect(masks.inflatedBytes() == expectedOfMasks)
    }

    @Test(arguments: 0..<60)
    func `black and white stretches and copies in any order are read back`(seed: Int) {
        var random = RandomStream(seed: 18, use: .strokeChoice, index: UInt64(seed))
        var recording = Recording(.blackAndWhite, copyDistance: 3 + random.uniform(below: 600))
        // From a few tokens to two blocks of them.
        for _ in 0..<1 + random.uniform(below: [40, 2_000, 30_000][seed % 3]) {
            if recording.bytes.count >= recording.copyDistance, random.uniform(below: 8) == 0 {
                recording.copy(length: 3 + random.uniform(below: 700))
            } else {
                let limit = [2, 5, 40, 300, 1100, 3000][random.uniform(below: 6)]
                recording.blackAndWhite(random.uniform(below: limit), random.uniform(below: limit))
            }
        }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `every length of a black and of a white stretch is read back`() {
        var recording = Recording(.blackAndWhite)
        for count in 0...1100 {
            recording.blackAndWhite(count, 1)
            recording.blackAndWhite(1, count)
        }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `a deflater that made other streams makes the same as a new one`() {
        var used = RunLengthDeflater()
        used.begin(.literalAndRepeats, copyDistance: 7)
        for value in UInt8.min...UInt8.max { used.appendRun(value, count: 3) }
        used.append(RunToken(copyOf: 40))
        var old: [UInt8] = []
        used.takeBytes(isLast: true, into: &old)
        used.begin(.literalAndRepeats, copyDistance: 4)
        var new = RunLengthDeflater()
        new.begin(.literalAndRepeats, copyDistance: 4)
        var (first, second): ([UInt8], [UInt8]) = ([], [])
        used.appendRun(9, count: 4)
        used.append(RunToken(copyOf: 5))
        used.takeBytes(isLast: true, into: &first)
        new.appendRun(9, count: 4)
        new.append(RunToken(copyOf: 5))
        new.takeBytes(isLast: true, into: &second)
        #expect(first == second)
    }

    @Test func `more tokens than a block has go into several blocks`() {
        var random = RandomStream(seed: 14, use: .strokeChoice, index: 0)
        var recording = Recording()
        // A block has 16,384 tokens.
        for _ in 0..<40_000 { recording.run(UInt8(random.uniform(below: 256)), count: 1 + random.uniform(below: 5)) }
        let expected = recording.bytes
        #expect(recording.inflatedBytes() == expected)
    }

    @Test func `the stream of a run is in proportion to its matches`() {
        var deflater = RunLengthDeflater()
        deflater.appendRun(0, count: 258_001)
        var stream: [UInt8] = []
        deflater.takeBytes(isLast: true, into: &stream)
        // A thousand matches of one bit for the length and one for the distance, and a head.
        #expect(stream.count < 300)
    }
}
