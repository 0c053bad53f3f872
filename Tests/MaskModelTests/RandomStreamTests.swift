import MaskSamples
import Testing

@testable import MaskModel

struct RandomStreamTests {
    private typealias Known = (counter: SIMD4<UInt32>, key: (UInt32, UInt32), words: SIMD4<UInt32>)

    /// The known answers for philox4x32 with 10 rounds: Salmon et al., Random123, tests/kat_vectors.
    private static let knownAnswers: [Known] = [
        (
            SIMD4(repeating: 0), (0, 0),
            SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
        ),
        (
            SIMD4(repeating: 0xFFFF_FFFF), (0xFFFF_FFFF, 0xFFFF_FFFF),
            SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
        ),
        (
            SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), (0xA409_3822, 0x299F_31D0),
            SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
        ),
    ]

    @Test(arguments: 0..<3)
    func `Philox has the known answers of Random123`(number: Int) {
        let known = Self.knownAnswers[number]
        let words = philox4x32(counter: known.counter, key: known.key)
        #expect(words == known.words)
    }

    @Test func `a stream starts with block 0 of its key, lower words first`() {
        var random = RandomStream(seed: 0, use: .trainMask, index: 0)
        let numbers = [random.next(), random.next()]
        #expect(numbers == [0xE169_C58D_6627_E8D5, 0x9B00_DBD8_BC57_AC4C])
    }

    @Test func `seed, use, attempt, and index are in the key and the counter`() {
        var random = RandomStream(
            seed: 0x0123_4567_89AB_CDEF, use: .strokeChoice, index: 0xFEDC_BA98_7654_3210, attempt: 5)
        _ = (random.next(), random.next())
        let secondBlock = philox4x32(
            counter: SIMD4(1, 0x0200_0005, 0x7654_3210, 0xFEDC_BA98), key: (0x89AB_CDEF, 0x0123_4567))
        let number = random.next()
        #expect(number == UInt64(secondBlock.y) << 32 | UInt64(secondBlock.x))
    }

    @Test func `the same key results in the same numbers`() {
        var first = RandomStream(seed: 7, use: .testMask, index: 9, attempt: 2)
        var second = RandomStream(seed: 7, use: .testMask, index: 9, attempt: 2)
        let numbers = (0..<100).map { _ in (first.next(), second.next()) }
        #expect(numbers.allSatisfy { $0.0 == $0.1 })
    }

    @Test func `different keys have different first numbers`() {
        var seen: Set<UInt64> = []
        let seeds: [UInt64] = [0, 1, 2, 1 << 32, .max]
        let uses: [RandomPurpose] = [.trainMask, .testMask, .strokeChoice, .categoryOrder]
        let indices: [UInt64] = [0, 1, 2, 60_000, 1 << 32, .max]
        let attempts = [0, 1, 2, 1000]
        for seed in seeds {
            for use in uses {
                for index in indices {
                    for attempt in attempts {
                        var random = RandomStream(seed: seed, use: use, index: index, attempt: attempt)
                        seen.insert(random.next())
                    }
                }
            }
        }
        #expect(seen.count == seeds.count * uses.count * indices.count * attempts.count)
    }

    @Test func `a stream does not repeat itself within 100,000 numbers`() {
        var random = RandomStream(seed: 0, use: .trainMask, index: 0)
        let numbers = Set((0..<100_000).map { _ in random.next() })
        #expect(numbers.count == 100_000)
    }

    @Test func `the first numbers of adjacent streams are uniform`() {
        let sample = (0..<20_000).map { index in
            var random = RandomStream(seed: 0, use: .trainMask, index: UInt64(index))
            return random.unitUniform()
        }
        let probability = kolmogorovSmirnov(sample) { uniformCumulative($0, in: 0...1) }
        #expect(probability > significance)
    }

    @Test func `adjacent streams are uncorrelated`() {
        let numbers = (0...20_000).map { index in
            var random = RandomStream(seed: 0, use: .trainMask, index: UInt64(index))
            return random.unitUniform()
        }
        let deviate = correlationDeviate(Array(zip(numbers, numbers.dropFirst())))
        // A standard normal deviate is beyond 3.29 with probability 0.001.
        #expect(deviate.magnitude < 3.29)
    }
}
