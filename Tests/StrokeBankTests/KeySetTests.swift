@testable import StrokeBank
import MaskModel
import Testing

import QuickDraw

struct KeySetTests {
    @Test func `a key is new once, 0 and the largest too`() {
        var keys = KeySet(capacity: 0)
        let answers = [0, 1, .max, 0, 1, .max].map { keys.insert($0) }
        #expect(answers == [true, true, true, false, false, false])
        #expect(keys.count == 3)
    }

    @Test(arguments: [0, 1, 1000, 1024, 100_000])
    func `any number of keys is told apart, whatever the capacity`(capacity: Int) {
        var keys = KeySet(capacity: capacity)
        let expected = (0..<20_000).map { UInt64(4_000_000_000_000_000) + 345 * $0 }
        #expect(expected.allSatisfy { keys.insert($0) })
        #expect(expected.allSatisfy { !keys.insert($0) })
        #expect(keys.count == 20_000)
    }

    @Test(arguments: [0, 1, 5, 300, 20_000, 1_000_000])
    func `any number of keys is told apart, whatever number is expected`(expectedCount: Int) {
        var keys = KeySet(capacity: 0)
        let expected = (0..<20_000).map { UInt64(4_000_000_000_000_000) + 345 * $0 }
        for key in expected {
            keys.prefetch(key)
            let isNew = keys.insert(key, expectedCount: expectedCount)
            #expect(isNew)
        }
        let isNewAgain = expected.contains { keys.insert($0, expectedCount: expectedCount) }
        #expect(!isNewAgain)
        #expect(keys.count == 20_000)
    }

    /// The product of a multiple of 2⁵² keeps twelve bits, fewer than the slots require.
    @Test func `keys that collide are told apart`() {
        var keys = KeySet(capacity: 100)
        let expected = (0..<4096).map { UInt64($0) << 52 }
        #expect(expected.allSatisfy { keys.insert($0) })
        #expect(expected.allSatisfy { !keys.insert($0) })
    }

    @Test(arguments: UInt64(0)..<10)
    func `it answers as the library's set does`(seed: UInt64) {
        var random = RandomStream(seed: seed, use: .strokeChoice, index: 0)
        var (keys, expected) = (KeySet(capacity: 10), Set<UInt64>())
        for _ in 0..<5000 {
            let key = UInt64(random.uniform(below: 3000))
            let (isNew, isWanted) = (keys.insert(key), expected.insert(key).inserted)
            #expect(isNew == isWanted, "\(key)")
        }
        #expect(keys.count == expected.count)
    }
}
