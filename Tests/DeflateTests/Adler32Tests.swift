import MaskModel
import Testing
import ZlibReference

@testable import Deflate

@Suite struct Adler32Tests {
    @Test func `the checksum of nothing is 1`() {
        #expect(Adler32().value == 1)
    }

    @Test func `the checksum of "Wikipedia" is 11E60398`() {
        var checksum = Adler32()
        for byte in "Wikipedia".utf8 { checksum.add(byte, count: 1) }
        #expect(checksum.value == 0x11E6_0398)
    }

    @Test(arguments: 0..<60)
    func `runs have the checksum of their bytes, one by one`(seed: Int) {
        var random = RandomStream(seed: 10, use: .strokeChoice, index: UInt64(seed))
        var checksum = Adler32()
        var bytes: [UInt8] = []
        for _ in 0...random.uniform(below: 12) {
            let value = [0, 255, 1, UInt8(random.uniform(below: 256))][random.uniform(below: 4)]
            let count = random.uniform(below: [3, 40, 2000][random.uniform(below: 3)])
            checksum.add(value, count: count)
            bytes += [UInt8](repeating: value, count: count)
        }
        #expect(checksum.value == plainAdler(bytes))
    }

    @Test(
        arguments: [0, 1, 255] as [UInt8],
        [
            0, 1, 65_520, 65_521, 65_522, 131_041, 131_042, 1_048_576, 1_048_577, 16_777_215, 16_777_216, 99_999_999,
            1_000_000_000, 999_999_937,
        ])
    func `long runs have the checksum that zlib gives`(value: UInt8, count: Int) {
        var checksum = Adler32()
        checksum.add(value, count: count)
        #expect(checksum.value == zlibAdler(of: value, count: count))
    }

    @Test(arguments: 0..<40)
    func `a run in two parts has the checksum of the whole`(seed: Int) {
        var random = RandomStream(seed: 11, use: .strokeChoice, index: UInt64(seed))
        let value = UInt8(random.uniform(below: 256))
        let count = random.uniform(below: 1_000_000_000)
        let first = random.uniform(below: count + 1)
        var whole = Adler32()
        whole.add(value, count: count)
        var parts = Adler32()
        parts.add(value, count: first)
        parts.add(value, count: count - first)
        #expect(parts.value == whole.value)
        #expect(whole.value == zlibAdler(of: value, count: count))
    }
}
